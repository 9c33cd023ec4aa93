package io.github.rtmjava.spark;

import io.github.rtmjava.app.Rtm;

/** {@code rtm batch} as {@code spark-submit --class io.github.rtmjava.spark.Batch} starts it. */
public final class Batch {
  private Batch() {}

  /** Takes the words that follow {@code rtm batch}, and ends the process with its exit code. */
  public static void main(String[] args) {
    Rtm.batch(args);
  }
}
