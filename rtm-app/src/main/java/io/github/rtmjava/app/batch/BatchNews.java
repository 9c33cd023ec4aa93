package io.github.rtmjava.app.batch;

/** Who is told how far a batch is. */
public interface BatchNews {
  /** Something worth knowing, in one line. */
  void note(String line);

  /** The work begins, on so many pictures; archives are counted as one until they are read. */
  void begin(long pictures);

  /**
   * The work on some of the videos begins.
   *
   * @param which of how many, for people
   * @param frames of these, about; 0 where nobody knows
   */
  void beginVideos(String which, long frames);

  /**
   * So many of the pictures or frames are through.
   *
   * @param failed pictures that failed in this run so far; also of archives
   */
  void stepTo(long count, long failed);
}
