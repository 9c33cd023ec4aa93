package io.github.rtmjava.model;

import io.github.rtmjava.runtime.Services;
import io.github.rtmjava.web.Redirects;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The sources of models on the class path, asked in their order. */
public final class ModelSources {
  private ModelSources() {}

  /**
   * The model that a reference names.
   *
   * @param reference a name, a path or an address
   * @throws FileNotFoundException if no source knows it
   * @throws IOException if a source knows it but cannot open it
   */
  public static Model open(String reference) throws IOException {
    return open(reference, ModelListener.NONE);
  }

  /**
   * The model that a reference names.
   *
   * @param reference a name, a path or an address
   * @param listener hears remarks and how far a download is
   * @throws FileNotFoundException if no source knows it
   * @throws IOException if a source knows it but cannot open it
   */
  public static Model open(String reference, ModelListener listener) throws IOException {
    return open(reference, listener, Redirects.PUBLIC);
  }

  /**
   * The model that a reference names.
   *
   * @param reference a name, a path or an address
   * @param listener hears remarks and how far a download is
   * @param redirects which are followed by downloads
   * @throws FileNotFoundException if no source knows it
   * @throws IOException if a source knows it but cannot open it
   */
  public static Model open(String reference, ModelListener listener, Redirects redirects)
      throws IOException {
    List<ModelSource> sources = all();
    for (ModelSource source : sources) {
      Optional<Model> model =
          source.readsForeignFiles()
              ? named(source, reference, listener, redirects)
              : source.open(reference, listener, redirects);
      if (model.isPresent()) {
        return model.get();
      }
    }
    throw new FileNotFoundException(
        "there is no model '%s'%s: expected %s"
            .formatted(
                reference,
                NearName.of(reference, sources.stream().flatMap(s -> s.names().stream()))
                    .map("; did you mean '%s'?"::formatted)
                    .orElse(""),
                sources.stream()
                    .map(ModelSource::understands)
                    .collect(Collectors.joining(", or "))));
  }

  /** What the file leaves open, and is remarked, does not matter where the file is known. */
  private static Optional<Model> named(
      ModelSource source, String reference, ModelListener listener, Redirects redirects)
      throws IOException {
    List<String> remarks = new ArrayList<>();
    Optional<Model> model = source.open(reference, keepingNotices(listener, remarks), redirects);
    if (model.isPresent()) {
      for (ModelNaming naming : Services.all(ModelNaming.class)) {
        Optional<Model> named = naming.named(reference, model.get(), listener);
        if (named.isPresent()) {
          return named;
        }
      }
    }
    remarks.forEach(listener::notice);
    return model;
  }

  private static ModelListener keepingNotices(ModelListener listener, List<String> notices) {
    return new ModelListener() {
      @Override
      public void notice(String line) {
        notices.add(line);
      }

      @Override
      public void progress(String what, long done, long total) {
        listener.progress(what, done, total);
      }
    };
  }

  /**
   * Checks, where nothing may be downloaded, that everything is here.
   *
   * @param references those of all models that are needed
   * @throws IOException if something is not here, with one message for all of it
   */
  public static void requireReachable(List<String> references) throws IOException {
    for (ModelSource source : all()) {
      source.requireReachable(references);
    }
  }

  /** What a name that users know stands for; empty if no source knows it. */
  public static Optional<Recipe> recipe(String name) {
    return all().stream().flatMap(source -> source.recipe(name).stream()).findFirst();
  }

  private static List<ModelSource> all() {
    return Services.all(ModelSource.class).stream()
        .sorted(Comparator.comparingInt(ModelSource::order))
        .toList();
  }
}
