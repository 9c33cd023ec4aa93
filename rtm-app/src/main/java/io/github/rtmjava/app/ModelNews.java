package io.github.rtmjava.app;

import io.github.rtmjava.model.ModelListener;
import java.util.Locale;

/**
 * Tells how it goes while models are opened: remarks as lines, downloads as a bar on a terminal and
 * as one line elsewhere.
 */
final class ModelNews implements ModelListener, AutoCloseable {
  private static final long MEGABYTE = 1_000_000;

  private final Progress progress;
  private String current = "";

  ModelNews(Console console) {
    progress = new Progress(console);
  }

  @Override
  public void notice(String line) {
    close();
    progress.note(Errors.line(line));
  }

  @Override
  public void progress(String what, long done, long total) {
    if (!what.equals(current)) {
      current = what;
      start(what, total);
    }
    progress.stepTo(done);
  }

  private void start(String what, long total) {
    if (!progress.begin(Errors.line(what), total, Progress.Unit.BYTES)) {
      progress.note(
          Errors.line("downloading " + what)
              + (total < 0 ? "" : String.format(Locale.ROOT, ", %d MB", total / MEGABYTE)));
    }
  }

  /** Ends the bar. */
  @Override
  public void close() {
    current = "";
    progress.close();
  }
}
