package io.github.rtmjava.models;

import io.github.rtmjava.model.Recipe;
import io.github.rtmjava.model.Task;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Says which file a reference means. */
final class References {
  private final List<ZooEntry> entries;
  private final List<ZooRecipe> recipes;
  private final ZooSettings settings;

  References(List<ZooEntry> entries, List<ZooRecipe> recipes, ZooSettings settings) {
    this.entries = entries;
    this.recipes = recipes;
    this.settings = settings;
  }

  /** The official file that a name, a configuration's name, a file's name or a recipe means. */
  Optional<ZooEntry> find(String reference) {
    String lower = plain(reference);
    return named(lower).or(() -> listed(lower).flatMap(recipe -> named(recipe.model())));
  }

  /** A configuration is named by its path in upstream's repository, too. */
  private static String plain(String reference) {
    String lower = reference.toLowerCase(Locale.ROOT);
    return lower.endsWith(".py")
        ? lower.substring(Math.max(lower.lastIndexOf('/'), lower.lastIndexOf('\\')) + 1)
        : lower;
  }

  /** Every name by which a model can be asked for. */
  List<String> names() {
    return Stream.concat(
            entries.stream().flatMap(ZooEntry::references),
            recipes.stream().flatMap(recipe -> recipe.names().stream()))
        .distinct()
        .toList();
  }

  private Optional<ZooEntry> named(String lower) {
    return entries.stream().filter(entry -> entry.references().anyMatch(lower::equals)).findFirst();
  }

  private Optional<ZooRecipe> listed(String lower) {
    return recipes.stream().filter(recipe -> recipe.names().contains(lower)).findFirst();
  }

  /** What a recipe's name, or any name of a pose model, stands for. */
  Optional<Recipe> recipe(String reference) {
    String lower = plain(reference);
    return listed(lower)
        .map(recipe -> recipe.named(lower))
        .or(
            () ->
                named(lower)
                    .filter(entry -> entry.task() != Task.DETECTION)
                    .map(entry -> ZooRecipe.of(reference, entry)));
  }

  /** The official file of that content, as far as its published SHA-256 tells. */
  Optional<ZooEntry> ofContent(String sha256) {
    return entries.stream()
        .filter(entry -> entry.checksum().isKnown() && entry.checksum().accepts(sha256))
        .findFirst();
  }

  /** Whether a reference is a name of the zoo or an address of the web. */
  boolean knows(String reference) {
    return isAddress(reference) || find(reference).isPresent();
  }

  private static boolean isAddress(String reference) {
    return reference.matches("(?i)https?://.*");
  }

  Wanted wanted(String reference) throws IOException {
    if (isAddress(reference)) {
      return address(reference);
    }
    return find(reference)
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
    Optional<ZooEntry> official = find(Addresses.fileName(url));
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
