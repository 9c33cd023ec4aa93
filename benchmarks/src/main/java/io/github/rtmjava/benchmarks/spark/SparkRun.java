package io.github.rtmjava.benchmarks.spark;

import io.github.rtmjava.benchmarks.pictures.FilledFolder;
import io.github.rtmjava.video.VideoOptions;
import io.github.rtmjava.video.VideoReader;
import io.github.rtmjava.video.VideoSource;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Times {@code rtm batch --master local[N]} beside N processes of {@code rtm infer --threads 1},
 * each of which has its part of the files, in turns. What starts cost is left out of the rates: it
 * is known from runs on a tenth of the files.
 */
public final class SparkRun {
  private static final int TURNS = 3;
  private static final int FEW = 10;

  private final Path root;
  private final Programs programs;
  private final int cores;
  private final PrintWriter out;

  /**
   * A comparison.
   *
   * @param root of the checkout
   * @param java options of all processes
   * @param cores as many as are at work
   * @param out where the tables go
   */
  public SparkRun(Path root, List<String> java, int cores, PrintWriter out) throws IOException {
    this.root = root;
    this.programs = new Programs(root, java);
    this.cores = cores;
    this.out = out;
  }

  /** A kind of files. */
  private record Kind(String name, String unit, Path all, Path few, double allUnits, double few1) {}

  /** What came of it: units in a second for each core, and bytes of results for each unit. */
  private record Rates(double plain, double batch, double bytes, long peakBytes) {}

  /** Measures pictures and clips, and prints what follows for an archive. */
  public void measure(int pictures, int clips) throws IOException {
    Path folder = Files.createTempDirectory("rtm-spark");
    try {
      Rates rates = compare(pictures(folder, pictures), folder);
      Kind videos = clips(folder, clips);
      if (readsVideos(videos, folder)) {
        rates = compare(videos, folder);
      } else {
        out.println("videos: rtm batch leaves them out, so a picture stands for a frame below");
        out.println();
      }
      Sizing.print(rates.batch, rates.bytes, rates.peakBytes / cores, out);
    } finally {
      delete(folder);
    }
  }

  private Kind pictures(Path folder, int count) throws IOException {
    FilledFolder filled = new FilledFolder(root.resolve("samples"));
    int few = Math.max(cores, count / FEW);
    for (int i = 0; i < cores; i++) {
      filled.fill(folder.resolve("pictures/all/" + i), count / cores);
      filled.fill(folder.resolve("pictures/few/" + i), few / cores);
    }
    return new Kind(
        "pictures",
        "pictures",
        folder.resolve("pictures/all"),
        folder.resolve("pictures/few"),
        count / cores * cores,
        few / cores * cores);
  }

  private Kind clips(Path folder, int count) throws IOException {
    Path clip = root.resolve("samples/clip_01.mp4");
    long frames;
    try (VideoReader reader =
        VideoReader.open(new VideoSource.File(clip), VideoOptions.all().withThreads(1))) {
      frames = reader.frames().count();
    }
    int each = Math.max(2, count / cores);
    int few = Math.max(1, each / FEW);
    for (int core = 0; core < cores; core++) {
      for (int i = 0; i < each; i++) {
        copy(clip, folder.resolve("clips/all/%s/clip_%s.mp4".formatted(core, i)));
        if (i < few) {
          copy(clip, folder.resolve("clips/few/%s/clip_%s.mp4".formatted(core, i)));
        }
      }
    }
    return new Kind(
        "clips",
        "frames",
        folder.resolve("clips/all"),
        folder.resolve("clips/few"),
        (double) frames * each * cores,
        (double) frames * few * cores);
  }

  private static void copy(Path file, Path target) throws IOException {
    Files.createDirectories(target.getParent());
    Files.copy(file, target);
  }

  private boolean readsVideos(Kind videos, Path folder) throws IOException {
    Programs.Took took =
        programs.batch(Map.of(), batch(videos.few, folder.resolve("videos-tried")));
    return took.code() == 0 && !took.said().contains("left out, videos");
  }

  private Rates compare(Kind kind, Path folder) throws IOException {
    out.printf(
        Locale.ROOT,
        "%s: %.0f %s, %d cores, embedded models, one thread for each%n%n",
        kind.name,
        kind.allUnits,
        kind.unit,
        cores);
    out.printf(
        "| turn | rtm infer, %s/s for each core | rtm batch, %s/s for each core | share |%n",
        kind.unit, kind.unit);
    out.println("|---|---|---|---|");
    double[] shares = new double[TURNS];
    double[] plain = new double[TURNS];
    double[] batch = new double[TURNS];
    double[] starts = new double[TURNS];
    Programs.Took last = new Programs.Took(0, 0, 0, "");
    Path results = folder;
    Path log = folder;
    for (int i = 0; i < TURNS; i++) {
      double plainAll = infer(kind.all, folder.resolve(kind.name + "-infer" + i)).seconds();
      results = folder.resolve(kind.name + "-batch" + i);
      log = Files.createDirectories(folder.resolve(kind.name + "-log" + i));
      last = required(programs.batch(EventLog.settings(log), batch(kind.all, results)));
      double plainFew = infer(kind.few, folder.resolve(kind.name + "-infer-few" + i)).seconds();
      double batchFew =
          required(
                  programs.batch(
                      Map.of(), batch(kind.few, folder.resolve(kind.name + "-batch-few" + i))))
              .seconds();
      plain[i] = (kind.allUnits - kind.few1) / (plainAll - plainFew) / cores;
      batch[i] = (kind.allUnits - kind.few1) / (last.seconds() - batchFew) / cores;
      starts[i] = batchFew - kind.few1 / (batch[i] * cores);
      shares[i] = batch[i] / plain[i];
      out.printf(
          Locale.ROOT, "| %d | %.2f | %.2f | %.3f |%n", i + 1, plain[i], batch[i], shares[i]);
      out.flush();
    }
    EventLog events = EventLog.read(log);
    out.printf(
        Locale.ROOT,
        "%nmedian share %.3f; start of rtm batch %.1f s; memory of its process at most %d MB%n",
        median(shares),
        median(starts),
        last.peakBytes() >> 20);
    out.printf(
        Locale.ROOT,
        "of the last run's time %.1f %% are Spark's: %.1f %% in tasks, %.1f %% between them%n%n",
        100 * events.share(cores),
        100.0 * (events.tasks() - events.working()) / (cores * events.wall()),
        100 - 100.0 * events.tasks() / (cores * events.wall()));
    return new Rates(
        median(plain), median(batch), bytes(results) / kind.allUnits, last.peakBytes());
  }

  private Programs.Took infer(Path parts, Path results) throws IOException {
    List<List<String>> words = new ArrayList<>();
    for (int i = 0; i < cores; i++) {
      words.add(
          List.of(
              parts.resolve(Integer.toString(i)).toString(),
              "-o",
              results.resolve(Integer.toString(i)).toString(),
              "--threads",
              "1",
              "--save",
              "json"));
    }
    return required(programs.infer(words));
  }

  private List<String> batch(Path input, Path results) {
    return List.of(
        input.toString(), "-o", results.toString(), "--master", "local[%s]".formatted(cores));
  }

  private static Programs.Took required(Programs.Took took) throws IOException {
    if (took.code() != 0) {
      throw new IOException("a run ended with %s: %s".formatted(took.code(), took.said()));
    }
    return took;
  }

  /** Of all files of results. */
  private static double bytes(Path results) throws IOException {
    long sum = 0;
    try (Stream<Path> all = Files.list(results)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        sum += Files.size(file);
      }
    }
    return sum;
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  static void delete(Path folder) throws IOException {
    try (Stream<Path> tree = Files.walk(folder)) {
      for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
