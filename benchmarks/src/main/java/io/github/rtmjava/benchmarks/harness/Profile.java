package io.github.rtmjava.benchmarks.harness;

import java.io.PrintWriter;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What oneDNN says of the primitives that it runs, when it is asked to tell ({@code
 * ONEDNN_VERBOSE}).
 */
final class Profile {
  /** What has to be in the environment. */
  static final Map<String, String> ENVIRONMENT = Map.of("ONEDNN_VERBOSE", "profile_exec");

  private static final String LINE = "onednn_verbose,v1,primitive,exec,";
  private static final String REFERENCE = "ref";

  private final Map<Call, Calls> calls = new LinkedHashMap<>();

  /**
   * One primitive, as far as oneDNN tells it from others.
   *
   * @param kind for example {@code convolution}
   * @param implementation for example {@code brg_conv_fwd:avx512_core}
   * @param problem its sizes
   */
  private record Call(String kind, String implementation, String problem) {
    static Call of(String[] fields) {
      return new Call(fields[5], fields[6], fields[fields.length - 2]);
    }
  }

  /** How often a primitive ran, and the milliseconds of all its runs, on whichever threads. */
  private static final class Calls {
    private int count;
    private double millis;

    void add(int more, double moreMillis) {
      count += more;
      millis += moreMillis;
    }
  }

  /** Whether a line comes from oneDNN. */
  static boolean isLine(String line) {
    return line.startsWith("onednn_verbose,");
  }

  /** Takes in what one line says of a primitive, if it does. */
  void add(String line) {
    if (line.startsWith(LINE)) {
      String[] fields = line.split(",", -1);
      calls
          .computeIfAbsent(Call.of(fields), call -> new Calls())
          .add(1, Double.parseDouble(fields[fields.length - 1]));
    }
  }

  /** Forgets everything so far. */
  void clear() {
    calls.clear();
  }

  /** Whether a primitive ran that is there for its correctness only, and slow. */
  boolean hasReference() {
    return calls.keySet().stream().anyMatch(call -> call.implementation.startsWith(REFERENCE));
  }

  /**
   * Prints what takes the time.
   *
   * @param runs in which this was collected
   * @param processorMillis processor time of one run that is not profiled: its time on all threads
   */
  void print(PrintWriter out, int runs, double processorMillis) {
    double all = millis(calls.keySet());
    List<Call> heavy =
        calls.keySet().stream()
            .filter(call -> call.kind.equals("convolution") || call.kind.equals("matmul"))
            .toList();
    out.printf(
        Locale.ROOT,
        "%.2f ms of processor time per run; in oneDNN's primitives %.2f ms (%.0f%%), in convolutions"
            + " and products %.2f ms (%.0f%%)%n%n",
        processorMillis,
        all / runs,
        100 * all / runs / processorMillis,
        millis(heavy) / runs,
        100 * millis(heavy) / runs / processorMillis);
    out.println("| primitive | implementation | sizes | per run | ms per run | share |");
    out.println("|---|---|---|---|---|---|");
    Map<Call, Calls> sums =
        calls.keySet().stream()
            .collect(
                Collectors.toMap(
                    call -> new Call(call.kind, call.implementation, "*all*"),
                    calls::get,
                    Profile::sum,
                    LinkedHashMap::new));
    print(out, sums, runs, all);
    print(out, calls, runs, all);
  }

  private static void print(PrintWriter out, Map<Call, Calls> rows, int runs, double all) {
    Function<Map.Entry<Call, Calls>, Double> time = row -> row.getValue().millis;
    rows.entrySet().stream()
        .sorted(Comparator.comparing(time).reversed())
        .forEach(
            row ->
                out.printf(
                    Locale.ROOT,
                    "| %s | %s | %s | %.1f | %.3f | %.1f%% |%n",
                    row.getKey().kind,
                    row.getKey().implementation,
                    row.getKey().problem,
                    (double) row.getValue().count / runs,
                    row.getValue().millis / runs,
                    100 * row.getValue().millis / all));
  }

  private double millis(Collection<Call> some) {
    return calls.entrySet().stream()
        .filter(entry -> some.contains(entry.getKey()))
        .mapToDouble(entry -> entry.getValue().millis)
        .sum();
  }

  private static Calls sum(Calls a, Calls b) {
    Calls sum = new Calls();
    sum.add(a.count, a.millis);
    sum.add(b.count, b.millis);
    return sum;
  }
}
