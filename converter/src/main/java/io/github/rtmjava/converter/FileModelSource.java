package io.github.rtmjava.converter;

import io.github.rtmjava.bundle.Bundles;
import io.github.rtmjava.model.Model;
import io.github.rtmjava.model.ModelListener;
import io.github.rtmjava.model.ModelSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** Models in files and folders: bundles, and checkpoints, which are converted in memory. */
public final class FileModelSource implements ModelSource {
  @Override
  public String understands() {
    return "the path of a bundle, or of a .pth or .safetensors file";
  }

  @Override
  public int order() {
    return 10;
  }

  @Override
  public Optional<Model> open(String reference, ModelListener listener) throws IOException {
    Path path;
    try {
      path = Path.of(reference);
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
    boolean other = Files.isDirectory(path) && !Bundles.isBundle(path);
    if (reference.isBlank() || !Files.exists(path) || other) {
      return Optional.empty(); // a folder may have the name of a model of another source
    }
    Conversion.Opened opened = Conversion.opened(path, ConversionOptions.DEFAULT);
    opened.remarks().forEach(listener::notice);
    return Optional.of(opened.model());
  }
}
