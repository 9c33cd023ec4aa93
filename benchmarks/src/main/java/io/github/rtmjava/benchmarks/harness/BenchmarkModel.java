package io.github.rtmjava.benchmarks.harness;

import io.github.rtmjava.model.Architectures;
import io.github.rtmjava.model.Codec;
import io.github.rtmjava.model.InputSpec;
import io.github.rtmjava.model.Model;
import io.github.rtmjava.model.ModelSpec;
import io.github.rtmjava.model.Provenance;
import io.github.rtmjava.model.Task;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * A model that is measured: the full-size architecture with made-up weights.
 *
 * @param name for people
 * @param spec what it is
 * @param batches the batch sizes that are measured
 */
public record BenchmarkModel(String name, ModelSpec spec, List<Integer> batches) {
  /** All of them, from small to large within each task. */
  public static final List<String> NAMES =
      List.of(
          "rtmdet-nano-320",
          "rtmdet-m-640",
          "rtmpose-t-256x192",
          "rtmpose-m-256x192",
          "rtmw3d-l-384x288",
          "rtmw3d-x-384x288");

  private static final Codec BOXES = new Codec.Boxes(0.05f, 1000, 0.6f, 100, 0.3f);
  private static final Codec SIMCC_2D = new Codec.Simcc(2, 0, 0, 0);
  private static final Codec SIMCC_3D = new Codec.Simcc(2, 288, 2.1744869, 5.14388);

  public BenchmarkModel {
    batches = List.copyOf(batches);
  }

  /**
   * The model of a name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static BenchmarkModel named(String name) {
    if (!NAMES.contains(name)) {
      throw new IllegalArgumentException(
          "expected a model of %s, found '%s'".formatted(String.join(", ", NAMES), name));
    }
    Properties file = new Properties();
    try (InputStream in = BenchmarkModel.class.getResourceAsStream(name + ".properties")) {
      file.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Map<String, String> entries = new TreeMap<>();
    file.stringPropertyNames().forEach(key -> entries.put(key, file.getProperty(key)));
    String architecture = String.valueOf(entries.remove("architecture"));
    int width = Integer.parseInt(String.valueOf(entries.remove("width")));
    int height = Integer.parseInt(String.valueOf(entries.remove("height")));
    String batches = String.valueOf(entries.remove("batches"));
    Map<String, Integer> hyper = new TreeMap<>();
    entries.forEach((key, value) -> hyper.put(key, Integer.valueOf(value)));
    return new BenchmarkModel(
        name,
        spec(architecture, width, height, hyper),
        Arrays.stream(batches.split(",", -1)).map(b -> Integer.valueOf(b.strip())).toList());
  }

  private static ModelSpec spec(
      String architecture, int width, int height, Map<String, Integer> hyper) {
    return switch (architecture) {
      case "rtmdet" ->
          new ModelSpec(
              architecture,
              Task.DETECTION,
              InputSpec.bgr(width, height),
              BOXES,
              List.of("person"),
              hyper);
      case "rtmpose" ->
          new ModelSpec(
              architecture,
              Task.POSE_2D,
              InputSpec.rgb(width, height),
              SIMCC_2D,
              List.of("coco"),
              hyper);
      case "rtmw3d" ->
          new ModelSpec(
              architecture,
              Task.POSE_3D,
              InputSpec.rgb(width, height),
              SIMCC_3D,
              List.of("coco_wholebody"),
              hyper);
      default -> throw new IllegalArgumentException("no model is of " + architecture);
    };
  }

  /** The model with its weights. */
  public Model model() {
    return new Model(
        name,
        spec,
        new MadeWeights(Architectures.named(spec.architecture()).build(spec)),
        new Provenance(name, "", "rtm-benchmarks", "CC0-1.0"));
  }
}
