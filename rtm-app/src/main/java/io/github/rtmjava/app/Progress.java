package io.github.rtmjava.app;

import io.github.rtmjava.image.Picture;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Ansi;

/**
 * Tells how far the pictures are: a bar where there are several of them and a terminal, and lines
 * that do not get in its way.
 */
final class Progress implements AutoCloseable {
  private static final String CLEAR_LINE = "\r\u001b[K";

  private final Console console;
  private @Nullable ProgressBar bar;

  private Progress(Console console, @Nullable ProgressBar bar) {
    this.console = console;
    this.bar = bar;
  }

  static Progress of(int pictures, Console console) {
    return new Progress(
        console,
        pictures > 1 && Ansi.AUTO.enabled()
            ? new ProgressBarBuilder()
                .setTaskName("pictures")
                .setInitialMax(pictures)
                .setStyle(ProgressBarStyle.COLORFUL_UNICODE_BLOCK)
                .setUpdateIntervalMillis(200)
                // The bar stays on the cursor's line, which other lines then can push down.
                .setConsumer(new ConsoleProgressBarConsumer(System.err))
                .build()
            : null);
  }

  /** One more picture is through. */
  void step() {
    if (bar != null) {
      bar.step();
    }
  }

  /** Something worth knowing. */
  void note(String line) {
    console.note(bar == null ? line : CLEAR_LINE + line);
  }

  /** A picture that failed. */
  void problem(Picture picture, Throwable thrown) {
    String line = Errors.line(thrown);
    note("rtm: " + (line.startsWith(picture.name()) ? line : picture + ": " + line));
    console.trace(thrown);
  }

  /** What came of it all, after which no more steps follow. */
  void result(String line) {
    close();
    console.say(line);
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }
}
