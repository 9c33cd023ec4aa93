package io.github.rtmjava.benchmarks.harness;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

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
  private final String greeting;

  private WorkerProcess(Variant variant, Process process, BufferedReader answers, Writer orders)
      throws IOException {
    this.variant = variant;
    this.process = process;
    this.answers = answers;
    this.orders = orders;
    this.greeting = read();
  }

  /** Starts a process and waits until it has compiled the model, or refused to. */
  static WorkerProcess start(ModelFiles files, Variant variant, int threads, int batch)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
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
    Process process = builder.start();
    return new WorkerProcess(
        variant,
        process,
        process.inputReader(StandardCharsets.UTF_8),
        new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
  }

  Variant variant() {
    return variant;
  }

  /** Whether the engine runs the model; otherwise {@link #remark} says why not. */
  boolean isReady() {
    return greeting.startsWith(Worker.READY);
  }

  /** What runs the model, or why it does not run. */
  String remark() {
    return greeting.substring(greeting.indexOf(' ') + 1);
  }

  /** Writes the outputs to the file with which others compare theirs. */
  void keepOutputs() throws IOException {
    ask(Worker.KEEP);
  }

  /** The largest difference to the outputs kept, as a share of each output's range. */
  double difference() throws IOException {
    return Double.parseDouble(ask(Worker.COMPARE));
  }

  /** Milliseconds of each run, for about so long and at least one run. */
  double[] time(long millis) throws IOException {
    return Arrays.stream(ask(Worker.TIME + " " + millis).split(" ", -1))
        .mapToDouble(nanos -> Long.parseLong(nanos) / 1e6)
        .toArray();
  }

  /** Most memory that was ever resident in the process. */
  long peakBytes() throws IOException {
    return Long.parseLong(ask(Worker.PEAK));
  }

  private String ask(String order) throws IOException {
    orders.write(order + "\n");
    orders.flush();
    return read();
  }

  private String read() throws IOException {
    String line = answers.readLine();
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
