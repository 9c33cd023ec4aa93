package io.github.rtmjava.app;

import io.github.rtmjava.engine.Engines;
import io.github.rtmjava.eval.Annotations;
import io.github.rtmjava.eval.CocoResults;
import io.github.rtmjava.eval.Evaluation;
import io.github.rtmjava.eval.Figures;
import io.github.rtmjava.eval.KeypointChoice;
import io.github.rtmjava.eval.Metric;
import io.github.rtmjava.eval.Prediction;
import io.github.rtmjava.eval.Predictions;
import io.github.rtmjava.eval.ScoringRules;
import io.github.rtmjava.files.FullDisk;
import io.github.rtmjava.files.Leftovers;
import io.github.rtmjava.files.Originals;
import io.github.rtmjava.pose.KeypointSet;
import io.github.rtmjava.pose3d.PoseInferencer;
import io.github.rtmjava.pose3d.PoseInferencerBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code rtm eval}: how close predictions come to annotations. */
@Command(
    name = "eval",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    customSynopsis =
        "rtm eval --annotations FILE|DIR (--images DIR | --results FILE|DIR) [OPTION]...",
    description = {
      "Compares the poses that models find, or that a file holds, with annotations.",
      "",
      "Prints COCO's AP and AR by OKS, PCK, AUC, EPE and NME, and errors in 3D in millimetres."
    },
    footer = {
      "",
      "Examples:",
      "  rtm eval --annotations samples --images samples",
      "  rtm eval --annotations person_keypoints_val2017.json --results results.json",
      "  rtm eval --annotations coco_wholebody_val_v1.0.json --images val2017 --bbox-from gt",
      "",
      "Exit codes: 0 all went well; 1 a picture failed, the others are done and evaluated, or"
          + " nothing could be; 2 the command line is wrong."
    })
final class EvalCommand implements Callable<Integer> {
  @Spec private CommandSpec command = CommandSpec.create();

  @Mixin(name = "Data")
  private EvalFlags.Data data = new EvalFlags.Data();

  @Mixin(name = "Models")
  private InferFlags.Models models = new InferFlags.Models();

  @Mixin(name = "People")
  private EvalFlags.People people = new EvalFlags.People();

  @Mixin(name = "Figures")
  private EvalFlags.Figures figures = new EvalFlags.Figures();

  @Mixin(name = "Output")
  private EvalFlags.Output output = new EvalFlags.Output();

  @Mixin(name = "Engine")
  private EngineFlags engine = new EngineFlags();

  @Mixin(name = "Addresses")
  private WebFlags web = new WebFlags();

  @Override
  public Integer call() throws IOException {
    requireSense();
    Console console = new Console(command);
    Annotations all = Annotations.read(data.annotations, choice(), console::note);
    if (output.saved != null) {
      prepare(output.saved, all);
    }
    ScoringRules rules =
        ScoringRules.DEFAULT
            .withMode(figures.score)
            .withNms(figures.suppression == EvalFlags.Suppression.OKS);
    EvalReport.Source source;
    List<Prediction> predictions;
    boolean allDone = true;
    if (data.results != null) {
      if (models.any() || people.any() || engine.any()) {
        console.note(
            "--results holds what was found already: the flags for models, people and the engine"
                + " have no effect");
      }
      predictions = Predictions.read(data.results, all, rules, console::note);
      source = new EvalReport.Source("results", data.results.toString());
    } else {
      // Two threads may load natives at the same time once the first ones are there.
      Engines.choose(engine.engine, engine.device);
      EvalBoxes boxes =
          EvalBoxes.of(people.boxes, people.threshold, all.first(data.most), console::note);
      try (PoseInferencer model = open(console, boxes)) {
        all = judgedAs(model, all, console);
        EvalRun run = new EvalRun(model, all.first(data.most), boxes, rules);
        allDone = run.over(images(), console);
        predictions = run.predictions();
        source = new EvalReport.Source("model", model.modelName());
      }
    }
    if (output.saved != null) {
      save(predictions, output.saved);
    }
    Annotations annotations = all.first(data.most);
    Set<Metric> metrics = metrics(annotations, predictions, console);
    if (figures.pckThreshold != null && !metrics.contains(Metric.PCK)) {
      console.note("--pck-thr has no effect: PCK is computed with --metric pck");
    }
    List<Figures> tables =
        new Evaluation(annotations, predictions).tables(metrics, figures.pckThreshold);
    EvalReport report = new EvalReport(source, annotations, predictions, tables);
    console.say(output.json ? report.json() : report.text());
    return allDone ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  private KeypointChoice choice() throws IOException {
    List<Double> sigmas = data.sigmas == null ? List.of() : Sigmas.of(data.sigmas);
    return new KeypointChoice(data.keypoints, sigmas);
  }

  /** With what the model's checkpoint says of its keypoints, where the annotations say nothing. */
  private static Annotations judgedAs(
      PoseInferencer model, Annotations annotations, Console console) {
    KeypointSet set = model.keypointSet();
    if (annotations.namesDifferFrom(set)) {
      console.note(
          "the model's keypoints (%s) have other names than the annotations' (%s): the figures"
                  .formatted(set.name(), annotations.keypointSet().name())
              + " compare them in their order");
    }
    Annotations judged = annotations.orSigmasOf(set);
    if (judged.haveSigmas() && !annotations.haveSigmas()) {
      console.note("OKS is judged by the sigmas of the model's keypoints, " + set.name());
    }
    return judged;
  }

  private Set<Metric> metrics(
      Annotations annotations, List<Prediction> predictions, Console console) {
    if (figures.metrics != null) {
      return figures.metrics;
    }
    Set<Metric> usual = EnumSet.copyOf(Metric.usual(annotations, predictions));
    if (data.sigmas != null) {
      usual.add(Metric.AP);
    } else if (!annotations.haveSigmas()) {
      console.note(
          "no AP: nobody tells the sigmas of these %s keypoints (%s); give them with --sigmas, or name"
                  .formatted(annotations.keypointSet().size(), annotations.keypointSet().name())
              + " a known set with --keypoints");
    }
    return usual;
  }

  private static void save(List<Prediction> predictions, Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    try {
      CocoResults.write(predictions, file);
    } catch (IOException e) {
      throw folder == null ? e : FullDisk.named(e, folder, "the results");
    }
  }

  /** Nothing that is read may be replaced; what killed runs left is removed. */
  private void prepare(Path file, Annotations annotations) throws IOException {
    List<Path> read = new ArrayList<>(List.of(data.annotations));
    if (data.results != null) {
      read.add(data.results);
    }
    if (data.images != null) {
      read.addAll(new PictureFolder(data.images, annotations.images()).files(annotations.images()));
    }
    read.addAll(
        Originals.existing(
            Stream.of(models.model, models.detector, people.boxes)
                .filter(Objects::nonNull)
                .toList()));
    Originals.of(read).requireOther(file);
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Leftovers.clear(folder);
    }
  }

  private Path images() {
    return data.images == null ? Path.of("") : data.images;
  }

  private PoseInferencer open(Console console, EvalBoxes boxes) throws IOException {
    PoseInferencerBuilder builder =
        models.builder(engine, !boxes.areGiven()).redirects(web.redirects());
    if (people.threshold != null) {
      builder.bboxThreshold(people.threshold);
    }
    remarks(boxes).forEach(console::note);
    try (ModelNews news = new ModelNews(console)) {
      return builder.listener(news).build();
    }
  }

  /** What is done without having been asked for, one line each. */
  private List<String> remarks(EvalBoxes boxes) {
    List<String> lines = new ArrayList<>();
    models.remark(!boxes.areGiven()).ifPresent(lines::add);
    if (boxes.areGiven() && models.detector != null) {
      lines.add("--bbox-from gives the boxes: --detector is not used");
    }
    return lines;
  }

  private void requireSense() throws IOException {
    require(
        (data.images == null) != (data.results == null),
        data.images == null
            ? "expected --images, the folder of the pictures, or --results, found neither"
            : "expected --images or --results, found both");
    require(data.most > 0, "expected a --max-images of at least 1, found " + data.most);
    Float threshold = people.threshold;
    require(
        threshold == null || (threshold >= 0 && threshold <= 1),
        "expected a --bbox-thr of 0 to 1, found " + threshold);
    Double pck = figures.pckThreshold;
    require(
        pck == null || (pck > 0 && Double.isFinite(pck)),
        "expected a --pck-thr above 0, found " + pck);
    require(
        !models.withoutDetector(),
        "people have to be looked for: leave '--detector none' out, or give --bbox-from");
    engine.options(command);
    if (data.images != null && !Files.isDirectory(data.images)) {
      throw new IOException(data.images + ": expected the folder of the pictures, found no folder");
    }
  }

  private void require(boolean sense, String message) {
    if (!sense) {
      throw new ParameterException(command.commandLine(), message);
    }
  }
}
