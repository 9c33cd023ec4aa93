package io.github.rtmjava.converter;

import io.github.rtmjava.bundle.Printable;
import java.io.PrintWriter;
import picocli.CommandLine.Help.Ansi;

/** How far a long step is, in one line that is rewritten; silent unless there is a terminal. */
final class Progress implements AutoCloseable {
  private static final long STEP = 16 << 20;

  private final PrintWriter out;
  private final String what;
  private final boolean terminal = Ansi.AUTO.enabled();
  private long done;
  private long shown;

  Progress(PrintWriter out, String what) {
    this.out = out;
    this.what = what;
  }

  void add(long bytes) {
    done += bytes;
    if (terminal && done - shown >= STEP) {
      shown = done;
      out.print("\r" + what + " " + Printable.size(done));
      out.flush();
    }
  }

  /** Clears the line. */
  @Override
  public void close() {
    if (shown > 0) {
      out.print("\r" + " ".repeat(40) + "\r");
      out.flush();
    }
  }
}
