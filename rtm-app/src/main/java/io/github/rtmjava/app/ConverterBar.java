package io.github.rtmjava.app;

import io.github.rtmjava.converter.ByteProgress;
import java.io.PrintStream;
import me.tongfei.progressbar.ProgressBar;

/** The bar of the converter's commands. */
public final class ConverterBar implements ByteProgress.Maker {
  /** Found with {@link java.util.ServiceLoader}. */
  public ConverterBar() {}

  @Override
  public ByteProgress begin(String what) {
    PrintStream terminal = Progress.terminal();
    return terminal == null ? ByteProgress.NONE : new Shown(what, terminal);
  }

  private static final class Shown implements ByteProgress {
    private final ProgressBar bar;

    Shown(String what, PrintStream terminal) {
      bar = Progress.bar(what, 0, Progress.Unit.BYTES, terminal);
    }

    @Override
    public void add(long bytes) {
      bar.stepBy(bytes);
    }

    @Override
    public void close() {
      bar.close();
    }
  }
}
