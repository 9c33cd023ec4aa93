package io.github.rtmjava.bundle;

import io.github.rtmjava.checkpoint.CheckpointException;
import io.github.rtmjava.model.Model;
import io.github.rtmjava.model.ModelListener;
import io.github.rtmjava.model.ModelSource;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** Bundles by their paths. */
public final class BundleSource implements ModelSource {
  @Override
  public String understands() {
    return "the path of a bundle";
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
    if (reference.isBlank() || !Bundles.isBundle(path)) {
      return Optional.empty(); // a folder may have the name of a model of another source
    }
    return Optional.of(CheckpointException.naming(path, () -> whole(path)));
  }

  private static Model whole(Path path) throws IOException {
    Bundles.Opened opened = Bundles.opened(path);
    opened.requireFit();
    return opened.model();
  }
}
