package io.github.rtmjava.benchmarks.harness;

import io.github.rtmjava.engine.Precision;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Times a model on every engine in turns: first to last, first to last, so that whatever else the
 * machine does hits all of them. A ratio is the median over the turns.
 */
final class Quick {
  /** Outputs in float32 that differ by more of their range are not worth timing. */
  static final double TOLERANCE = 1e-3;

  private static final int LEAST_TURNS = 3;
  private static final int MOST_TURNS = 15;
  private static final long TURN_MILLIS = 400;

  private final List<Variant> variants;
  private final int threads;
  private final PrintWriter out;
  private final Set<Variant> refused = new HashSet<>();
  private boolean differing;

  Quick(List<Variant> variants, int threads, PrintWriter out) {
    this.variants = variants;
    this.threads = threads;
    this.out = out;
    out.println("| model | batch | engine | ms | times as fast as ONNX Runtime f32 | difference |");
    out.println("|---|---|---|---|---|---|");
    out.flush();
  }

  /** Whether the outputs of a float32 engine were wrong. */
  boolean foundDifferences() {
    return differing;
  }

  /**
   * Prints a model's rows.
   *
   * @param nanos how long this may take; at least {@value #LEAST_TURNS} turns are taken anyway
   */
  void measure(String model, ModelFiles files, int batch, long nanos) throws IOException {
    long deadline = System.nanoTime() + nanos;
    List<WorkerProcess> started = new ArrayList<>();
    try {
      List<Row> rows = new ArrayList<>();
      for (Variant variant : variants) {
        if (!refused.contains(variant)) {
          WorkerProcess worker = WorkerProcess.start(files, variant, threads, batch);
          started.add(worker);
          admit(worker, rows);
        }
      }
      takeTurns(rows, deadline);
      for (Row row : rows) {
        out.printf(Locale.ROOT, "| %s | %d | %s%n", model, batch, row.text(rows.get(0)));
      }
      out.flush();
    } finally {
      for (WorkerProcess worker : started) {
        worker.close();
      }
    }
  }

  private void admit(WorkerProcess worker, List<Row> rows) throws IOException {
    Variant variant = worker.variant();
    if (!worker.isReady()) {
      refused.add(variant);
      // That an engine has one precision only is no news.
      if (variant.precision() == Precision.FLOAT32) {
        throw new IOException("%s does not run: %s".formatted(variant, worker.remark()));
      }
    } else if (variant.isBaseline()) {
      worker.keepOutputs();
      rows.add(new Row(worker, 0));
    } else {
      Row row = new Row(worker, worker.difference());
      differing |= row.isWrong();
      rows.add(row);
    }
  }

  private static void takeTurns(List<Row> rows, long deadline) throws IOException {
    for (Row row : rows) {
      if (!row.isWrong()) {
        row.worker.time(TURN_MILLIS);
      }
    }
    long longest = 0;
    for (int turn = 0; turn < MOST_TURNS; turn++) {
      long start = System.nanoTime();
      if (turn >= LEAST_TURNS && start + longest > deadline) {
        break;
      }
      for (Row row : rows) {
        if (!row.isWrong()) {
          row.turns.add(Timing.median(row.worker.time(TURN_MILLIS)));
        }
      }
      longest = Math.max(longest, System.nanoTime() - start);
    }
  }

  /** A model on one engine: milliseconds of a run, one number per turn. */
  private record Row(WorkerProcess worker, double difference, List<Double> turns) {
    Row(WorkerProcess worker, double difference) {
      this(worker, difference, new ArrayList<>());
    }

    boolean isWrong() {
      return worker.variant().precision() == Precision.FLOAT32 && !(difference <= TOLERANCE);
    }

    String text(Row baseline) {
      String name = worker.variant().toString();
      if (isWrong()) {
        return "%s | – | – | %.2g of the range: not timed |".formatted(name, difference);
      }
      double[] ratios = new double[turns.size()];
      for (int i = 0; i < ratios.length; i++) {
        ratios[i] = baseline.turns.get(i) / turns.get(i);
      }
      double millis = Timing.median(turns.stream().mapToDouble(t -> t).toArray());
      return "%s | %s | %.2f | %s |"
          .formatted(
              name,
              Report.milliseconds(millis),
              Timing.median(ratios),
              worker.variant().isBaseline() ? "" : "%.1e".formatted(difference));
    }
  }
}
