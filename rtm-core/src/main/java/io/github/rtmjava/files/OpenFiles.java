package io.github.rtmjava.files;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntSupplier;

/**
 * A process's limit of open files, of which many kinds of failure tell without naming it. Some are
 * kept open from the beginning and closed at the limit: then what tells of it, and what removes
 * unfinished files, can still be loaded and open what it needs.
 */
public final class OpenFiles {
  private static final int FAILED = 1;
  private static final int KEPT = 12;

  /** What fails may have closed so many itself. */
  private static final int MARGIN = 3;

  private static final List<FileInputStream> RESERVE = new ArrayList<>();
  private static boolean exhausted;

  private OpenFiles() {}

  /**
   * Runs a program's command. Where it fails for this limit before anything of it is there that
   * could tell of it, that is said in one line.
   *
   * @param program its name
   * @param errors where that is said
   * @return its exit code
   */
  public static int guarded(String program, PrintStream errors, IntSupplier command) {
    reserve();
    try {
      return command.getAsInt();
    } catch (RuntimeException | Error e) {
      if (!areTooMany(e)) {
        throw e;
      }
      errors.println(program + ": " + advice());
      if (System.getenv("RTM_DEBUG") != null) {
        e.printStackTrace(errors);
      }
      return FAILED;
    }
  }

  /** Opens those that are kept, as far as there are as many. */
  private static synchronized void reserve() {
    if (RESERVE.isEmpty()) {
      open(KEPT, RESERVE);
    }
  }

  /** Whether something failed for this limit: it says so, or classes vanish at the limit. */
  public static synchronized boolean areTooMany(Throwable thrown) {
    boolean said = false;
    boolean vanished = false;
    for (Throwable each = thrown; each != null; each = each.getCause()) {
      String message = String.valueOf(each.getMessage()).toLowerCase(Locale.ROOT);
      said |= message.contains("too many open files");
      vanished |=
          each instanceof Error
              || each instanceof ClassNotFoundException
              || each instanceof TypeNotPresentException;
    }
    boolean yes = said || (vanished && (exhausted || !canOpenMore() || isBack(thrown)));
    if (yes) {
      exhausted = true;
      close(RESERVE);
    }
    return yes;
  }

  /** Whether a class is there that was not: what failed has closed its files since. */
  private static boolean isBack(Throwable thrown) {
    for (Throwable each = thrown; each != null; each = each.getCause()) {
      if (each instanceof ClassNotFoundException && each.getMessage() != null) {
        String resource = each.getMessage().replace('.', '/') + ".class";
        if (OpenFiles.class.getClassLoader().getResource(resource) != null) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean canOpenMore() {
    List<FileInputStream> opened = new ArrayList<>();
    boolean all = open(MARGIN, opened);
    close(opened);
    return all;
  }

  /** Opens a file that is there, and can be read, so often. */
  private static boolean open(int count, List<FileInputStream> to) {
    String present = Path.of(System.getProperty("java.home"), "lib", "modules").toString();
    try {
      for (int i = 0; i < count; i++) {
        to.add(new FileInputStream(present));
      }
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static void close(List<FileInputStream> streams) {
    for (FileInputStream stream : streams) {
      try {
        stream.close();
      } catch (IOException e) {
        // Nothing was written to it.
      }
    }
    streams.clear();
  }

  /** What to do about it, in one line. */
  public static String advice() {
    return "this process may not open as many files as it needs; allow more, for example with"
        + " 'ulimit -n 1024'";
  }
}
