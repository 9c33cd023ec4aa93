package io.github.rtmjava.server.jobs;

import java.util.Locale;

/** What has become of a job. */
enum JobState {
  /** Others are before it. */
  WAITING,
  /** It is being computed. */
  RUNNING,
  /** All its files are there. */
  DONE,
  /** Its video cannot be read, or its files cannot be written. */
  FAILED,
  /** Somebody asked to end it. */
  CANCELLED,
  /** The service ended in the midst of it, more than once. */
  CUT_OFF;

  /** Whether nothing more comes of it. */
  boolean ended() {
    return this != WAITING && this != RUNNING;
  }

  /** The name in answers, for example {@code cut-off}. */
  String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
