package io.github.rtmjava.app;

import io.github.rtmjava.image.Picture;
import java.io.PrintStream;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Ansi;

/**
 * Tells how far the work is: on a terminal a bar, and lines that do not get in its way; elsewhere
 * the lines alone.
 */
final class Progress implements AutoCloseable {
  private static final String CLEAR_LINE = "\r\u001b[K";
  private static final int UPDATE_MILLIS = 200;

  private final Console console;
  private final @Nullable PrintStream terminal;

  /** Written by the thread that works, read by the one that stops it. */
  private volatile @Nullable ProgressBar bar;

  /** What is counted. */
  enum Unit {
    PICTURES("", 1, false),
    PICTURES_AND_RATE("", 1, true),
    FRAMES(" frames", 1, true),
    BYTES(" MB", 1_000_000, false);

    private final String name;
    private final long size;
    private final boolean rate;

    Unit(String name, long size, boolean rate) {
      this.name = name;
      this.size = size;
      this.rate = rate;
    }
  }

  /** Nothing is under way yet. */
  Progress(Console console) {
    this(console, terminal());
  }

  /**
   * For tests.
   *
   * @param terminal gets the bars; null for none
   */
  Progress(Console console, @Nullable PrintStream terminal) {
    this.console = console;
    this.terminal = terminal;
  }

  /** Where bars are shown; null where nobody sees them. */
  static @Nullable PrintStream terminal() {
    return Ansi.AUTO.enabled() ? System.err : null;
  }

  /**
   * A bar.
   *
   * @param total how much there is; 0 or less where nobody knows
   */
  static ProgressBar bar(String task, long total, Unit unit, PrintStream terminal) {
    ProgressBarBuilder builder =
        new ProgressBarBuilder()
            .setTaskName(task)
            .setInitialMax(total > 0 ? total : -1)
            .setUnit(unit.name, unit.size)
            .setStyle(ProgressBarStyle.COLORFUL_UNICODE_BLOCK)
            .setUpdateIntervalMillis(UPDATE_MILLIS)
            // The bar stays on the cursor's line, which other lines then can push down.
            .setConsumer(new ConsoleProgressBarConsumer(terminal));
    return (unit.rate ? builder.showSpeed() : builder).build();
  }

  /**
   * Begins a part of the work.
   *
   * @param task what it is
   * @param total how much there is; 0 or less where nobody knows
   * @return whether there is a bar for it
   */
  boolean begin(String task, long total, Unit unit) {
    close();
    if (terminal == null) {
      return false;
    }
    bar = bar(task, total, unit, terminal);
    return true;
  }

  /** One more is through. */
  void step() {
    ProgressBar shown = bar;
    if (shown != null) {
      shown.step();
    }
  }

  /** One more is through, of which there is something to be said. */
  void step(String remark) {
    ProgressBar shown = bar;
    if (shown != null) {
      shown.setExtraMessage(" " + remark);
      shown.step();
    }
  }

  /** So much of the whole is through. */
  void stepTo(long done) {
    ProgressBar shown = bar;
    if (shown != null) {
      shown.stepTo(done);
    }
  }

  /** The same, of which there is something to be said. */
  void stepTo(long done, String remark) {
    ProgressBar shown = bar;
    if (shown != null) {
      shown.setExtraMessage(" " + remark);
      shown.stepTo(done);
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

  /** A picture that failed. */
  void problem(Picture picture, Throwable thrown) {
    String line = Errors.line(thrown);
    problem(line.startsWith(picture.name()) ? line : picture + ": " + line);
    console.trace(thrown);
  }

  /** What came of it all, after which no more steps follow. */
  void result(String line) {
    close();
    console.say(line);
  }

  /** Ends the bar. */
  @Override
  public void close() {
    ProgressBar shown = bar;
    bar = null;
    if (shown != null) {
      shown.close();
    }
  }
}
