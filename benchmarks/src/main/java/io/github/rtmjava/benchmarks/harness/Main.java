package io.github.rtmjava.benchmarks.harness;

import io.github.rtmjava.benchmarks.serve.DelayRun;
import io.github.rtmjava.benchmarks.serve.ServeRun;
import io.github.rtmjava.benchmarks.serve.ServeSoak;
import io.github.rtmjava.benchmarks.serve.SizingRun;
import io.github.rtmjava.benchmarks.spark.SparkRun;
import io.github.rtmjava.benchmarks.spark.SparkSoak;
import io.github.rtmjava.engine.Precision;
import io.github.rtmjava.files.NewFile;
import io.github.rtmjava.image.Image;
import io.github.rtmjava.model.Task;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code benchmarks/run}. */
@Command(
    name = "benchmarks/run",
    mixinStandardHelpOptions = true,
    description = {
      "Times every engine beside ONNX Runtime, on the same networks and weights.",
      "Without --quick everything is measured with JMH, which takes about half an hour, and written"
          + " as Markdown."
    })
public final class Main implements Callable<Integer> {
  /** Leaves time for what the last model still has under way. */
  private static final long QUICK_SECONDS = 165;

  private static final long VIDEO_FRAMES = 64;

  private static final int SPARK_CLIPS = 40;

  private static final String DETECTOR = "rtmdet-m-640";
  private static final String POSE = "rtmw3d-l-384x288";
  private static final String LIVE_POSE = "rtmpose-m-256x192";

  @Spec private @Nullable CommandSpec spec;

  @Parameters(
      paramLabel = "MODEL",
      arity = "0..*",
      description = {
        "The models: ${COMPLETION-CANDIDATES}.",
        "Unless some are named, all of them and the way from pictures to keypoints."
      },
      completionCandidates = Names.class)
  private List<String> models = List.of();

  @Option(
      names = "--quick",
      description = "Prints one row per model and engine, within three minutes.")
  private boolean quick;

  @Option(
      names = "--primitives",
      description =
          "Prints which of oneDNN's implementations run, and their times; fails where one is a slow"
              + " reference implementation.")
  private boolean primitives;

  @Option(
      names = "--precision",
      arity = "0..1",
      fallbackValue = "",
      paramLabel = "SCENES",
      description =
          "Prints what bfloat16 costs in accuracy, on the rendered people of a folder (default: the"
              + " samples).")
  private @Nullable String precision;

  @Option(
      names = "--latency",
      paramLabel = "MANIFESTS",
      description =
          "Times the official models whose tensors the manifests of a folder list, and writes what"
              + " docs/models.md shows of it (-o, default: the resource it is made of).")
  private @Nullable Path latency;

  @Option(
      names = "--folder",
      arity = "0..1",
      fallbackValue = "200",
      paramLabel = "COUNT",
      description =
          "Times 'rtm infer' on a folder of so many pictures (default: ${FALLBACK-VALUE}) beside a"
              + " loop over them, with the embedded models.")
  private @Nullable Integer folder;

  @Option(
      names = "--video",
      arity = "0..1",
      fallbackValue = "2",
      paramLabel = "PEOPLE",
      description =
          "Times the way from the sample video to lines of JSON beside the networks alone, with so"
              + " many people in each frame (default: ${FALLBACK-VALUE}).")
  private @Nullable Integer video;

  @Option(
      names = "--serve",
      arity = "0..1",
      fallbackValue = "10",
      paramLabel = "SECONDS",
      description =
          "Puts load on 'rtm serve', so many seconds (default: ${FALLBACK-VALUE}) for each part,"
              + " with the embedded models.")
  private @Nullable Integer serve;

  @Option(
      names = "--serve-soak",
      arity = "0..1",
      fallbackValue = "10",
      paramLabel = "MINUTES",
      description =
          "Keeps 'rtm serve' at 90 % of what it can do, so many minutes (default:"
              + " ${FALLBACK-VALUE}), and fails if its memory grows or a request is lost.")
  private @Nullable Integer soak;

  @Option(
      names = "--delay",
      arity = "0..1",
      fallbackValue = "10",
      paramLabel = "SECONDS",
      description =
          "Times the way from a browser's camera to the skeletons that the page of 'rtm serve'"
              + " draws, so many seconds (default: ${FALLBACK-VALUE}) for each row; needs"
              + " Chromium.")
  private @Nullable Integer delay;

  @Option(
      names = "--sizing",
      arity = "0..1",
      fallbackValue = "10",
      paramLabel = "SECONDS",
      description =
          "Prints how many pictures and people a second one core does, by network, so many seconds"
              + " of the processor (default: ${FALLBACK-VALUE}) for each.")
  private @Nullable Integer sizing;

  @Option(
      names = "--spark",
      arity = "0..1",
      fallbackValue = "2000",
      paramLabel = "COUNT",
      description =
          "Times 'rtm batch' on so many pictures (default: ${FALLBACK-VALUE}) and on clips beside"
              + " 'rtm infer' on every core, and prints what an archive would take; with the"
              + " embedded models.")
  private @Nullable Integer spark;

  @Option(
      names = "--spark-soak",
      arity = "0..1",
      fallbackValue = "50000",
      paramLabel = "COUNT",
      description =
          "Looks at the memory of 'rtm batch' on so many pictures (default: ${FALLBACK-VALUE});"
              + " fails if it grows.")
  private @Nullable Integer sparkSoak;

  @Option(
      names = "--batch",
      defaultValue = "1",
      paramLabel = "N",
      description = "Images in a batch with --quick and --primitives (default: ${DEFAULT-VALUE}).")
  private int batch = 1;

  @Option(
      names = "--engine",
      split = ",",
      paramLabel = "ENGINE",
      description = "Only these engines, beside ONNX Runtime.")
  private @Nullable List<String> engines;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads of every engine (default: one per processor).")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Where the tables go without --quick (default: docs/benchmarks.md).")
  private @Nullable Path output;

  /** What may stand for MODEL. */
  static final class Names extends ArrayList<String> {
    private static final long serialVersionUID = 1L;

    Names() {
      super(BenchmarkModel.NAMES);
    }
  }

  public static void main(String[] args) {
    System.exit(
        new CommandLine(new Main())
            .setExecutionExceptionHandler(
                (e, command, parsed) -> {
                  if (!(e instanceof IOException)) {
                    throw e;
                  }
                  command.getErr().println("benchmarks/run: " + e.getMessage());
                  return 1;
                })
            .execute(args));
  }

  @Override
  public Integer call() throws IOException {
    if (folder != null) {
      new FolderRun(root().resolve("samples"), introduced()).measure(folder);
      return 0;
    }
    if (video != null) {
      new VideoTimes(
              root().resolve("samples/clip_01.mp4"), video, VIDEO_FRAMES, threads, introduced())
          .measure(BenchmarkModel.named(DETECTOR), BenchmarkModel.named(POSE));
      return 0;
    }
    if (serve != null) {
      return new ServeRun(root().resolve("samples"), Jvm.options(), serve, introduced()).measure()
          ? 0
          : 1;
    }
    if (soak != null) {
      return new ServeSoak(root().resolve("samples"), Jvm.options(), soak, introduced()).measure()
          ? 0
          : 1;
    }
    if (spark != null) {
      new SparkRun(root(), Jvm.options(), threads, introduced()).measure(spark, SPARK_CLIPS);
      return 0;
    }
    if (sparkSoak != null) {
      return new SparkSoak(root(), Jvm.options(), threads, introduced()).measure(sparkSoak) ? 0 : 1;
    }
    if (delay != null) {
      delay(delay);
      return 0;
    }
    if (sizing != null) {
      sizing(sizing);
      return 0;
    }
    List<BenchmarkModel> chosen = new ArrayList<>();
    try {
      (models.isEmpty() ? BenchmarkModel.NAMES : models)
          .forEach(name -> chosen.add(BenchmarkModel.named(name)));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(commandLine(), e.getMessage(), e);
    }
    if (latency != null) {
      latency(latency);
      return 0;
    }
    if (precision != null) {
      Path scenes = precision.isEmpty() ? root().resolve("samples") : Path.of(precision);
      new PrecisionRun(scenes, threads, introduced()).measure(chosen);
      return 0;
    }
    if (primitives) {
      return primitives(chosen) ? 1 : 0;
    }
    boolean differing = quick ? quick(chosen) : full(chosen);
    return differing ? 1 : 0;
  }

  /** The embedded models, and the embedded RTMDet-nano before a larger network. */
  private void delay(int seconds) throws IOException {
    Map<Integer, Image> scenes = new LinkedHashMap<>();
    for (int people : Scene.SIZES) {
      scenes.put(people, Scene.of(people, root().resolve("samples")).image());
    }
    try (ModelFiles pose = ModelFiles.write(BenchmarkModel.named(LIVE_POSE))) {
      Map<String, List<String>> pairs = new LinkedHashMap<>();
      pairs.put("embedded", List.of());
      pairs.put(
          "RTMDet-nano, RTMPose-m",
          List.of("--detector", "default-detector", "--model", pose.bundle().toString()));
      new DelayRun(scenes, Jvm.options(), seconds, introduced()).measure(pairs);
    }
  }

  /** The embedded models, and all others. */
  private void sizing(int seconds) throws IOException {
    Scene scene = Scene.of(1, root().resolve("samples"));
    SizingRun run =
        new SizingRun(scene.image(), scene.people().get(0), seconds, introduced(/* threads= */ 1));
    run.begin();
    for (String name : BenchmarkModel.NAMES) {
      BenchmarkModel model = BenchmarkModel.named(name);
      try (ModelFiles files = ModelFiles.write(model)) {
        String bundle = files.bundle().toString();
        if (model.spec().task() == Task.DETECTION) {
          run.pictures(name, bundle);
        } else {
          run.people(name, bundle);
        }
      }
    }
  }

  private void latency(Path manifests) throws IOException {
    Path target =
        output == null
            ? root().resolve("models/src/test/resources/io/github/rtmjava/models/latency.json")
            : output;
    List<Variant> float32 =
        variants().stream()
            .filter(v -> !v.isBaseline() && v.precision() == Precision.FLOAT32)
            .toList();
    new LatencyRun(manifests, threads, target, introduced()).measure(float32);
  }

  private boolean primitives(List<BenchmarkModel> chosen) throws IOException {
    Primitives reporting = new Primitives(threads, introduced());
    boolean reference = false;
    for (BenchmarkModel model : chosen) {
      try (ModelFiles files = ModelFiles.write(model)) {
        reference |= reporting.report(model.name(), files, batch);
      }
    }
    return reference;
  }

  /** The standard output, after a line about the machine. */
  private PrintWriter introduced() throws IOException {
    return introduced(threads);
  }

  private static PrintWriter introduced(int threads) throws IOException {
    PrintWriter out =
        new PrintWriter(new OutputStreamWriter(System.out, StandardCharsets.UTF_8), true);
    out.printf(Locale.ROOT, "%s; %d threads%n%n", Machine.describe(), threads);
    return out;
  }

  private boolean quick(List<BenchmarkModel> chosen) throws IOException {
    PrintWriter out = introduced();
    Quick measuring = new Quick(variants(), threads, out);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(QUICK_SECONDS);
    for (int i = 0; i < chosen.size(); i++) {
      long start = System.nanoTime();
      long share = (end - start) / (chosen.size() - i);
      try (ModelFiles files = ModelFiles.write(chosen.get(i))) {
        long left = share - (System.nanoTime() - start);
        measuring.measure(chosen.get(i).name(), files, batch, left);
      }
    }
    return measuring.foundDifferences();
  }

  private boolean full(List<BenchmarkModel> chosen) throws IOException {
    Full measuring =
        new Full(variants(), threads, root().resolve("samples"), commandLine().getErr());
    for (BenchmarkModel model : chosen) {
      try (ModelFiles files = ModelFiles.write(model)) {
        measuring.network(model, files);
      }
    }
    if (models.isEmpty()) {
      pictures(measuring);
    }
    String report = Report.of(measuring.tables(), threads);
    Path file = output == null ? root().resolve("docs/benchmarks.md") : output;
    NewFile.write(file, out -> out.write(report.getBytes(StandardCharsets.UTF_8)));
    return measuring.foundDifferences();
  }

  private static void pictures(Full measuring) throws IOException {
    try (ModelFiles detector = ModelFiles.write(BenchmarkModel.named(DETECTOR));
        ModelFiles pose = ModelFiles.write(BenchmarkModel.named(POSE))) {
      measuring.pictures("embedded", "default-detector", "default", pose.folder());
      measuring.pictures(
          DETECTOR + ", " + POSE,
          detector.bundle().toString(),
          pose.bundle().toString(),
          pose.folder());
    }
  }

  private static Path root() {
    return Path.of(System.getProperty("rtm.root", "")).toAbsolutePath();
  }

  private CommandLine commandLine() {
    CommandSpec known = spec;
    return known == null ? new CommandLine(this) : known.commandLine();
  }

  private List<Variant> variants() {
    List<String> only = engines;
    return Variant.all().stream()
        .filter(v -> v.isBaseline() || only == null || only.contains(v.engineName()))
        .toList();
  }
}
