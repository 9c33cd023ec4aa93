package io.github.rtmjava.benchmarks.harness;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;

/** Reports which of oneDNN's implementations run in a model, and how long each takes. */
final class Primitives {
  private static final String ENGINE = "onednn";
  private static final long MILLIS = 1500;

  private final int threads;
  private final PrintWriter out;

  Primitives(int threads, PrintWriter out) {
    this.threads = threads;
    this.out = out;
  }

  /**
   * Prints a model's primitives in each precision that there is.
   *
   * @return whether one of them is a slow reference implementation
   */
  boolean report(String model, ModelFiles files, int batch) throws IOException {
    boolean reference = false;
    for (Variant variant : Variant.all()) {
      if (variant.engineName().equals(ENGINE)) {
        double millis;
        try (WorkerProcess plain = WorkerProcess.start(files, variant, threads, batch)) {
          if (!plain.isReady()) {
            out.printf(Locale.ROOT, "%n%s does not run %s: %s%n", variant, model, plain.refusal());
            continue;
          }
          plain.time(MILLIS);
          millis = Timing.median(plain.time(MILLIS));
        }
        out.printf(Locale.ROOT, "%n%s, batch %d, %s: ", model, batch, variant);
        reference |= profile(files, variant, batch, threads * millis);
      }
    }
    return reference;
  }

  private boolean profile(ModelFiles files, Variant variant, int batch, double processorMillis)
      throws IOException {
    Profile profile = new Profile();
    try (WorkerProcess told =
        WorkerProcess.start(files, variant, threads, batch, Profile.ENVIRONMENT, profile::add)) {
      told.time(MILLIS);
      profile.clear();
      int runs = told.time(MILLIS).length;
      profile.print(out, runs, processorMillis);
    }
    return profile.hasReference();
  }
}
