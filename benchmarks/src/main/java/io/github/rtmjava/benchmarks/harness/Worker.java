package io.github.rtmjava.benchmarks.harness;

import io.github.rtmjava.engine.EngineException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * A process that runs one model on one engine whenever it is told to, and sleeps in between: {@link
 * WorkerProcess} talks to it through its standard input and output, a line at a time.
 */
public final class Worker {
  static final String READY = "ready";
  static final String REFUSED = "refused";
  static final String KEEP = "keep";
  static final String COMPARE = "compare";
  static final String TIME = "time";
  static final String INSIDE = "inside";

  private final Subject subject;
  private final Path expected;

  private Worker(Subject subject, Path expected) {
    this.subject = subject;
    this.expected = expected;
  }

  /** Runs until the standard input ends: {@code FOLDER VARIANT THREADS BATCH}. */
  public static void main(String[] args) throws IOException {
    PrintStream answers = System.out;
    // Libraries may print; what they say must not get between the answers.
    System.setOut(System.err);
    ModelFiles files = new ModelFiles(Path.of(args[0]));
    int batch = Integer.parseInt(args[3]);
    try (Subject subject =
        Subject.open(files, Variant.of(args[1]), Integer.parseInt(args[2]), batch)) {
      answers.println(READY + " " + Facts.of(subject));
      Worker worker = new Worker(subject, files.outputs(batch));
      BufferedReader orders =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      for (String order = orders.readLine(); order != null; order = orders.readLine()) {
        answers.println(worker.answer(order.split(" ", -1)));
      }
    } catch (EngineException e) {
      answers.println(REFUSED + " " + e.getMessage());
    }
  }

  private String answer(String[] words) throws IOException {
    return switch (words[0]) {
      case KEEP -> {
        Outputs.write(Outputs.copy(subject.run()), expected);
        yield "kept";
      }
      case COMPARE ->
          Double.toString(Outputs.difference(Outputs.read(expected), Outputs.copy(subject.run())));
      case INSIDE -> subject.inside().toString();
      case TIME ->
          Arrays.stream(Timing.run(subject::run, Long.parseLong(words[1]) * 1_000_000))
              .mapToObj(Long::toString)
              .collect(Collectors.joining(" "));
      default -> throw new IllegalArgumentException("unknown order " + words[0]);
    };
  }
}
