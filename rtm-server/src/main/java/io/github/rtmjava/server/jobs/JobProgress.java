package io.github.rtmjava.server.jobs;

import java.util.concurrent.CancellationException;

/** Hears how far a job is, and says whether it is to stop. */
interface JobProgress {
  /**
   * The frames that are to be looked at.
   *
   * @param frames 0 where nobody knows how many there are
   */
  void expect(long frames);

  /** One more frame was looked at. */
  void step(int people);

  /** Something worth knowing of the video. */
  void remark(String line);

  /**
   * Goes on, or does not.
   *
   * @throws CancellationException if the job is to stop
   */
  void requireGoingOn();
}
