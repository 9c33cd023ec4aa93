package io.github.rtmjava.model;

import java.io.IOException;
import java.util.Optional;

/**
 * Knows files of others by their content, and with that more than they say of themselves: names,
 * licences, what their networks leave open. Found with ServiceLoader.
 */
public interface ModelNaming {
  /**
   * The model as it is known.
   *
   * @param reference the path that the user gave, for messages
   * @param model as its file describes itself; its provenance has the file's name and SHA-256
   * @param listener hears what is known of the file
   * @return empty if the file is not known
   * @throws IOException if the file is known, but holds another network
   */
  Optional<Model> named(String reference, Model model, ModelListener listener) throws IOException;
}
