package io.github.rtmjava.benchmarks.harness;

import io.github.rtmjava.engine.CompiledModel;
import io.github.rtmjava.engine.Engine;
import io.github.rtmjava.engine.EngineOptions;
import io.github.rtmjava.engine.Engines;
import io.github.rtmjava.engine.Precision;
import io.github.rtmjava.engine.Session;
import io.github.rtmjava.model.Codec;
import io.github.rtmjava.model.Model;
import io.github.rtmjava.model.ModelSpec;
import io.github.rtmjava.output.format.json.JsonLinesWriter;
import io.github.rtmjava.pose.Recording;
import io.github.rtmjava.pose3d.FollowOptions;
import io.github.rtmjava.pose3d.Followed;
import io.github.rtmjava.pose3d.PoseInferencer;
import io.github.rtmjava.tensor.Tensor;
import io.github.rtmjava.video.VideoInfo;
import io.github.rtmjava.video.VideoOptions;
import io.github.rtmjava.video.VideoReader;
import io.github.rtmjava.video.VideoSource;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Times the way from a video to lines of JSON beside the two networks alone, on as many frames and
 * people, in the same batches, in turns. The detector's made-up weights find nobody of sense: the
 * surest of its boxes stand for people.
 */
final class VideoTimes {
  private static final int TURNS = 3;
  private static final int BATCH = 8;

  /** What {@link io.github.rtmjava.pose3d} gives a network at most. */
  private static final int MOST_CROPS = 64;

  private final Path video;
  private final int people;
  private final long frames;
  private final EngineOptions options;
  private final PrintWriter out;

  VideoTimes(Path video, int people, long frames, int threads, PrintWriter out) {
    this.video = video;
    this.people = people;
    this.frames = frames;
    this.options = new EngineOptions("cpu", threads, Precision.FLOAT32, /* deterministic= */ false);
    this.out = out;
  }

  void measure(BenchmarkModel finding, BenchmarkModel estimating) throws IOException {
    Model detector = withoutThreshold(finding.model());
    Model pose = estimating.model();
    Engine engine = Engines.choose("onednn", "cpu").engine();
    Path lines = Files.createTempFile("rtm-video", ".jsonl");
    try (PoseInferencer inferencer = inferencer(detector, pose);
        CompiledModel first = engine.compile(detector.network(), detector.weights(), options);
        CompiledModel second = engine.compile(pose.network(), pose.weights(), options);
        Session detecting = first.newSession();
        Session looking = second.newSession()) {
      Map<String, Tensor> pictures = Subject.inputs(detector.network(), BATCH);
      int crops = Math.min(MOST_CROPS, BATCH * people);
      first.warmUp(BATCH);
      second.warmUp(crops);
      inferencer.warmUp();
      Map<String, Tensor> figures = Subject.inputs(pose.network(), crops);
      detecting.run(pictures);
      looking.run(figures);
      follow(inferencer, lines, BATCH);
      out.printf(
          Locale.ROOT,
          "%s and %s, %d frames, %d people in each%n%n",
          finding.name(),
          estimating.name(),
          frames,
          people);
      out.println("| turn | networks alone, frames/s | video to JSON, frames/s | share |");
      out.println("|---|---|---|---|");
      double[] shares = new double[TURNS];
      for (int i = 0; i < TURNS; i++) {
        double alone = alone(detecting, pictures, looking, figures, crops);
        double all = follow(inferencer, lines, frames);
        shares[i] = all / alone;
        out.printf(Locale.ROOT, "| %d | %.2f | %.2f | %.3f |%n", i + 1, alone, all, shares[i]);
      }
      out.printf(Locale.ROOT, "%nmedian share %.3f%n", Timing.median(shares));
    } finally {
      Files.delete(lines);
    }
  }

  private PoseInferencer inferencer(Model detector, Model pose) throws IOException {
    return PoseInferencer.builder()
        .model(pose)
        .detector(detector)
        .engine("onednn")
        .device("cpu")
        .threads(options.threads())
        .bboxThreshold(0)
        .maxPersons(people)
        .batchSize(BATCH)
        .build();
  }

  /** Whatever the detector finds counts. */
  private static Model withoutThreshold(Model model) {
    ModelSpec spec = model.spec();
    Codec.Boxes boxes = (Codec.Boxes) spec.codec();
    return new Model(
        model.name(),
        new ModelSpec(
            spec.architecture(),
            spec.task(),
            spec.input(),
            new Codec.Boxes(0, boxes.nmsPre(), boxes.nmsIou(), boxes.maxPerImage(), 0),
            spec.labels(),
            spec.hyperParameters()),
        model.weights(),
        model.provenance());
  }

  /** Frames in a second. */
  private double alone(
      Session detecting,
      Map<String, Tensor> pictures,
      Session looking,
      Map<String, Tensor> figures,
      int crops) {
    long start = System.nanoTime();
    long batches = frames / BATCH;
    for (long i = 0; i < batches; i++) {
      detecting.run(pictures);
      for (int done = 0; done < BATCH * people; done += crops) {
        looking.run(figures);
      }
    }
    return batches * BATCH / ((System.nanoTime() - start) / 1e9);
  }

  /** Frames in a second. */
  private double follow(PoseInferencer inferencer, Path lines, long count) throws IOException {
    long start = System.nanoTime();
    long done = 0;
    try (VideoReader reader =
            VideoReader.open(
                new VideoSource.File(video),
                VideoOptions.all().withMaxFrames(count).withThreads(1));
        JsonLinesWriter json = new JsonLinesWriter(lines, recording(inferencer, reader.info()));
        Stream<Followed> all = inferencer.follow(reader.frames(), FollowOptions.DEFAULT)) {
      for (Iterator<Followed> each = all.iterator(); each.hasNext(); done++) {
        json.write(each.next().poses());
      }
    }
    if (done != count) {
      throw new IOException(
          "%s: expected a video of at least %s frames, found %s".formatted(video, count, done));
    }
    return done / ((System.nanoTime() - start) / 1e9);
  }

  private static Recording recording(PoseInferencer inferencer, VideoInfo info) {
    return inferencer.recording(
        info.name(), info.width(), info.height(), info.frameRate(), info.frames());
  }
}
