package io.github.rtmjava.app;

import io.github.rtmjava.engine.Engines;
import io.github.rtmjava.image.Picture;
import io.github.rtmjava.image.PictureSearch;
import io.github.rtmjava.output.DrawOptions;
import io.github.rtmjava.output.Poster;
import io.github.rtmjava.pose3d.Compat;
import io.github.rtmjava.pose3d.Inference;
import io.github.rtmjava.pose3d.PoseInferencer;
import io.github.rtmjava.pose3d.PoseInferencerBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
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
      "Finds the people in pictures and their poses, in 2D or 3D, as the model does.",
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
      description =
          "Pictures, folders of pictures, patterns such as 'photos/*.jpg', or addresses of the web.")
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
    PictureSearch search = PictureSearch.of(inputs);
    search.problems().forEach(console::problem);
    if (search.pictures().isEmpty()) {
      return ExitCode.SOFTWARE;
    }
    if (Files.exists(output) && !Files.isDirectory(output)) {
      throw new IOException(output + ": expected a folder for the results, found a file");
    }
    // Two threads may load natives at the same time once the first ones are there.
    Engines.choose(engine.engine, engine.device);
    List<Picture> pictures = new ArrayList<>(search.pictures());
    pictures.set(0, pictures.get(0).readAhead());
    OutputNames names =
        OutputNames.of(pictures, output, results.saved.stream().map(Saved::ending).toList());
    names.remarks().forEach(console::note);
    remarks().forEach(console::note);
    boolean allDone;
    try (Staging staging = Staging.in(output);
        PoseInferencer model = open(console);
        Progress progress = Progress.of(pictures.size(), console);
        Stream<Inference> found = infer(model, pictures.stream())) {
      PictureJob job =
          new PictureJob(
              space.frame == null ? null : space.frame.frame(),
              results.saved,
              new Poster(DrawOptions.of(results.keypointThreshold)),
              results.show ? new Display(progress) : null,
              staging);
      allDone = new PictureRun(job, progress, output, names).run(found);
    }
    return allDone && search.problems().isEmpty() ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  private Stream<Inference> infer(PoseInferencer model, Stream<Picture> pictures) {
    return people.boxes.isEmpty()
        ? model.infer(pictures)
        : model.infer(pictures, image -> people.boxes);
  }

  private boolean usesDetector() {
    return people.boxes.isEmpty() && !models.withoutDetector();
  }

  private PoseInferencer open(Console console) throws IOException {
    PoseInferencerBuilder builder =
        models.builder(engine, usesDetector()).singlePerson(people.single);
    if (people.threshold != null) {
      builder.bboxThreshold(people.threshold);
    }
    if (people.nms != null) {
      builder.nmsIou(people.nms);
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
    models.remark(usesDetector()).ifPresent(lines::add);
    if (models.withoutDetector() && people.boxes.isEmpty()) {
      lines.add("no detector and no --bbox: the whole picture is taken as one person's box");
    }
    if (!people.boxes.isEmpty() && models.detector != null && !models.withoutDetector()) {
      lines.add("--bbox gives the boxes: --detector is not used");
    }
    if (!usesDetector() && people.choose()) {
      lines.add(
          "no detector is used: --bbox-thr, --nms-thr, --single-person and --max-persons have no"
              + " effect");
    }
    return lines;
  }

  private void requireSense() {
    Float threshold = people.threshold;
    require(
        threshold == null || (threshold >= 0 && threshold <= 1),
        "expected a --bbox-thr of 0 to 1, found " + threshold);
    Float nms = people.nms;
    require(nms == null || (nms >= 0 && nms <= 1), "expected a --nms-thr of 0 to 1, found " + nms);
    Integer batch = models.batchSize;
    require(batch == null || batch > 0, "expected a --batch-size of at least 1, found " + batch);
    require(
        models.mode == null || models.model != null,
        "--mode chooses among the models of a name: give --model too");
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
