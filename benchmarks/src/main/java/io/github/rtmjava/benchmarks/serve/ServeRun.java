package io.github.rtmjava.benchmarks.serve;

import io.github.rtmjava.image.Image;
import io.github.rtmjava.image.Images;
import io.github.rtmjava.image.Picture;
import io.github.rtmjava.image.PictureSearch;
import io.github.rtmjava.pose3d.PoseInferencer;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Puts load on {@code rtm serve} over loopback, client and server on the same machine: how near it
 * comes to what the engine does by itself, and what becomes of requests when there are more than it
 * can answer.
 */
public final class ServeRun {
  private static final int BATCH = 16;
  private static final int CLIENTS = 32;
  private static final double[] SHARES = {0.5, 0.9, 3, 10};
  private static final int[] STREAMS = {1, 10, 100};

  /** Until Java has compiled what is hot, in each of the processes that are compared. */
  private static final Duration WARM_UP = Duration.ofSeconds(30);

  /** Of the time of a request by itself, how long one may wait for others. */
  private static final double WAIT = 1.5;

  private final Path samples;
  private final List<String> java;
  private final Duration time;
  private final PrintWriter out;

  /**
   * A run.
   *
   * @param samples folder of pictures
   * @param java options of the server's process
   * @param seconds that each part takes
   * @param out where the tables go
   */
  public ServeRun(Path samples, List<String> java, int seconds, PrintWriter out) {
    this.samples = samples;
    this.java = java;
    this.time = Duration.ofSeconds(seconds);
    this.out = out;
  }

  /**
   * Measures all parts.
   *
   * @return whether nothing that was accepted got lost
   */
  public boolean measure() throws IOException {
    List<Image> images = new ArrayList<>();
    List<byte[]> files = new ArrayList<>();
    for (Picture picture : PictureSearch.of(List.of(samples.toString())).pictures()) {
      Image image = picture.read();
      byte[] file = Images.jpeg(image);
      images.add(Images.decode(file, picture.name()));
      files.add(file);
    }
    double engine = engineRate(images);
    double capacity;
    double unloaded;
    int failed;
    try (ServerProcess server = ServerProcess.start(java, List.of())) {
      Load load = new Load(server.address(), files);
      load.closed(CLIENTS, WARM_UP);
      Load.Outcome busy = load.closed(CLIENTS, time);
      capacity = busy.rate();
      failed = busy.failed();
      say("engine alone, batches of %d: 1; %d clients: %.2f%n", BATCH, CLIENTS, capacity / engine);
      Load.Outcome alone = load.closed(1, time);
      unloaded = alone.millis(99);
      say("one client: p99 %.2f times p50%n%n", unloaded / alone.millis(50));
    }
    long wait = Math.round(WAIT * unloaded);
    say("With --limits patience=%.1f times the p99 of one client:%n%n", WAIT);
    say("| load | answered, of the capacity | p50 | p99 | refused | refused within | failed |%n");
    say("|---|---|---|---|---|---|---|%n");
    try (ServerProcess server =
        ServerProcess.start(java, List.of("--limits", "patience=" + wait + "ms"))) {
      Load load = new Load(server.address(), files);
      load.closed(CLIENTS, WARM_UP);
      for (double share : SHARES) {
        Load.Outcome outcome = load.open(share * capacity, time);
        failed += outcome.failed();
        say(
            "| %.0f %% | %.2f | %.2f | %.2f | %.0f %% | %.1f ms | %d |%n",
            100 * share,
            outcome.rate() / capacity,
            outcome.millis(50) / unloaded,
            outcome.millis(99) / unloaded,
            100 * outcome.refusedShare(),
            outcome.refusedMillis(99),
            outcome.failed());
      }
    }
    say("%np50 and p99 are times the p99 of one client; refused within: p99.%n");
    return streams(files, engine) && failed == 0;
  }

  /** Whether all connections held. */
  private boolean streams(List<byte[]> files, double engine) throws IOException {
    say("%nCameras of %d frames a second each:%n%n", Streams.RATE);
    say(
        "| streams | answered, of the engine's rate | dropped | p50 | p99 | fewest | broken off"
            + " |%n");
    say("|---|---|---|---|---|---|---|%n");
    int lost = 0;
    double alone = 0;
    for (int count : STREAMS) {
      try (ServerProcess server =
          ServerProcess.start(java, List.of("--limits", "streams-per-client=" + (count + 1)))) {
        Streams streams = new Streams(server.address(), files);
        streams.run(1, WARM_UP); // its place may be free a little later
        Streams.Outcome outcome = streams.run(count, time);
        alone = count == 1 ? outcome.millis(50) : alone;
        lost += outcome.lost();
        say(
            "| %d | %.2f | %.0f %% | %.2f | %.2f | %.2f | %d |%n",
            count,
            outcome.rate() / engine,
            100 * outcome.droppedShare(),
            outcome.millis(50) / alone,
            outcome.millis(99) / alone,
            outcome.most() == 0 ? 0 : (double) outcome.fewest() / outcome.most(),
            outcome.lost());
      }
    }
    say("%np50 and p99 from when a frame was due to its poses, times the p50 of one stream;%n");
    say("fewest: answered frames of the stream with fewest, of those of the one with most.%n");
    return lost == 0;
  }

  private void say(String format, Object... values) {
    out.printf(Locale.ROOT, format, values);
    out.flush();
  }

  /** Pictures in a second without a server, decoded before. */
  private double engineRate(List<Image> images) throws IOException {
    try (PoseInferencer inferencer = PoseInferencer.of("default")) {
      inferencer.warmUp();
      List<Image> batch = new ArrayList<>();
      for (int i = 0; i < BATCH; i++) {
        batch.add(images.get(i % images.size()));
      }
      rate(inferencer, batch, WARM_UP);
      return rate(inferencer, batch, time);
    }
  }

  private static double rate(PoseInferencer inferencer, List<Image> batch, Duration time)
      throws IOException {
    long start = System.nanoTime();
    int count = 0;
    while (System.nanoTime() - start < time.toNanos()) {
      inferencer.predict(batch);
      count += batch.size();
    }
    return count * (double) TimeUnit.SECONDS.toNanos(1) / (System.nanoTime() - start);
  }
}
