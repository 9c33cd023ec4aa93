package io.github.rtmjava.models;

import io.github.rtmjava.bundle.Bundles;
import io.github.rtmjava.converter.Conversion;
import io.github.rtmjava.converter.ConversionOptions;
import io.github.rtmjava.model.Model;
import io.github.rtmjava.model.ModelListener;
import io.github.rtmjava.model.ModelSource;
import io.github.rtmjava.model.Provenance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Checkpoint files on this machine, of which it says what they are where that is known: an official
 * file under any name, or a file that has an official name and another content.
 */
public final class OfficialFiles implements ModelSource {
  private final Supplier<Zoo> zoo;

  /** The files of the official manifest. */
  public OfficialFiles() {
    this(Zoo::open);
  }

  OfficialFiles(Supplier<Zoo> zoo) {
    this.zoo = zoo;
  }

  @Override
  public String understands() {
    return "the path of an official file under any name";
  }

  @Override
  public int order() {
    return 9;
  }

  @Override
  public Optional<Model> open(String reference, ModelListener listener) throws IOException {
    Path path;
    try {
      path = Path.of(reference);
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
    if (!Files.isRegularFile(path) || Bundles.isBundle(path)) {
      return Optional.empty();
    }
    Conversion.Opened opened = Conversion.opened(path, ConversionOptions.DEFAULT);
    Model model = opened.model();
    String file = String.valueOf(path.getFileName());
    Zoo known = zoo.get();
    Provenance origin = model.provenance();
    Optional<ZooEntry> official = known.ofContent(origin.sha256());
    if (official.isPresent()) {
      ZooEntry entry = official.get();
      if (!entry.file().equals(file)) {
        listener.notice(
            "%s is the official %s (%s)".formatted(reference, entry.name(), entry.file()));
      }
      return Optional.of(OfficialModel.of(entry, model));
    }
    known
        .find(file)
        .filter(entry -> entry.checksum().isKnown())
        .ifPresent(
            entry ->
                listener.notice(
                    "%s has the name of the official %s and another content: expected %s, found %s"
                        .formatted(
                            reference,
                            entry.name(),
                            entry.checksum().describe(),
                            origin.sha256())));
    opened.remarks().forEach(listener::notice);
    return Optional.of(model);
  }
}
