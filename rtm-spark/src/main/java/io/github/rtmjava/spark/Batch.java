package io.github.rtmjava.spark;

import io.github.rtmjava.app.Rtm;
import java.util.stream.Stream;

/** {@code rtm batch} as {@code spark-submit --class io.github.rtmjava.spark.Batch} starts it. */
public final class Batch {
  private Batch() {}

  /** Takes the words that follow {@code rtm batch}, and ends the process with its exit code. */
  public static void main(String[] args) {
    Rtm.main(Stream.concat(Stream.of("batch"), Stream.of(args)).toArray(String[]::new));
  }
}
