package io.github.rtmjava.benchmarks.harness;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A {@link Worker} as its master sees it. Each engine has a process of its own, since the threads
 * of one that has just run keep spinning and would slow the next one down.
 */
final class WorkerProcess implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 10;

  private final Variant variant;
  private final Process process;
  private final BufferedReader answers;
  private final Writer orders;
  private final Consumer<String> told;
  private final String greeting;

  private WorkerProcess(Variant variant, Process process, Consumer<String> told)
      throws IOException {
    this.variant = variant;
    this.told = told;
    this.process = process;
    this.answers = process.inputReader(StandardCharsets.UTF_8);
    this.orders = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
    this.greeting = read();
  }

  /** Starts a process and waits until it has run the model once, or refused to. */
  static WorkerProcess start(ModelFiles files, Variant variant, int threads, int batch)
      throws IOException {
    return start(files, variant, threads, batch, Map.of(), line -> {});
  }

  /**
   * Starts a process with more in its environment.
   *
   * @param told hears the lines that oneDNN prints
   */
  static WorkerProcess start(
      ModelFiles files,
      Variant variant,
      int threads,
      int batch,
      Map<String, String> more,
      Consumer<String> told)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Jvm.java().toString());
    command.addAll(Jvm.options());
    command.add(Worker.class.getName());
    command.add(files.folder().toString());
    command.add(variant.toString());
    command.add(Integer.toString(threads));
    command.add(Integer.toString(batch));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    Map<String, String> environment = builder.environment();
    environment.put("CLASSPATH", System.getProperty("java.class.path"));
    environment.putAll(Jvm.environment(variant, threads));
    environment.putAll(more);
    return new WorkerProcess(variant, builder.start(), told);
  }

  Variant variant() {
    return variant;
  }

  /** Whether the engine runs the model. */
  boolean isReady() {
    return greeting.startsWith(Worker.READY);
  }

  /** Why the engine does not run the model. */
  String refusal() {
    return greeting.substring(greeting.indexOf(' ') + 1);
  }

  /** What it took until the first result. */
  Facts facts() {
    return Facts.parse(greeting.substring(greeting.indexOf(' ') + 1));
  }

  /** Writes the outputs to the file with which others compare theirs. */
  void keepOutputs() throws IOException {
    ask(Worker.KEEP);
  }

  /** The largest difference to the outputs kept, as a share of each output's range. */
  double difference() throws IOException {
    return Double.parseDouble(ask(Worker.COMPARE));
  }

  /** What the engine tells of the model. */
  Inside inside() throws IOException {
    return Inside.parse(ask(Worker.INSIDE));
  }

  /** Milliseconds of each run, for about so long and at least one run. */
  double[] time(long millis) throws IOException {
    return Arrays.stream(ask(Worker.TIME + " " + millis).split(" ", -1))
        .mapToDouble(nanos -> Long.parseLong(nanos) / 1e6)
        .toArray();
  }

  private String ask(String order) throws IOException {
    orders.write(order + "\n");
    orders.flush();
    return read();
  }

  private String read() throws IOException {
    String line = answers.readLine();
    while (line != null && Profile.isLine(line)) {
      told.accept(line);
      line = answers.readLine();
    }
    if (line == null) {
      throw new IOException(
          "the process of %s ended without an answer; what it said stands above"
              .formatted(variant));
    }
    return line;
  }

  @Override
  public void close() throws IOException {
    try (answers) {
      orders.close();
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
