package io.github.rtmjava.video;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How a video is written.
 *
 * @param frameRate of the source, frames in a second, on average: it decides how long the last
 *     frame lasts, how often there is a key frame, and the bit rate
 * @param bitRate bits in a second; 0 for as many as keep drawn lines clean, from size and rate
 * @param threads that encode; 0 for one per processor
 * @param audioOf a video whose sound is copied, from the first written frame to the last; null for
 *     none
 * @param comment that the file carries; empty for none
 */
public record WriterOptions(
    double frameRate, long bitRate, int threads, @Nullable Path audioOf, String comment) {
  public WriterOptions {
    if (!(frameRate > 0) || !Double.isFinite(frameRate)) {
      throw new IllegalArgumentException("expected a frame rate above 0, found " + frameRate);
    }
    if (bitRate < 0 || threads < 0) {
      throw new IllegalArgumentException(
          "expected a bit rate and threads, or 0 to have them chosen, found %s and %s"
              .formatted(bitRate, threads));
    }
  }

  /** A rate; everything else chosen, no sound. */
  public static WriterOptions of(double frameRate) {
    return new WriterOptions(frameRate, 0, 0, null, "");
  }

  /** With so many bits in a second. */
  public WriterOptions withBitRate(long bitsPerSecond) {
    return new WriterOptions(frameRate, bitsPerSecond, threads, audioOf, comment);
  }

  /** With so many encoding threads. */
  public WriterOptions withThreads(int number) {
    return new WriterOptions(frameRate, bitRate, number, audioOf, comment);
  }

  /** With the sound of a video. */
  public WriterOptions withAudioOf(Path video) {
    return new WriterOptions(frameRate, bitRate, threads, video, comment);
  }

  /** With a comment, as players show it. */
  public WriterOptions withComment(String text) {
    return new WriterOptions(frameRate, bitRate, threads, audioOf, text);
  }
}
