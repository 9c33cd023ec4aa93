package io.github.rtmjava.app;

import java.util.Locale;

/** The {@code rtm} program. */
public final class Rtm {
  private Rtm() {}

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] args) {
    // Numbers are written the same everywhere; the user's language stays as it is.
    Locale.setDefault(Locale.Category.FORMAT, Locale.ROOT);
    System.exit(RtmCommand.commandLine().execute(args));
  }
}
