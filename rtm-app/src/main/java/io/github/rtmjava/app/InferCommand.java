package io.github.rtmjava.app;

import io.github.rtmjava.engine.Engines;
import io.github.rtmjava.files.Interruption;
import io.github.rtmjava.files.Originals;
import io.github.rtmjava.image.Picture;
import io.github.rtmjava.motion.refine.RefineOptions;
import io.github.rtmjava.output.draw.DrawOptions;
import io.github.rtmjava.output.draw.Overlay;
import io.github.rtmjava.output.draw.Poster;
import io.github.rtmjava.pose.Recording;
import io.github.rtmjava.pose3d.Compat;
import io.github.rtmjava.pose3d.FollowOptions;
import io.github.rtmjava.pose3d.Inference;
import io.github.rtmjava.pose3d.PoseInferencer;
import io.github.rtmjava.pose3d.PoseInferencerBuilder;
import io.github.rtmjava.recording.RecordingOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
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
import picocli.CommandLine.TypeConversionException;

/** {@code rtm infer}: the people in pictures, as JSON and drawn. */
@Command(
    name = "infer",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    customSynopsis = "rtm infer INPUT... -o DIR [OPTION]...",
    description = {
      "Finds the people in pictures and videos and their poses, in 2D or 3D, as the model does.",
      "",
      "Writes DIR/NAME.json (keypoints in pixels and metres) and DIR/NAME.png (the picture with"
          + " everybody drawn on it, and a 3D view of each) for each picture; for each video"
          + " DIR/NAME.jsonl (a line for each frame, while it runs) and DIR/NAME.mp4."
    },
    footer = {
      "",
      "Examples:",
      "  rtm infer photo.jpg -o results",
      "  rtm infer holiday/ 'more/*.png' -o results --save json",
      "  rtm infer photo.jpg -o results --model rtmw3d-l.pth --detector rtmdet-m.pth",
      "  rtm infer photo.jpg -o results --bbox 120,40,360,620 --frame z_up",
      "  rtm infer clip.mp4 -o results --start 1:30 --end 1:45 --audio",
      "  rtm infer webcam -o results --show",
      "",
      "Exit codes: 0 all went well, also where nobody was found; 1 a picture or video failed or is"
          + " damaged, the rest is done; 2 the command line is wrong."
    })
final class InferCommand implements Callable<Integer> {
  @Spec private CommandSpec command = CommandSpec.create();

  @Parameters(
      paramLabel = "INPUT",
      arity = "1..*",
      description =
          "Pictures and videos, folders of them, patterns such as 'photos/*.jpg', addresses of the"
              + " web, RTSP streams, or webcam (webcam:1, /dev/video1).")
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

  @Mixin(name = "Videos")
  private VideoFlags.Frames frames = new VideoFlags.Frames();

  @Mixin(name = "People over time")
  private VideoFlags.Tracking tracking = new VideoFlags.Tracking();

  @Mixin(name = "Smoothing")
  private VideoFlags.Smoothing smoothing = new VideoFlags.Smoothing();

  @Mixin(name = "3D keypoints")
  private InferFlags.Space space = new InferFlags.Space();

  @Mixin(name = "Results")
  private InferFlags.Results results = new InferFlags.Results();

  @Mixin(name = "Engine")
  private EngineFlags engine = new EngineFlags();

  @Mixin(name = "Addresses")
  private WebFlags web = new WebFlags();

  private Placement camera = new Placement(null, null, null);

  @Override
  public Integer call() throws IOException {
    Console console = new Console(command);
    try (Interruption interruption = new Interruption(console::stopping)) {
      return call(console, interruption);
    }
  }

  private int call(Console console, Interruption interruption) throws IOException {
    camera = placement();
    requireSense();
    Inputs named = Inputs.of(inputs, frames.frameRate, web.redirects());
    named.problems().forEach(console::problem);
    named.remarks().forEach(console::note);
    Inputs found = named.withoutDrawings();
    int drawn = named.size() - found.size();
    if (drawn > 0) {
      console.note(
          "left out: %s that rtm-java has drawn itself"
              .formatted(Counted.of(drawn, "file", "files")));
    }
    if (found.isEmpty()) {
      return ExitCode.SOFTWARE;
    }
    require(
        space.frame != FrameFlag.WORLD || camera.world().isPresent() || found.pictures().isEmpty(),
        "--frame world of pictures needs --floor, or a --calib that says where the camera stands;"
            + " only in videos the floor is found by the people on it");
    require(
        !found.pictures().isEmpty() || !results.saving().only(Saved.SHEET) || results.show,
        "expected as --save something of videos, found sheet alone, which shows pictures;"
            + " add overlay or json");
    return ResultFolder.in(output, () -> call(found, console, interruption));
  }

  private int call(Inputs found, Console console, Interruption interruption) throws IOException {
    // Two threads may load natives at the same time once the first ones are there.
    Engines.choose(engine.engine, engine.device);
    List<Picture> pictures = new ArrayList<>(found.pictures());
    if (!pictures.isEmpty()) {
      pictures.set(0, pictures.get(0).readAhead());
    }
    Saving saving = results.saving();
    OutputNames names = OutputNames.of(found.names(), others(), output, saving);
    names.remarks().forEach(console::note);
    remarks(found).forEach(console::note);
    boolean allDone = found.problems().isEmpty();
    try (PoseInferencer model = open(console)) {
      Recording common = recording(model);
      saving.require(common);
      IdleFlags.inSpace(common, space, saving, found).ifPresent(console::note);
      if (pictures.size() > 1 || !found.videos().isEmpty()) {
        model.warmUp();
      }
      if (!pictures.isEmpty()) {
        allDone &=
            interruption.completing(() -> run(pictures, names, model, console, interruption));
      }
      if (!found.videos().isEmpty()) {
        List<String> stems = names.stems().subList(pictures.size(), names.stems().size());
        VideoRun run = new VideoRun(videoSettings(), stems, console, interruption);
        allDone &= interruption.completing(() -> run.run(found.videos(), model));
      }
    }
    return allDone ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  private boolean run(
      List<Picture> pictures,
      OutputNames names,
      PoseInferencer model,
      Console console,
      Interruption interruption)
      throws IOException {
    Saving saving = results.saving();
    DrawOptions drawing = results.drawing();
    try (Progress progress = new Progress(console);
        Sheets sheets =
            saving.has(Saved.SHEET)
                ? new Sheets(output, names.sheet(), new Overlay(drawing))
                : null;
        Stream<Inference> found = infer(model, pictures.stream())) {
      if (pictures.size() > 1) {
        progress.begin("pictures", pictures.size(), Progress.Unit.PICTURES);
      }
      PictureJob job =
          new PictureJob(
              model,
              space.frame == null ? null : space.frame.frame(),
              space.frame == FrameFlag.WORLD ? camera.world().orElse(null) : null,
              results.angles,
              saving,
              new Poster(drawing),
              drawing.keypointThreshold(),
              results.show ? new Display(progress, results.showInterval) : null,
              output);
      return new PictureRun(job, progress, names, sheets, interruption).run(found);
    }
  }

  /** What is read besides pictures and videos. */
  private List<Path> others() {
    List<String> names = new ArrayList<>();
    Stream.of(models.model, models.detector, space.calibration)
        .filter(Objects::nonNull)
        .forEach(names::add);
    if (space.calibration != null) {
      names.add(space.calibration.replaceFirst(":[^:]*$", "")); // FILE:CAMERA
    }
    return Originals.existing(names);
  }

  /** What all results have in common. */
  private Recording recording(PoseInferencer model) {
    Recording any = model.typicalRecording();
    return space.frame == null ? any : any.withFrame(space.frame.frame());
  }

  private RefineOptions refining() {
    return new RefineOptions(
        smoothing.offline(),
        space.boneLengths,
        space.personHeight,
        camera.world().orElse(null),
        space.frame == null ? null : space.frame.frame());
  }

  private VideoSettings videoSettings() {
    RecordingOptions recording =
        new RecordingOptions(
            frames.options().withRedirects(web.redirects()),
            new FollowOptions(
                frames.detectEvery, tracking.options(), /* live= */ false, /* everybody= */ false),
            people.boxes.isEmpty() && people.single && !tracking.off,
            refining(),
            results.angles,
            results.drawing(),
            frames.audio);
    return new VideoSettings(
        output,
        results.saving(),
        recording,
        people.boxes.isEmpty() ? null : image -> people.boxes,
        smoothing.live(),
        results.show);
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
        models
            .builder(engine, usesDetector())
            .redirects(web.redirects())
            .singlePerson(people.single);
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
    if (camera.camera() != null) {
      builder.camera(camera.camera());
    }
    if (camera.calibration() != null) {
      builder.calibration(camera.calibration());
    }
    try (ModelNews news = new ModelNews(console)) {
      return builder.listener(news).build();
    }
  }

  /** What is done without having been asked for, one line each. */
  private List<String> remarks(Inputs found) {
    List<String> lines = new ArrayList<>();
    models.remark(usesDetector()).ifPresent(lines::add);
    if (models.withoutDetector() && people.boxes.isEmpty()) {
      lines.add("no detector and no --bbox: the whole picture is taken as one person's box");
    }
    if (!people.boxes.isEmpty() && models.detector != null && !models.withoutDetector()) {
      lines.add("--bbox gives the boxes: --detector is not used");
    }
    if (!usesDetector() && !models.classes.isEmpty()) {
      lines.add("no detector is used: --classes has no effect");
    }
    if (!usesDetector() && people.choose()) {
      lines.add(
          "no detector is used: --bbox-thr, --nms-thr, --single-person and --max-persons have no"
              + " effect");
    }
    lines.addAll(
        IdleFlags.undrawn(results, command.commandLine().getParseResult()::hasMatchedOption));
    if (people.single && tracking.off && !found.videos().isEmpty()) {
      lines.add("--no-tracking: --single-person chooses somebody in every frame of a video anew");
    }
    if (found.videos().isEmpty()
        && (frames.any() || tracking.any() || smoothing.any() || space.overTime())) {
      lines.add("there is no video: the flags for videos and people over time have no effect");
    } else {
      lines.addAll(IdleFlags.overTime(tracking, smoothing));
    }
    lines.addAll(IdleFlags.unwritten(results.saving(), frames.audio, results.angles));
    lines.addAll(IdleFlags.without(found, frames, results));
    return lines;
  }

  private Placement placement() throws IOException {
    try {
      return Placement.of(space, space.floor);
    } catch (IllegalArgumentException | TypeConversionException e) {
      throw new ParameterException(command.commandLine(), e.getMessage(), e);
    }
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
    require(
        between(0, results.radius, 1000) && between(0, results.thickness, 1000),
        "expected a --radius and a --thickness of 0 to 1000 pixels, found %s and %s"
            .formatted(results.radius, results.thickness));
    Double interval = results.showInterval;
    require(interval == null || results.show, "--show-interval goes with --show");
    require(
        interval == null || between(0, interval, 86_400),
        "expected a --show-interval of 0 to 86400 seconds, found " + interval);
    Double rate = frames.frameRate;
    require(
        rate == null || (rate > 0 && Double.isFinite(rate)),
        "expected a --frame-rate above 0, found " + rate);
    Double depth = space.rootDepth;
    require(
        depth == null || (depth > 0 && Double.isFinite(depth)),
        "expected a --root-depth above 0 metres, found " + depth);
    require(
        depth == null || space.camera != null,
        "--root-depth needs the camera's focal lengths too: give --camera");
    require(
        space.compat == null || !space.says(),
        "--compat rtmpose3d has a camera and a frame of its own: leave --camera, --calib, --frame"
            + " and what else places people out");
    require(
        space.camera == null || space.calibration == null,
        "--calib gives the camera: leave --camera out");
    engine.options(command);
    try {
      videoSettings();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command.commandLine(), e.getMessage(), e);
    }
  }

  private static boolean between(double least, double value, double most) {
    return value >= least && value <= most;
  }

  private void require(boolean sense, String message) {
    if (!sense) {
      throw new ParameterException(command.commandLine(), message);
    }
  }
}
