package io.github.rtmjava.video;

import java.time.Duration;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOInterruptCB;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.Pointer;

/**
 * Ends a blocking call of FFmpeg when its time is up, another thread stops it, or the thread that
 * waits is interrupted. FFmpeg asks while it waits; the answer lies in native memory, so that one
 * callback serves every reader.
 */
final class Patience implements AutoCloseable {
  private static final Over OVER = new Over();
  private static final int DEADLINE = 0;
  private static final int STOPPED = 1;

  private final LongPointer cell = new LongPointer(2);
  private final long nanos;

  /** Time is up so long after each {@link #begin}; {@link Duration#ZERO} for never. */
  Patience(Duration time) {
    nanos = time.toNanos();
    cell.put(STOPPED, 0);
    begin();
  }

  /** To be asked during the calls on this. */
  void watch(AVFormatContext context) {
    context.interrupt_callback().callback(OVER).opaque(cell);
  }

  /** A call begins. */
  void begin() {
    cell.put(DEADLINE, nanos == 0 ? 0 : Math.max(1, System.nanoTime() + nanos));
  }

  /** Ends the call that runs, and every later one. */
  void stop() {
    cell.put(STOPPED, 1);
  }

  boolean stopped() {
    return cell.get(STOPPED) != 0;
  }

  /** Whether the call that runs is to end. */
  boolean over() {
    return over(cell);
  }

  private static boolean over(LongPointer cell) {
    long deadline = cell.get(DEADLINE);
    return cell.get(STOPPED) != 0 || (deadline != 0 && System.nanoTime() - deadline > 0);
  }

  @Override
  public void close() {
    cell.close();
  }

  private static final class Over extends AVIOInterruptCB.Callback_Pointer {
    @Override
    public int call(Pointer opaque) {
      LongPointer cell = new LongPointer(opaque);
      if (Thread.currentThread().isInterrupted()) {
        cell.put(STOPPED, 1);
      }
      return over(cell) ? 1 : 0;
    }
  }
}
