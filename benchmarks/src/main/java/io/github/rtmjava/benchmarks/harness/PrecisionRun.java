package io.github.rtmjava.benchmarks.harness;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.rtmjava.engine.CompiledModel;
import io.github.rtmjava.engine.EngineOptions;
import io.github.rtmjava.engine.Precision;
import io.github.rtmjava.engine.Session;
import io.github.rtmjava.geometry.Box;
import io.github.rtmjava.geometry.CropGeometry;
import io.github.rtmjava.image.Cropper;
import io.github.rtmjava.image.Image;
import io.github.rtmjava.image.ImageNormalizer;
import io.github.rtmjava.image.Letterbox;
import io.github.rtmjava.image.Picture;
import io.github.rtmjava.image.PictureSearch;
import io.github.rtmjava.model.Model;
import io.github.rtmjava.model.Task;
import io.github.rtmjava.pose.PersonPose;
import io.github.rtmjava.pose3d.PoseInferencer;
import io.github.rtmjava.tensor.DType;
import io.github.rtmjava.tensor.Tensor;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * What bfloat16 costs in accuracy and gains in time on the engine {@code onednn}: outputs of
 * full-size networks with made-up weights on crops of rendered people, and keypoints of the
 * embedded models.
 *
 * @param scenes a folder with rendered pictures and, beside each, where the people are
 */
record PrecisionRun(Path scenes, int threads, PrintWriter out) {
  private static final String ENGINE = "onednn";
  private static final int TURNS = 9;

  void measure(List<BenchmarkModel> models) throws IOException {
    List<Scene> all = read();
    out.println(
        "| model | output | error, of the deviation | largest, of the range | arg-max moved | time"
            + " f32 / bf16 |");
    out.println("|---|---|---|---|---|---|");
    for (BenchmarkModel model : models) {
      outputs(model, all);
    }
    keypoints(all);
  }

  private void outputs(BenchmarkModel benchmark, List<Scene> all) throws IOException {
    Model model = benchmark.model();
    Tensor input = input(model, all);
    try (CompiledModel plain = compile(model, Precision.FLOAT32);
        CompiledModel rounded = compile(model, Precision.BFLOAT16);
        Session f32 = plain.newSession();
        Session bf16 = rounded.newSession()) {
      Map<String, float[]> expected = run(f32, input);
      Map<String, float[]> found = run(bf16, input);
      String gain = String.format(Locale.ROOT, "%.2f", gain(f32, bf16, input));
      for (Map.Entry<String, float[]> output : expected.entrySet()) {
        String name = output.getKey();
        int bins = name.startsWith("simcc") ? last(model, name) : 0;
        Difference difference =
            Difference.of(output.getValue(), Objects.requireNonNull(found.get(name)), bins);
        out.printf(Locale.ROOT, "| %s | %s | %s | %s |%n", model.name(), name, difference, gain);
        gain = "";
      }
    }
  }

  private CompiledModel compile(Model model, Precision precision) throws IOException {
    // Without measuring whether bfloat16 is worth it on this processor.
    EngineOptions options = new EngineOptions("cpu", threads, precision, /* deterministic= */ true);
    return new Variant(ENGINE, precision)
        .engine()
        .compile(model.network(), model.weights(), options);
  }

  private static int last(Model model, String output) {
    return Objects.requireNonNull(model.network().outputs().get(output)).shape().dim(-1);
  }

  private static Map<String, float[]> run(Session session, Tensor input) {
    Map<String, float[]> outputs = new LinkedHashMap<>();
    session
        .run(Map.of("image", input))
        .forEach((name, tensor) -> outputs.put(name, tensor.toFloats()));
    return outputs;
  }

  /** In turns, so that whatever else the machine does hits both. */
  private static double gain(Session f32, Session bf16, Tensor input) {
    double[] ratios = new double[TURNS];
    for (int i = 0; i < TURNS; i++) {
      ratios[i] = time(f32, input) / time(bf16, input);
    }
    return Timing.median(ratios);
  }

  private static double time(Session session, Tensor input) {
    long start = System.nanoTime();
    session.run(Map.of("image", input));
    return System.nanoTime() - start;
  }

  /** Whole pictures for a detector, everybody's crop for a pose model. */
  private static Tensor input(Model model, List<Scene> all) {
    ImageNormalizer normalizer = new ImageNormalizer(model.spec().input());
    int width = model.spec().input().width();
    int height = model.spec().input().height();
    boolean detector = model.spec().task() == Task.DETECTION;
    int count = detector ? all.size() : all.stream().mapToInt(s -> s.people().size()).sum();
    Tensor input =
        Tensor.allocate(DType.FLOAT32, model.network().inputs().get(0).shape().withBatch(count));
    int at = 0;
    for (Scene scene : all) {
      Image image = scene.image();
      if (detector) {
        Letterbox letterbox = Letterbox.of(image.width(), image.height(), width, height);
        normalizer.normalize(letterbox.apply(image), input, at++);
      } else {
        try (Cropper cropper = Cropper.of(image)) {
          for (Box box : scene.people()) {
            cropper.pack(CropGeometry.of(box, width, height), normalizer, input, at++);
          }
        }
      }
    }
    return input;
  }

  private void keypoints(List<Scene> all) throws IOException {
    List<PersonPose> plain = poses(all, Precision.FLOAT32);
    List<PersonPose> rounded = poses(all, Precision.BFLOAT16);
    List<Double> pixels = new ArrayList<>();
    List<Double> millimetres = new ArrayList<>();
    for (int i = 0; i < plain.size(); i++) {
      for (int k = 0; k < plain.get(i).size(); k++) {
        pixels.add(distance(plain.get(i).keypoints()[k], rounded.get(i).keypoints()[k]));
        millimetres.add(
            1000 * distance(plain.get(i).keypoints3d()[k], rounded.get(i).keypoints3d()[k]));
      }
    }
    out.printf(
        Locale.ROOT,
        "%nembedded models, %d people in %d pictures, %d keypoints: moved by %s pixels and %s mm%n",
        plain.size(),
        all.size(),
        pixels.size(),
        summary(pixels),
        summary(millimetres));
  }

  private List<PersonPose> poses(List<Scene> all, Precision precision) throws IOException {
    try (PoseInferencer inferencer =
        PoseInferencer.builder()
            .noDetector()
            .engine(ENGINE)
            .threads(threads)
            .precision(precision)
            .deterministic(true)
            .build()) {
      return all.stream()
          .flatMap(scene -> inferencer.predict(scene.image(), scene.people()).persons().stream())
          .toList();
    }
  }

  private static double distance(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (a[i] - b[i]) * (double) (a[i] - b[i]);
    }
    return Math.sqrt(sum);
  }

  private static String summary(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(v -> v).sorted().toArray();
    return String.format(
        Locale.ROOT,
        "%.2f (mean), %.2f (95 %%)",
        values.stream().mapToDouble(v -> v).average().orElse(0),
        sorted[(int) (0.95 * (sorted.length - 1))]);
  }

  private List<Scene> read() throws IOException {
    List<Scene> found = new ArrayList<>();
    for (Picture picture : PictureSearch.of(List.of(scenes.toString())).pictures()) {
      Path truth = scenes.resolve(picture.fileName().replaceFirst("\\.[a-z]+$", ".json"));
      if (Files.exists(truth)) {
        List<Box> boxes = new ArrayList<>();
        for (JsonNode person : new ObjectMapper().readTree(truth.toFile()).get("people")) {
          JsonNode box = person.get("bbox");
          boxes.add(
              new Box(
                  box.get(0).floatValue(),
                  box.get(1).floatValue(),
                  box.get(2).floatValue(),
                  box.get(3).floatValue()));
        }
        found.add(new Scene(picture.read(), boxes));
      }
    }
    if (found.isEmpty()) {
      throw new IOException(
          scenes + ": expected rendered pictures with a .json beside each, found none");
    }
    return found;
  }

  /**
   * How far two outputs differ.
   *
   * @param rms root of the mean squared difference, as a share of the standard deviation of the
   *     expected values
   * @param largest difference, as a share of the expected values' range
   * @param moved share of rows whose largest value is in another place; negative where there are no
   *     rows
   */
  private record Difference(double rms, double largest, double moved) {
    static Difference of(float[] expected, float[] found, int bins) {
      double squares = 0;
      double sum = 0;
      double reference = 0;
      double largest = 0;
      double min = Double.POSITIVE_INFINITY;
      double max = Double.NEGATIVE_INFINITY;
      for (int i = 0; i < expected.length; i++) {
        double difference = (double) found[i] - expected[i];
        squares += difference * difference;
        sum += expected[i];
        reference += (double) expected[i] * expected[i];
        largest = Math.max(largest, Math.abs(difference));
        min = Math.min(min, expected[i]);
        max = Math.max(max, expected[i]);
      }
      double spread = reference - sum * sum / expected.length;
      return new Difference(
          Math.sqrt(squares / spread), largest / (max - min), moved(expected, found, bins));
    }

    private static double moved(float[] expected, float[] found, int bins) {
      if (bins == 0) {
        return -1;
      }
      int moved = 0;
      for (int row = 0; row < expected.length; row += bins) {
        moved += best(expected, row, bins) == best(found, row, bins) ? 0 : 1;
      }
      return (double) moved * bins / expected.length;
    }

    private static int best(float[] values, int from, int count) {
      int best = from;
      for (int i = from; i < from + count; i++) {
        best = values[i] > values[best] ? i : best;
      }
      return best;
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%.4f | %.4f | %s",
          rms,
          largest,
          moved < 0 ? "–" : String.format(Locale.ROOT, "%.1f %%", 100 * moved));
    }
  }
}
