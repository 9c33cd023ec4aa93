package io.github.rtmjava.app;

import io.github.rtmjava.app.batch.BatchEngine;
import io.github.rtmjava.app.batch.BatchFormat;
import io.github.rtmjava.app.batch.BatchJob;
import io.github.rtmjava.app.batch.BatchSummary;
import io.github.rtmjava.pose3d.Compat;
import io.github.rtmjava.pose3d.PoseConfig;
import io.github.rtmjava.pose3d.PoseOptions;
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

/** {@code rtm batch}: archives of pictures, on Spark. */
@Command(
    name = "batch",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    customSynopsis = "rtm batch INPUT... -o DIR [OPTION]...",
    description = {
      "Finds the people in archives of pictures, on all processors of this machine or on a cluster"
          + " of Apache Spark.",
      "",
      "Writes DIR/*.parquet with a row for each picture, as docs/spark.md describes. The next run"
          + " into the same folder does only what is missing or has changed."
    },
    footer = {
      "",
      "Examples:",
      "  rtm batch archive/ -o results",
      "  rtm batch 'archive/2024-*' shards/train-0001.tar more.zip -o results --format jsonl",
      "  rtm batch hdfs://host/archive -o hdfs://host/poses --master spark://host:7077",
      "",
      "Exit codes: 0 all went well, also where nobody was found; 1 a picture failed or an input is"
          + " missing, the rest is done; 2 the command line is wrong."
    })
final class BatchCommand implements Callable<Integer> {
  @Spec private CommandSpec command = CommandSpec.create();

  @Parameters(
      paramLabel = "INPUT",
      arity = "1..*",
      description =
          "Folders with all that is below them, patterns such as 'photos/*.jpg', pictures, archives"
              + " (.zip, .tar, .tar.gz, .tgz); also of Hadoop's file systems (hdfs://, s3a://).")
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
      description = "Looks again at pictures that failed in an earlier run.")
  private boolean retryFailed;

  @Mixin(name = "Models")
  private InferFlags.Models models = new InferFlags.Models();

  @Mixin(name = "People")
  private InferFlags.Choosing people = new InferFlags.Choosing();

  @Mixin(name = "3D keypoints")
  private InferFlags.Placing space = new InferFlags.Placing();

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
    BatchJob job =
        new BatchJob(
            inputs,
            output,
            master,
            config(),
            models.batchSize,
            space.frame == null ? null : space.frame.frame(),
            format,
            byContent,
            retryFailed);
    try (BatchProgress progress = new BatchProgress(new Progress(console))) {
      models.remark(/* looking= */ true).ifPresent(progress::note);
      return tell(runner.run(job, progress), progress);
    }
  }

  private int tell(BatchSummary summary, BatchProgress progress) {
    summary.missing().forEach(progress::problem);
    summary.problems().forEach(progress::problem);
    long more = summary.failed() - summary.problems().size();
    if (more > 0) {
      progress.problem(
          "%s more failed; the column 'error' says why"
              .formatted(Counted.of(more, "picture", "pictures")));
    }
    progress.result(
        "%s: %s in %s (%s of this run, %s of earlier ones, %s failed)"
            .formatted(
                output,
                Counted.of(summary.people(), "person", "people"),
                Counted.of(summary.pictures(), "picture", "pictures"),
                summary.now(),
                summary.pictures() - summary.now(),
                summary.failed()));
    return summary.failed() == 0 && summary.missing().isEmpty() ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  private PoseConfig config() throws IOException {
    requireSense();
    Placement camera = placement();
    try {
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
          .withDetector(models.detector)
          .withClasses(models.classes)
          .withFlipTest(models.flipTest)
          .withEngine(engine.engine, engine.options(command))
          .withOptions(options);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command.commandLine(), e.getMessage(), e);
    }
  }

  private Placement placement() throws IOException {
    try {
      return Placement.of(space, null);
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
        space.frame != FrameFlag.WORLD,
        "--frame world needs a floor: use rtm infer, which knows --floor");
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
        space.compat == null || space.frame == null,
        "--compat rtmpose3d has a frame of its own: leave --frame out");
  }

  private void require(boolean sense, String message) {
    if (!sense) {
      throw new ParameterException(command.commandLine(), message);
    }
  }
}
