package io.github.rtmjava.models;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Says which file a reference means, and where it is. */
final class References {
  private final ZooNames names;
  private final ZooSettings settings;

  References(ZooNames names, ZooSettings settings) {
    this.names = names;
    this.settings = settings;
  }

  /** Whether a reference is a name of the zoo or an address of the web. */
  boolean knows(String reference) {
    return isAddress(reference) || names.find(reference).isPresent();
  }

  private static boolean isAddress(String reference) {
    return reference.matches("(?i)https?://.*");
  }

  Wanted wanted(String reference) throws IOException {
    if (isAddress(reference)) {
      return address(reference);
    }
    return names
        .find(reference)
        .map(this::wanted)
        .orElseThrow(
            () ->
                new FileNotFoundException(
                    "there is no model '%s'; 'rtm models list' shows the names"
                        .formatted(reference)));
  }

  Wanted wanted(ZooEntry entry) {
    return Wanted.of(entry, settings.places(entry.urls()));
  }

  private Wanted address(String reference) throws IOException {
    URI url;
    try {
      url = new URI(reference);
    } catch (URISyntaxException e) {
      throw new IOException("expected an address, found '%s'".formatted(reference), e);
    }
    if (url.getHost() == null || url.getUserInfo() != null) {
      throw new IOException(
          "expected an address with a host and without a password, found %s"
              .formatted(url.getHost() == null ? reference : Addresses.withoutSecrets(url)));
    }
    // An official file may be fetched from anywhere: its SHA-256 is known.
    Optional<ZooEntry> official = names.find(Addresses.fileName(url));
    return official.isPresent()
        ? Wanted.of(official.get(), List.of(url))
        : Wanted.of(url, fragment(url));
  }

  /** {@code #sha256=…} behind an address. */
  private static Checksum fragment(URI url) throws IOException {
    String fragment = url.getFragment() == null ? "" : url.getFragment();
    if (fragment.isEmpty()) {
      return Checksum.UNKNOWN;
    }
    if (!fragment.matches("(?i)sha256=[0-9a-f]{8,64}")) {
      throw new IOException(
          "expected #sha256= and 8 to 64 hexadecimal digits behind the address, found #"
              + fragment);
    }
    return new Checksum(fragment.substring("sha256=".length()).toLowerCase(Locale.ROOT));
  }
}
