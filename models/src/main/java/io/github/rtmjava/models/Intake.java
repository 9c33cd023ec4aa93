package io.github.rtmjava.models;

import io.github.rtmjava.checkpoint.CheckpointException;
import io.github.rtmjava.converter.Conversion;
import io.github.rtmjava.converter.ConversionOptions;
import io.github.rtmjava.model.Model;
import io.github.rtmjava.model.ModelListener;
import io.github.rtmjava.model.Provenance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Converts checkpoint files and puts them into the cache. */
final class Intake {
  private final ModelCache cache;

  Intake(ModelCache cache) {
    this.cache = cache;
  }

  static void requireChecksum(Wanted wanted, Path file, String sha256) throws CheckpointException {
    if (!wanted.checksum().accepts(sha256)) {
      throw new CheckpointException(
          "%s: expected %s with %s, found SHA-256 %s; bring the file again"
              .formatted(file, wanted.modelName(), wanted.checksum().describe(), sha256));
    }
  }

  /** Converts a file and puts it into the cache. */
  void store(Wanted wanted, Path file, String url, String sha256, ModelListener listener)
      throws IOException {
    if (!wanted.checksum().isKnown()) {
      requireKnownHash(wanted, sha256, listener);
    }
    Conversion.Opened opened = Conversion.opened(file, ConversionOptions.DEFAULT);
    if (wanted.entry() == null) {
      opened.remarks().forEach(listener::notice);
    }
    Model model = named(wanted, opened.model());
    cache.put(
        wanted.key(),
        model,
        new CachedModel(
            wanted.modelName(),
            wanted.file(),
            url,
            Files.size(file),
            sha256,
            wanted.checksum().isKnown(),
            Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
            ""));
  }

  /** A file for which nobody published a SHA-256 has to be the one that came first. */
  private void requireKnownHash(Wanted wanted, String sha256, ModelListener listener)
      throws IOException {
    Optional<String> known = cache.knownHash(wanted.file());
    if (known.isPresent() && !known.get().equals(sha256)) {
      throw new CheckpointException(
          "%s: expected the file that came first (SHA-256 %s), found another (%s); if that is right, delete %s"
              .formatted(wanted.file(), known.get(), sha256, cache.hash(wanted.file())));
    }
    cache.rememberHash(wanted.file(), sha256);
    listener.notice(
        "%s is unverified: no SHA-256 of it is published; it has %s"
            .formatted(wanted.file(), sha256));
  }

  private static Model named(Wanted wanted, Model model) throws CheckpointException {
    ZooEntry entry = wanted.entry();
    if (entry != null) {
      return OfficialModel.of(entry, model);
    }
    Provenance origin = model.provenance();
    return new Model(
        wanted.modelName(),
        model.spec(),
        model.weights(),
        new Provenance(wanted.file(), origin.sha256(), origin.converter(), origin.licence()),
        model.meta());
  }
}
