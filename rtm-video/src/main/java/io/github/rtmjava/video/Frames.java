package io.github.rtmjava.video;

import io.github.rtmjava.image.Image;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Frames one after the other; only those that are asked for become pictures. */
interface Frames extends AutoCloseable {
  VideoInfo info();

  /** Leaves out what comes before a time, in seconds; called before the first frame only. */
  void skipTo(double start);

  /** Goes to the next frame; false at the end. */
  boolean next();

  /** Which frame of the source this is, from 0 on. */
  long index();

  /** When it is shown, in seconds from the source's start. */
  double time();

  /** Its picture; null where it has none. */
  @Nullable Image image();

  /** What was wrong so far. */
  List<String> problems();

  @Override
  void close();
}
