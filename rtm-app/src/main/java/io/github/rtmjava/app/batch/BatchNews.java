package io.github.rtmjava.app.batch;

/** Who is told how far a batch is. */
public interface BatchNews {
  /** Something worth knowing, in one line. */
  void note(String line);

  /** The work begins, on so many pictures; archives are counted as one until they are read. */
  void begin(long pictures);

  /**
   * So many of them are through.
   *
   * @param failed pictures that failed in this run so far; also of archives
   */
  void stepTo(long pictures, long failed);
}
