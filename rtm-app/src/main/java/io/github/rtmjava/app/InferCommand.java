package io.github.rtmjava.app;

import io.github.rtmjava.engine.Engines;
import io.github.rtmjava.output.Poster;
import io.github.rtmjava.pose3d.Compat;
import io.github.rtmjava.pose3d.RtmPose3D;
import io.github.rtmjava.pose3d.RtmPose3DBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code rtm infer}: the people in pictures, as JSON and drawn. */
@Command(
    name = "infer",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    customSynopsis = "rtm infer INPUT... -o DIR [OPTION]...",
    description = {
      "Finds the people in pictures and their whole-body poses in 2D and 3D.",
      "",
      "Writes DIR/NAME.json (keypoints in pixels and metres) and DIR/NAME.png (the picture with"
          + " everybody drawn on it, and a 3D view of each) for each picture."
    },
    footer = {
      "",
      "Examples:",
      "  rtm infer photo.jpg -o results",
      "  rtm infer holiday/ 'more/*.png' -o results --save json",
      "  rtm infer photo.jpg -o results --model rtmw3d-l.pth --detector rtmdet-m.pth",
      "  rtm infer photo.jpg -o results --bbox 120,40,360,620 --frame z_up",
      "",
      "Exit codes: 0 all went well, also where nobody was found; 1 a picture failed, the others are"
          + " done; 2 the command line is wrong."
    })
final class InferCommand implements Callable<Integer> {
  @Spec private CommandSpec command = CommandSpec.create();

  @Parameters(
      paramLabel = "INPUT",
      arity = "1..*",
      description = "Pictures, folders of pictures, or patterns such as 'photos/*.jpg'.")
  private List<String> inputs = List.of();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      required = true,
      description = "The folder for the results; made if it is not there.")
  private Path output = Path.of("");

  @Mixin(name = "Models")
  private InferFlags.Models models = new InferFlags.Models();

  @Mixin(name = "People")
  private InferFlags.People people = new InferFlags.People();

  @Mixin(name = "3D keypoints")
  private InferFlags.Space space = new InferFlags.Space();

  @Mixin(name = "Results")
  private InferFlags.Results results = new InferFlags.Results();

  @Mixin(name = "Engine")
  private EngineFlags engine = new EngineFlags();

  @Override
  public Integer call() throws IOException {
    requireSense();
    Console console = new Console(command);
    InputFiles files = InputFiles.of(inputs);
    files.problems().forEach(console::problem);
    if (files.pictures().isEmpty()) {
      return ExitCode.SOFTWARE;
    }
    if (Files.exists(output) && !Files.isDirectory(output)) {
      throw new IOException(output + ": expected a folder for the results, found a file");
    }
    OutputNames names =
        OutputNames.of(
            files.pictures(), output, results.saved.stream().map(Saved::ending).toList());
    names.remarks().forEach(console::note);
    remarks().forEach(console::note);
    boolean allDone;
    // Two threads may load natives at the same time once the first ones are there.
    Engines.choose(engine.engine, engine.device);
    try (Staging staging = Staging.in(output);
        ReadAhead images = new ReadAhead(files.pictures());
        RtmPose3D model = open(console);
        Progress progress = Progress.of(files.pictures().size(), console)) {
      PictureJob job =
          new PictureJob(
              model,
              usesDetector() ? null : people.boxes,
              space.frame == null ? null : space.frame.frame(),
              results.saved,
              new Poster(results.keypointThreshold),
              results.show ? new Display(progress) : null,
              staging);
      allDone = new PictureRun(job, progress, output).run(files.pictures(), images, names);
    }
    return allDone && files.problems().isEmpty() ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  private boolean usesDetector() {
    return people.boxes.isEmpty() && !models.withoutDetector();
  }

  private RtmPose3D open(Console console) throws IOException {
    RtmPose3DBuilder builder =
        RtmPose3D.builder()
            .engine(engine.engine)
            .device(engine.device)
            .threads(engine.threads)
            .precision(engine.precision)
            .deterministic(engine.deterministic)
            .singlePerson(people.single);
    if (models.model != null) {
      builder.model(models.model);
    }
    if (!usesDetector()) {
      builder.noDetector();
    } else if (models.detector != null) {
      builder.detector(models.detector);
    }
    if (people.threshold != null) {
      builder.bboxThreshold(people.threshold);
    }
    if (people.most != null) {
      builder.maxPersons(people.most);
    }
    if (space.compat != null) {
      builder.compat(Compat.RTMPOSE3D);
    }
    if (space.camera != null) {
      builder.camera(
          space.rootDepth == null ? space.camera : space.camera.withRootDepth(space.rootDepth));
    }
    try (ModelNews news = new ModelNews(console)) {
      return builder.listener(news).build();
    }
  }

  /** What is done without having been asked for, one line each. */
  private List<String> remarks() {
    List<String> lines = new ArrayList<>();
    boolean embeddedDetector = usesDetector() && models.detector == null;
    if (models.model == null) {
      lines.add(
          embeddedDetector
              ? "using the embedded models; name others with --model and --detector"
              : "using the embedded pose model; name another with --model");
    } else if (embeddedDetector) {
      lines.add("using the embedded person detector; name another with --detector");
    }
    if (models.withoutDetector() && people.boxes.isEmpty()) {
      lines.add("no detector and no --bbox: the whole picture is taken as one person's box");
    }
    if (!people.boxes.isEmpty() && models.detector != null && !models.withoutDetector()) {
      lines.add("--bbox gives the boxes: --detector is not used");
    }
    if (!usesDetector() && people.choose()) {
      lines.add(
          "no detector is used: --bbox-thr, --single-person and --max-persons have no effect");
    }
    return lines;
  }

  private void requireSense() {
    Float threshold = people.threshold;
    require(
        threshold == null || (threshold >= 0 && threshold <= 1),
        "expected a --bbox-thr of 0 to 1, found " + threshold);
    Integer most = people.most;
    require(most == null || most > 0, "expected a --max-persons of at least 1, found " + most);
    require(
        Float.isFinite(results.keypointThreshold),
        "expected a number as --kpt-thr, found " + results.keypointThreshold);
    Double depth = space.rootDepth;
    require(
        depth == null || (depth > 0 && Double.isFinite(depth)),
        "expected a --root-depth above 0 metres, found " + depth);
    require(
        depth == null || space.camera != null,
        "--root-depth needs the camera's focal lengths too: give --camera");
    require(
        space.compat == null || (space.camera == null && space.frame == null),
        "--compat rtmpose3d has a camera and a frame of its own: leave --camera and --frame out");
    engine.options(command);
  }

  private void require(boolean sense, String message) {
    if (!sense) {
      throw new ParameterException(command.commandLine(), message);
    }
  }
}
