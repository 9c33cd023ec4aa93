package io.github.rtmjava.benchmarks.harness;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Measures everything with JMH and collects the rows of the tables. */
final class Full {
  private static final long WARM_UP_MILLIS = 4000;
  private static final long WHOLE_MILLIS = 1500;

  private final List<Variant> variants;
  private final int threads;
  private final Path samples;
  private final PrintWriter progress;
  private final Set<Variant> refused = new HashSet<>();
  private final Tables tables = new Tables();
  private boolean differing;

  Full(List<Variant> variants, int threads, Path samples, PrintWriter progress) {
    this.variants = variants;
    this.threads = threads;
    this.samples = samples;
    this.progress = progress;
  }

  /** Whether the outputs of a float32 engine were wrong. */
  boolean foundDifferences() {
    return differing;
  }

  /** The rows so far. */
  Tables tables() {
    return tables;
  }

  /** An engine that was admitted to a model, after its process has ended. */
  private record Admitted(
      Variant variant,
      String difference,
      Facts facts,
      @Nullable Inside inside,
      double wholeMillis) {}

  void network(BenchmarkModel model, ModelFiles files) throws IOException {
    Jmh jmh = new Jmh(files.folder(), threads);
    for (int batch : model.batches()) {
      List<Admitted> admitted = admit(model.name(), files, batch);
      double baseline = Double.NaN;
      for (Admitted one : admitted) {
        say("%s, batch %d, %s", model.name(), batch, one.variant);
        Jmh.Score score =
            jmh.run(
                NetworkBenchmark.class,
                one.variant,
                Map.of("folder", files.folder().toString(), "batch", Integer.toString(batch)));
        if (one.variant.isBaseline()) {
          baseline = score.millis();
        }
        tables.network(
            model.name(), batch, one.variant, score, baseline / score.millis(), one.difference);
        if (batch == 1) {
          tables.start(model.name(), one.variant, one.facts);
          if (one.inside != null) {
            tables.inside(model.name(), one.variant, one.inside, one.wholeMillis);
          }
        }
      }
    }
  }

  private List<Admitted> admit(String model, ModelFiles files, int batch) throws IOException {
    List<Admitted> admitted = new ArrayList<>();
    try (Lineup lineup = Lineup.of(files, variants, threads, batch, refused)) {
      for (Entrant entrant : lineup.entrants()) {
        if (entrant.isWrong()) {
          differing = true;
          tables.differing(model, batch, entrant);
        } else {
          admitted.add(admitted(entrant, batch));
        }
      }
    }
    return admitted;
  }

  /** Asks for layers where one image is run; the whole is timed between two looks at them. */
  private static Admitted admitted(Entrant entrant, int batch) throws IOException {
    WorkerProcess worker = entrant.worker();
    Inside inside = null;
    double millis = Double.NaN;
    if (batch == 1 && !entrant.variant().isBaseline() && worker.inside().isKnown()) {
      worker.time(WARM_UP_MILLIS);
      millis = Timing.median(worker.time(WHOLE_MILLIS));
      inside = worker.inside();
    }
    return new Admitted(
        entrant.variant(), entrant.differenceText(), worker.facts(), inside, millis);
  }

  /**
   * Measures the way from pictures to keypoints.
   *
   * @param name of the two models together
   * @param detector reference of the detector
   * @param pose reference of the pose model
   * @param folder for files of the processes
   */
  void pictures(String name, String detector, String pose, Path folder) throws IOException {
    Jmh jmh = new Jmh(folder, threads);
    for (int people : Scene.SIZES) {
      double baseline = Double.NaN;
      for (Variant variant : variants) {
        if (!refused.contains(variant)) {
          say("%s, %d people, %s", name, people, variant);
          Path networks = folder.resolve("networks");
          Jmh.Score score =
              jmh.run(
                  PictureBenchmark.class,
                  variant,
                  Map.of(
                      "detector",
                      detector,
                      "pose",
                      pose,
                      "samples",
                      samples.toString(),
                      "people",
                      Integer.toString(people),
                      "networksFile",
                      networks.toString()));
          double inner = Double.parseDouble(Files.readString(networks));
          if (variant.isBaseline()) {
            baseline = score.millis();
          }
          tables.picture(name, people, variant, score, baseline / score.millis(), inner);
        }
      }
    }
  }

  private void say(String format, Object... arguments) {
    progress.printf(Locale.ROOT, format + "%n", arguments);
  }
}
