package io.github.rtmjava.app;

import java.util.Locale;

/** The {@code rtm} program. */
public final class Rtm {
  private Rtm() {}

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] args) {
    // Numbers are written the same everywhere; the user's language stays as it is.
    Locale.setDefault(Locale.Category.FORMAT, Locale.ROOT);
    System.exit(execute(args));
  }

  /** Runs one command and returns its exit code: 0 done, 1 something failed, 2 wrong usage. */
  public static int execute(String... args) {
    return RtmCommand.commandLine().execute(args);
  }
}
