package io.github.rtmjava.spark;

import java.io.File;
import org.apache.hadoop.util.ShutdownHookManager;

/** What Spark 4 leaves in the folder in which it is started. */
final class Leavings {
  private static final File ARTIFACTS = new File("artifacts").getAbsoluteFile();

  /** After Spark's own, which empties it. */
  private static final int LATE = 1;

  private Leavings() {}

  /** Has the folder that is not there yet removed in the end, unless somebody put files into it. */
  static void removeAtTheEnd() {
    if (!ARTIFACTS.exists()) {
      ShutdownHookManager.get()
          .addShutdownHook(
              () -> {
                boolean unused = ARTIFACTS.delete();
              },
              LATE);
    }
  }
}
