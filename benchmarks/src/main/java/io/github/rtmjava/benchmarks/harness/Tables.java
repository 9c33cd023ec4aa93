package io.github.rtmjava.benchmarks.harness;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The tables of the report, row by row. */
final class Tables {
  private static final String NETWORKS =
      """
      ## Networks

      One run, inputs and outputs in native memory. *Difference*: largest difference to ONNX
      Runtime's outputs, as a share of each output's range, found before anything is timed.
      *Allocated*: on Java's heap, per run, with what JMH itself allocates for each sample.

      | model | batch | engine | ms (median) | ms (9 of 10) | times as fast as ONNX Runtime f32 | difference | allocated |
      |---|---|---|---|---|---|---|---|
      """;

  private static final String STARTS =
      """
      ## From a file to the first result

      In a new process, batch 1: *open* reads the bundle's description and builds the network;
      *compile* loads the engine, reads the weights and makes the network ready (for ONNX Runtime:
      loads its own file); then the *first run*. *Peak memory* of the process, Java's own included. The
      first time on a processor, *compile* of onednn includes that the ways are measured.

      | model | engine | open, ms | compile, ms | first run, ms | peak memory, MB |
      |---|---|---|---|---|---|
      """;

  private static final String INSIDES =
      """
      ## Inside

      Batch 1. *Convolutions*: share of the layers' time in convolutions and products. *Of the floor*:
      the whole network over the sum of its layers, each run alone on the same buffers, one after the
      other. *Weights* and *session*: native memory.

      | model | engine | convolutions | of the floor | weights, MB | session, MB |
      |---|---|---|---|---|---|
      """;

  private static final String PICTURES =
      """
      ## From a picture to keypoints

      The picture is in memory; the detector looks for people, and the pose model estimates those
      who are there. *Around the networks*: share of the time that is not spent in the two networks,
      which are also measured alone, in turns with the pictures.

      | models | people | engine | ms (median) | times as fast as ONNX Runtime f32 | around the networks | allocated |
      |---|---|---|---|---|---|---|
      """;

  private final List<String> networks = new ArrayList<>();
  private final List<String> starts = new ArrayList<>();
  private final List<String> insides = new ArrayList<>();
  private final List<String> pictures = new ArrayList<>();

  void network(
      String model, int batch, Variant variant, Jmh.Score score, double ratio, String difference) {
    networks.add(
        "| %s | %s | %s | %s | %s | %s | %s | %s |"
            .formatted(
                model,
                batch,
                variant,
                Numbers.milliseconds(score.millis()),
                Numbers.milliseconds(score.slowMillis()),
                Numbers.ratio(ratio),
                difference,
                Numbers.bytes(score.allocated())));
  }

  void differing(String model, int batch, Entrant entrant) {
    networks.add(
        "| %s | %s | %s | – | – | – | %s: too much to be timed | – |"
            .formatted(model, batch, entrant.variant(), entrant.differenceText()));
  }

  void start(String model, Variant variant, Facts facts) {
    starts.add(
        "| %s | %s | %s | %s | %s | %s |"
            .formatted(
                model,
                variant,
                facts.openMillis(),
                facts.compileMillis(),
                facts.firstMillis(),
                Numbers.megabytes(facts.peakBytes())));
  }

  void inside(String model, Variant variant, Inside inside, double wholeMillis) {
    insides.add(
        String.format(
            Locale.ROOT,
            "| %s | %s | %.0f%% | %s | %s | %s |",
            model,
            variant,
            100 * inside.heavy(),
            Numbers.ratio(wholeMillis / inside.floorMillis()),
            Numbers.megabytes(inside.weights()),
            Numbers.megabytes(inside.session())));
  }

  void picture(
      String models, int people, Variant variant, Jmh.Score score, double ratio, double networks) {
    pictures.add(
        String.format(
            Locale.ROOT,
            "| %s | %d | %s | %s | %.2f | %.0f%% | %s |",
            models,
            people,
            variant,
            Numbers.milliseconds(score.millis()),
            ratio,
            100 * (1 - networks / score.millis()),
            Numbers.bytes(score.allocated())));
  }

  /** All that was measured, as Markdown. */
  String markdown() {
    return Stream.of(
            table(NETWORKS, networks),
            table(INSIDES, insides),
            table(STARTS, starts),
            table(PICTURES, pictures))
        .filter(table -> !table.isEmpty())
        .collect(Collectors.joining("\n"));
  }

  private static String table(String head, List<String> rows) {
    return rows.isEmpty() ? "" : head + String.join("\n", rows) + "\n";
  }
}
