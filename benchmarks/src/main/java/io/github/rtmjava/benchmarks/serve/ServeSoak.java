package io.github.rtmjava.benchmarks.serve;

import io.github.rtmjava.image.Images;
import io.github.rtmjava.image.Picture;
import io.github.rtmjava.image.PictureSearch;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Keeps {@code rtm serve} at 90 % of what it can do for a long time, and looks at its memory,
 * threads and open files: they grow while it gets warm, and then they do not. On Linux, which tells
 * of another process.
 */
public final class ServeSoak {
  private static final int CLIENTS = 32;
  private static final double SHARE = 0.9;
  private static final int PARTS = 10;

  /** What is looked at begins after this part. */
  private static final int WARM_PARTS = 3;

  /** What memory may grow by after that. */
  private static final double MOST_GROWTH = 1.05;

  private final Path samples;
  private final List<String> java;
  private final Duration part;
  private final PrintWriter out;

  /**
   * A soak.
   *
   * @param samples folder of pictures
   * @param java options of the server's process
   * @param minutes that it takes
   * @param out where the table goes
   */
  public ServeSoak(Path samples, List<String> java, int minutes, PrintWriter out) {
    this.samples = samples;
    this.java = java;
    this.part = Duration.ofMinutes(minutes).dividedBy(PARTS);
    this.out = out;
  }

  /** What a process holds. */
  private record Held(long kilobytes, long threads, long files) {
    static Held of(long pid) throws IOException {
      long kilobytes = 0;
      long threads = 0;
      for (String line : Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"))) {
        String[] words = line.split("\\s+", -1);
        switch (words[0]) {
          case "VmRSS:" -> kilobytes = Long.parseLong(words[1]);
          case "Threads:" -> threads = Long.parseLong(words[1]);
          default -> {}
        }
      }
      try (Stream<Path> open = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
        return new Held(kilobytes, threads, open.count());
      }
    }
  }

  /**
   * Runs it.
   *
   * @return whether nothing grew and no request was lost
   */
  public boolean measure() throws IOException {
    List<byte[]> files = new ArrayList<>();
    for (Picture picture : PictureSearch.of(List.of(samples.toString())).pictures()) {
      files.add(Images.jpeg(picture.read()));
    }
    try (ServerProcess server = ServerProcess.start(java, List.of())) {
      Load load = new Load(server.address(), files);
      load.closed(CLIENTS, Duration.ofSeconds(10));
      double capacity = load.closed(CLIENTS, Duration.ofSeconds(10)).rate();
      out.println("| minutes | requests | refused | failed | memory, MB | threads | open files |");
      out.println("|---|---|---|---|---|---|---|");
      Held warm = Held.of(server.pid());
      long most = 0;
      long failed = 0;
      for (int i = 1; i <= PARTS; i++) {
        Load.Outcome outcome = load.open(SHARE * capacity, part);
        Held now = Held.of(server.pid());
        failed += outcome.failed();
        row(i, outcome, now);
        if (i <= WARM_PARTS) {
          warm = now;
        } else {
          most = Math.max(most, now.kilobytes());
        }
      }
      double growth = (double) most / warm.kilobytes();
      out.printf(
          Locale.ROOT, "%nmemory after part %d and at most later: 1 : %.3f%n", WARM_PARTS, growth);
      out.flush();
      return failed == 0 && growth <= MOST_GROWTH;
    }
  }

  private void row(int number, Load.Outcome outcome, Held now) {
    out.printf(
        Locale.ROOT,
        "| %.0f | %d | %d | %d | %d | %d | %d |%n",
        number * part.toSeconds() / 60.0,
        outcome.accepted().getTotalCount(),
        outcome.refused().getTotalCount(),
        outcome.failed(),
        now.kilobytes() / 1024,
        now.threads(),
        now.files());
    out.flush();
  }
}
