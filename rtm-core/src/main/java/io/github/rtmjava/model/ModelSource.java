package io.github.rtmjava.model;

import io.github.rtmjava.web.Redirects;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** A place that models come from: files, embedded models, a zoo. Found with ServiceLoader. */
public interface ModelSource {
  /** One phrase that says what references it understands, for messages. */
  String understands();

  /** Sources with a lower number are asked first. */
  int order();

  /**
   * The model that a reference names.
   *
   * @param reference a name, a path or an address, as the user gave it
   * @param listener hears remarks and how far a download is
   * @return empty if this source has nothing to do with such a reference
   * @throws IOException if it has, but the model cannot be had; the message says why, for people
   */
  Optional<Model> open(String reference, ModelListener listener) throws IOException;

  /**
   * The same for a source that asks servers of the web.
   *
   * @param redirects which are followed
   */
  default Optional<Model> open(String reference, ModelListener listener, Redirects redirects)
      throws IOException {
    return open(reference, listener);
  }

  /**
   * Whether its models are as files of others describe themselves, so that a {@link ModelNaming}
   * may know more of them.
   */
  default boolean readsForeignFiles() {
    return false;
  }

  /** Names of its models, for proposals where somebody mistypes one. */
  default Collection<String> names() {
    return List.of();
  }

  /**
   * Checks, where nothing may be downloaded, that everything is here.
   *
   * @param references those of all models that are needed; other sources' are passed over
   * @throws IOException if something is not here, with one message for all of it
   */
  default void requireReachable(List<String> references) throws IOException {}

  /** What a name that users know stands for; empty if this source knows no such name. */
  default Optional<Recipe> recipe(String name) {
    return Optional.empty();
  }
}
