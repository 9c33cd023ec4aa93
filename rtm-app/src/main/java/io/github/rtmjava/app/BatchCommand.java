package io.github.rtmjava.app;

import io.github.rtmjava.app.batch.BatchEngine;
import io.github.rtmjava.app.batch.BatchFormat;
import io.github.rtmjava.app.batch.BatchJob;
import io.github.rtmjava.app.batch.BatchSummary;
import io.github.rtmjava.motion.refine.RefineOptions;
import io.github.rtmjava.output.draw.DrawOptions;
import io.github.rtmjava.pose3d.Compat;
import io.github.rtmjava.pose3d.FollowOptions;
import io.github.rtmjava.pose3d.PoseConfig;
import io.github.rtmjava.pose3d.PoseOptions;
import io.github.rtmjava.recording.RecordingOptions;
import java.io.IOException;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code rtm batch}: archives of pictures and videos, on Spark. */
@Command(
    name = "batch",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    customSynopsis = "rtm batch INPUT... -o DIR [OPTION]...",
    description = {
      "Finds the people in archives of pictures and videos, on all processors of this machine or on"
          + " a cluster of Apache Spark.",
      "",
      "Writes DIR/*.parquet with a row for each picture and each frame of a video, as docs/spark.md"
          + " describes. The next run into the same folder does only what is missing or has"
          + " changed."
    },
    footer = {
      "",
      "Examples:",
      "  rtm batch archive/ -o results",
      "  rtm batch 'archive/2024-*' shards/train-0001.tar more.zip -o results --format jsonl",
      "  rtm batch hdfs://host/archive -o hdfs://host/poses --master spark://host:7077",
      "",
      "Exit codes: 0 all went well, also where nobody was found; 1 a picture or video failed or"
          + " an input is missing, the rest is done; 2 the command line is wrong."
    })
final class BatchCommand implements Callable<Integer> {
  @Spec private CommandSpec command = CommandSpec.create();

  @Parameters(
      paramLabel = "INPUT",
      arity = "1..*",
      description =
          "Folders with all that is below them, patterns such as 'photos/*.jpg', pictures, videos,"
              + " archives of pictures (.zip, .tar, .tar.gz, .tgz); also of Hadoop's file systems"
              + " (hdfs://, s3a://).")
  private List<String> inputs = List.of();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      required = true,
      description = "The folder for the results; made if it is not there.")
  private String output = "";

  @Option(
      names = "--master",
      paramLabel = "URL",
      description =
          "Where the work is done: local[N] for N processors of this machine, or the address of a"
              + " cluster. Default: what Spark was started with, or else local[*].")
  private @Nullable String master;

  @Option(
      names = "--format",
      paramLabel = "F",
      description = "The files of results: parquet or jsonl. Default: parquet.")
  private BatchFormat format = BatchFormat.PARQUET;

  @Option(
      names = "--by-content",
      description =
          "Takes a picture as done that has the same path and bytes, whatever its time says; reads"
              + " all of them for that. Otherwise path, size and time tell.")
  private boolean byContent;

  @Option(
      names = "--retry-failed",
      description = "Looks again at pictures and videos that failed in an earlier run.")
  private boolean retryFailed;

  @Option(
      names = "--segment",
      paramLabel = "S",
      description =
          "Cuts videos into parts of about so many seconds, which are looked at beside each other;"
              + " 0: not at all. Default: 30.")
  private double segment = 30;

  @Mixin(name = "Models")
  private InferFlags.Models models = new InferFlags.Models();

  @Mixin(name = "People")
  private InferFlags.People people = new InferFlags.People();

  @Mixin(name = "Videos")
  private VideoFlags.Choosing frames = new VideoFlags.Choosing();

  @Mixin(name = "People over time")
  private VideoFlags.Tracking tracking = new VideoFlags.Tracking();

  @Mixin(name = "Smoothing")
  private VideoFlags.Smoothing smoothing = new VideoFlags.Smoothing();

  @Mixin(name = "3D keypoints")
  private InferFlags.Space space = new InferFlags.Space();

  @Mixin(name = "Engine")
  private EngineFlags engine = new EngineFlags();

  @Override
  public Integer call() throws IOException {
    Console console = new Console(command);
    BatchEngine runner =
        ServiceLoader.load(BatchEngine.class, BatchCommand.class.getClassLoader())
            .findFirst()
            .orElseThrow(
                () ->
                    new IOException(
                        "expected the module rtm-spark and Spark on the class path, found none;"
                            + " start it with ./rtm of a checkout, or see docs/spark.md"));
    BatchJob job = job();
    try (BatchProgress progress = new BatchProgress(new Progress(console))) {
      models.remark(usesDetector()).ifPresent(progress::note);
      if (!people.boxes.isEmpty() && models.detector != null && !models.withoutDetector()) {
        progress.note("--bbox gives the boxes: --detector is not used");
      }
      IdleFlags.overTime(tracking, smoothing).forEach(progress::note);
      return tell(runner.run(job, progress), progress);
    }
  }

  private static String found(BatchSummary summary) {
    String pictures =
        Counted.of(summary.people(), "person", "people")
            + " in "
            + Counted.of(summary.pictures(), "picture", "pictures");
    String videos =
        Counted.of(summary.frames(), "frame", "frames")
            + " of "
            + Counted.of(summary.videos(), "video", "videos");
    if (summary.videos() == 0) {
      return pictures;
    }
    return summary.pictures() == 0 ? videos : pictures + ", " + videos;
  }

  private BatchJob job() throws IOException {
    requireSense();
    Placement camera = placement();
    try {
      return new BatchJob(
          inputs,
          output,
          master,
          config(camera),
          models.batchSize,
          people.boxes,
          recording(camera),
          segment,
          format,
          byContent,
          retryFailed);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command.commandLine(), e.getMessage(), e);
    }
  }

  private RecordingOptions recording(Placement camera) {
    return new RecordingOptions(
        frames.options(),
        new FollowOptions(
            frames.detectEvery, tracking.options(), /* live= */ false, /* everybody= */ false),
        people.boxes.isEmpty() && people.single && !tracking.off,
        new RefineOptions(
            smoothing.offline(),
            space.boneLengths,
            space.personHeight,
            camera.world().orElse(null),
            space.frame == null ? null : space.frame.frame()),
        /* angles= */ false,
        DrawOptions.of(0),
        /* audio= */ false);
  }

  private boolean usesDetector() {
    return people.boxes.isEmpty() && !models.withoutDetector();
  }

  private int tell(BatchSummary summary, BatchProgress progress) {
    summary.missing().forEach(progress::problem);
    summary.problems().forEach(progress::problem);
    long more = summary.failed() - summary.problems().size();
    if (more > 0) {
      progress.problem(
          "%s more failed; the column 'error' says why"
              .formatted(Counted.of(more, "picture or video", "pictures and videos")));
    }
    progress.result(
        "%s: %s (%s of this run, %s of earlier ones, %s failed)"
            .formatted(
                output,
                found(summary),
                summary.now(),
                summary.pictures() + summary.videos() - summary.now(),
                summary.failed()));
    return summary.failed() == 0 && summary.missing().isEmpty() ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  private PoseConfig config(Placement camera) {
    PoseOptions options =
        new PoseOptions(
            people.threshold,
            people.nms,
            people.most == null ? Integer.MAX_VALUE : people.most,
            people.single,
            camera.camera(),
            camera.calibration(),
            space.compat == null ? Compat.NONE : Compat.RTMPOSE3D);
    String name = models.model == null ? "default" : models.model;
    return PoseConfig.of(models.mode == null ? name : name + ":" + models.mode)
        .withDetector(people.boxes.isEmpty() ? models.detector : PoseConfig.NONE)
        .withClasses(models.classes)
        .withFlipTest(models.flipTest)
        .withEngine(engine.engine, engine.options(command))
        .withOptions(options);
  }

  private Placement placement() throws IOException {
    try {
      return Placement.of(space, space.floor);
    } catch (IllegalArgumentException | TypeConversionException e) {
      throw new ParameterException(command.commandLine(), e.getMessage(), e);
    }
  }

  private void requireSense() {
    require(
        models.mode == null || models.model != null,
        "--mode chooses among the models of a name: give --model too");
    Integer batch = models.batchSize;
    require(batch == null || batch > 0, "expected a --batch-size of at least 1, found " + batch);
    require(
        segment >= 0 && Double.isFinite(segment),
        "expected a --segment of 0 seconds or more, found " + segment);
    Double depth = space.rootDepth;
    require(
        depth == null || (depth > 0 && Double.isFinite(depth)),
        "expected a --root-depth above 0 metres, found " + depth);
    require(
        depth == null || space.camera != null,
        "--root-depth needs the camera's focal lengths too: give --camera");
    require(
        space.camera == null || space.calibration == null,
        "--calib gives the camera: leave --camera out");
    require(
        space.compat == null || !space.says(),
        "--compat rtmpose3d has a camera and a frame of its own: leave --camera, --calib, --frame"
            + " and what else places people out");
  }

  private void require(boolean sense, String message) {
    if (!sense) {
      throw new ParameterException(command.commandLine(), message);
    }
  }
}
