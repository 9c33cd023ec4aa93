package io.github.rtmjava.model;

/**
 * Hears how it goes while a model is opened, which may mean a download. Called by the thread that
 * opens the model.
 */
public interface ModelListener {
  /** Hears nothing. */
  ModelListener NONE = new ModelListener() {};

  /** Something worth knowing, in one line. */
  default void notice(String line) {}

  /**
   * How far a download is.
   *
   * @param what name of the file
   * @param done bytes that are there
   * @param total bytes in all; -1 if that is not known
   */
  default void progress(String what, long done, long total) {}
}
