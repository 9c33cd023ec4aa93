package io.github.rtmjava.app;

import io.github.rtmjava.files.Interruption;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Ansi;

/**
 * Tells how far a video is: on a terminal a bar with frames, their rate, people and the time that
 * is left; and lines that do not get in its way.
 */
final class VideoProgress implements AutoCloseable {
  private static final String CLEAR_LINE = "\r\u001b[K";

  private final Console console;
  private final Interruption interruption;

  /** Written by the thread that works, read by the one that stops it. */
  private volatile @Nullable ProgressBar bar;

  VideoProgress(Console console, Interruption interruption) {
    this.console = console;
    this.interruption = interruption;
  }

  /**
   * Begins a part of the work.
   *
   * @param task what it is
   * @param frames how many there are; 0 where nobody knows
   */
  void begin(String task, long frames) {
    close();
    if (Ansi.AUTO.enabled()) {
      bar =
          new ProgressBarBuilder()
              .setTaskName(task)
              .setInitialMax(frames > 0 ? frames : -1)
              .setUnit(" frames", 1)
              .setStyle(ProgressBarStyle.COLORFUL_UNICODE_BLOCK)
              .setUpdateIntervalMillis(200)
              .showSpeed()
              // The bar stays on the cursor's line, which other lines then can push down.
              .setConsumer(new ConsoleProgressBarConsumer(System.err))
              .build();
    }
  }

  /** One more frame is through. */
  void step(String remark) {
    interruption.step();
    ProgressBar shown = bar;
    if (shown != null) {
      shown.setExtraMessage(" " + remark);
      shown.step();
    }
  }

  /** Something worth knowing. */
  void note(String line) {
    console.note(bar == null ? line : CLEAR_LINE + line);
  }

  /** Something that failed while the rest goes on. */
  void problem(String line) {
    note("rtm: " + line);
  }

  @Override
  public void close() {
    ProgressBar shown = bar;
    bar = null;
    if (shown != null) {
      shown.close();
    }
  }
}
