package io.github.rtmjava.app;

import io.github.rtmjava.files.OpenFiles;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.IntSupplier;

/** The {@code rtm} program. */
public final class Rtm {
  private Rtm() {}

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] args) {
    end(() -> execute(args));
  }

  /**
   * Runs {@code rtm batch} with the words that follow it, and ends the process with its exit code.
   * Needs none of the other commands on the class path, nor what they are made with.
   */
  public static void batch(String[] args) {
    end(() -> RtmCommand.alone("rtm batch", new BatchCommand()).execute(args));
  }

  private static void end(IntSupplier command) {
    // Numbers are written the same everywhere; the user's language stays as it is.
    Locale.setDefault(Locale.Category.FORMAT, Locale.ROOT);
    settleHome();
    System.exit(guarded(command));
  }

  /** Runs one command and returns its exit code: 0 done, 1 something failed, 2 wrong usage. */
  public static int execute(String... args) {
    return RtmCommand.commandLine().execute(args);
  }

  /** For failures so early that nothing of the command is there to tell of them. */
  private static int guarded(IntSupplier command) {
    try {
      return OpenFiles.guarded("rtm", System.err, command);
    } catch (RuntimeException | Error e) {
      System.err.println("rtm: " + Errors.line(e));
      if (System.getenv("RTM_DEBUG") != null) {
        e.printStackTrace();
      }
      return 1;
    }
  }

  /** For a user without a home Java says "?", and libraries make a folder of that name here. */
  private static void settleHome() {
    if (!isAbsolute(System.getProperty("user.home", ""))) {
      String home = System.getenv().getOrDefault("HOME", "");
      System.setProperty(
          "user.home", isAbsolute(home) ? home : System.getProperty("java.io.tmpdir", ""));
    }
  }

  private static boolean isAbsolute(String path) {
    try {
      return Path.of(path).isAbsolute();
    } catch (InvalidPathException e) {
      return false;
    }
  }
}
