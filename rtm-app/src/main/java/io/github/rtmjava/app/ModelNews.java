package io.github.rtmjava.app;

import io.github.rtmjava.model.ModelListener;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Ansi;

/**
 * Tells how it goes while models are opened: remarks as lines, downloads as a bar on a terminal and
 * as one line elsewhere.
 */
final class ModelNews implements ModelListener, AutoCloseable {
  private static final long MEGABYTE = 1_000_000;

  private final Console console;
  private String current = "";
  private @Nullable ProgressBar bar;

  ModelNews(Console console) {
    this.console = console;
  }

  @Override
  public void notice(String line) {
    close();
    console.note(Errors.line(line));
  }

  @Override
  public void progress(String what, long done, long total) {
    if (!what.equals(current)) {
      close();
      current = what;
      start(what, total);
    }
    if (bar != null) {
      bar.stepTo(done);
    }
  }

  private void start(String what, long total) {
    if (Ansi.AUTO.enabled()) {
      bar =
          new ProgressBarBuilder()
              .setTaskName(Errors.line(what))
              .setInitialMax(total)
              .setUnit(" MB", MEGABYTE)
              .build();
    } else {
      console.note(
          Errors.line("downloading " + what)
              + (total < 0 ? "" : String.format(Locale.ROOT, ", %d MB", total / MEGABYTE)));
    }
  }

  /** Ends the bar. */
  @Override
  public void close() {
    current = "";
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }
}
