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

/** Checkpoints by their paths, converted in memory. */
public final class CheckpointSource implements ModelSource {
  @Override
  public String understands() {
    return "the path of a .pth or .safetensors file";
  }

  @Override
  public int order() {
    return 10;
  }

  @Override
  public boolean readsForeignFiles() {
    return true;
  }

  @Override
  public Optional<Model> open(String reference, ModelListener listener) throws IOException {
    Path path;
    try {
      path = Path.of(reference);
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
    boolean file = !reference.isBlank() && Files.exists(path) && !Files.isDirectory(path);
    if (!file || Bundles.isBundle(path)) {
      return Optional.empty();
    }
    Conversion.Opened opened = Conversion.opened(path, ConversionOptions.DEFAULT);
    opened.remarks().forEach(listener::notice);
    return Optional.of(opened.model());
  }
}
