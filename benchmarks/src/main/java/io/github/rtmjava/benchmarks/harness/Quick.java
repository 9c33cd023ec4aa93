package io.github.rtmjava.benchmarks.harness;

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
  private static final int LEAST_TURNS = 3;
  private static final int MOST_TURNS = 15;
  private static final long TURN_MILLIS = 700;

  private static final long WARM_UP_MILLIS = 2000;
  private static final int MOST_WARM_UPS = 8;

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
    try (Lineup lineup = Lineup.of(files, variants, threads, batch, refused)) {
      List<Row> rows = new ArrayList<>();
      for (Entrant entrant : lineup.entrants()) {
        rows.add(new Row(entrant, new ArrayList<>()));
        differing |= entrant.isWrong();
      }
      takeTurns(rows.stream().filter(row -> !row.entrant.isWrong()).toList(), deadline);
      for (Row row : rows) {
        out.printf(Locale.ROOT, "| %s | %d | %s |%n", model, batch, row.text(rows.get(0)));
      }
    }
  }

  private static void takeTurns(List<Row> rows, long deadline) throws IOException {
    for (Row row : rows) {
      warmUp(row.entrant.worker());
    }
    long longest = 0;
    for (int turn = 0; turn < MOST_TURNS; turn++) {
      long start = System.nanoTime();
      if (turn >= LEAST_TURNS && start + longest > deadline) {
        break;
      }
      for (Row row : rows) {
        row.turns.add(Timing.median(row.entrant.worker().time(TURN_MILLIS)));
      }
      longest = Math.max(longest, System.nanoTime() - start);
    }
  }

  /** Java compiles loops meanwhile, on processors that an engine leaves it little of. */
  private static void warmUp(WorkerProcess worker) throws IOException {
    double before = Double.POSITIVE_INFINITY;
    for (int i = 0; i < MOST_WARM_UPS; i++) {
      double now = Timing.median(worker.time(WARM_UP_MILLIS));
      if (now > 0.97 * before) {
        return;
      }
      before = now;
    }
  }

  /** A model on one engine: milliseconds of a run, one number per turn. */
  private record Row(Entrant entrant, List<Double> turns) {
    String text(Row baseline) {
      if (entrant.isWrong()) {
        return "%s | – | – | %s: too much to be timed"
            .formatted(entrant.variant(), entrant.differenceText());
      }
      double[] ratios = new double[turns.size()];
      for (int i = 0; i < ratios.length; i++) {
        ratios[i] = baseline.turns.get(i) / turns.get(i);
      }
      double millis = Timing.median(turns.stream().mapToDouble(t -> t).toArray());
      return "%s | %s | %s | %s"
          .formatted(
              entrant.variant(),
              Numbers.milliseconds(millis),
              Numbers.ratio(Timing.median(ratios)),
              entrant.differenceText());
    }
  }
}
