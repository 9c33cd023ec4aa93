package io.github.rtmjava.benchmarks.harness;

import io.github.rtmjava.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** One run of one network. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class NetworkBenchmark {
  /** Where {@link ModelFiles} lie. */
  @Param("")
  public String folder = "";

  /** Name of a {@link Variant}. */
  @Param("")
  public String variant = "";

  @Param("0")
  public int threads;

  @Param("1")
  public int batch;

  private @Nullable Subject subject;

  @Setup
  public void open() throws IOException {
    subject = Subject.open(new ModelFiles(Path.of(folder)), Variant.of(variant), threads, batch);
  }

  @Benchmark
  public Map<String, Tensor> run() {
    return opened().run();
  }

  @TearDown
  public void close() {
    opened().close();
  }

  private Subject opened() {
    Subject open = subject;
    if (open == null) {
      throw new IllegalStateException("set up first");
    }
    return open;
  }
}
