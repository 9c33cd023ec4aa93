package io.github.rtmjava.pose3d;

import io.github.rtmjava.model.Model;
import io.github.rtmjava.model.ModelListener;
import io.github.rtmjava.model.ModelSources;
import io.github.rtmjava.model.Recipe;
import io.github.rtmjava.web.Redirects;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A model to be opened when everything else is known. */
sealed interface ModelChoice {
  /**
   * Opens it.
   *
   * @param variant which of the models of that name; null for the one
   * @param redirects which downloads follow
   */
  Model open(@Nullable String variant, ModelListener listener, Redirects redirects)
      throws IOException;

  /** What its name stands for; null if that is only a model, or a file. */
  @Nullable Recipe recipe(@Nullable String variant);

  /** What has to be had from elsewhere; empty for a file and for what is open. */
  Optional<String> reference(@Nullable String variant);

  /** A model by name, address or path. */
  record Named(String reference) implements ModelChoice {
    @Override
    public Model open(@Nullable String variant, ModelListener listener, Redirects redirects)
        throws IOException {
      return ModelSources.open(full(variant), listener, redirects);
    }

    @Override
    public @Nullable Recipe recipe(@Nullable String variant) {
      return isFile() ? null : ModelSources.recipe(full(variant)).orElse(null);
    }

    @Override
    public Optional<String> reference(@Nullable String variant) {
      return isFile() ? Optional.empty() : Optional.of(full(variant));
    }

    private String full(@Nullable String variant) {
      return variant == null ? reference : reference + ":" + variant;
    }

    /** A bundle or file of a name comes before everything else of that name. */
    private boolean isFile() {
      try {
        return Files.exists(Path.of(reference));
      } catch (InvalidPathException e) {
        return false;
      }
    }
  }

  /** A model that is open. */
  record Opened(Model model) implements ModelChoice {
    @Override
    public Model open(@Nullable String variant, ModelListener listener, Redirects redirects) {
      if (variant != null) {
        throw new IllegalArgumentException(
            "'%s' chooses among the models of a name; this model is open already: leave it out"
                .formatted(variant));
      }
      return model;
    }

    @Override
    public @Nullable Recipe recipe(@Nullable String variant) {
      return null;
    }

    @Override
    public Optional<String> reference(@Nullable String variant) {
      return Optional.empty();
    }
  }
}
