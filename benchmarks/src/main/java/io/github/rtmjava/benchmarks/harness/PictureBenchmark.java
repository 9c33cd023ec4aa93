package io.github.rtmjava.benchmarks.harness;

import io.github.rtmjava.detector.PersonDetector;
import io.github.rtmjava.engine.CompiledModel;
import io.github.rtmjava.engine.Engine;
import io.github.rtmjava.engine.Session;
import io.github.rtmjava.model.Model;
import io.github.rtmjava.model.ModelSources;
import io.github.rtmjava.nn.Network;
import io.github.rtmjava.pose3d.PoseInferencer;
import io.github.rtmjava.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * From a picture to the keypoints of everybody in it: the detector looks for people, then the pose
 * model estimates those who are there, whatever a detector with made-up weights found.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class PictureBenchmark {
  private static final long NETWORKS_NANOS = 1_000_000_000;

  /** Reference of the detector. */
  @Param("")
  public String detector = "";

  /** Reference of the pose model. */
  @Param("")
  public String pose = "";

  /** Folder with the samples. */
  @Param("")
  public String samples = "";

  @Param("1")
  public int people;

  /** Name of a {@link Variant}. */
  @Param("")
  public String variant = "";

  @Param("0")
  public int threads;

  /** A file for the median time of the two networks alone, in milliseconds. */
  @Param("")
  public String networksFile = "";

  private final Deque<AutoCloseable> opened = new ArrayDeque<>();
  private final List<Double> networkMillis = new ArrayList<>();
  private Runnable pictures = () -> {};
  private Runnable networks = () -> {};

  @Setup
  public void open() throws IOException {
    Variant way = Variant.of(variant);
    Engine engine = way.engine();
    Model finding = ModelSources.open(detector);
    Model estimating = ModelSources.open(pose);
    Scene scene = Scene.of(people, Path.of(samples));
    PersonDetector finder = PersonDetector.of(finding, engine, way.options(threads));
    opened.push(finder);
    PoseInferencer estimator =
        PoseInferencer.builder()
            .model(estimating)
            .noDetector()
            .engine(way.engineName())
            .device("cpu")
            .precision(way.precision())
            .threads(threads)
            .build();
    opened.push(estimator);
    estimator.warmUp();
    pictures =
        () -> {
          finder.detect(scene.image());
          estimator.predict(scene.image(), scene.people());
        };
    Runnable first = network(finding, engine, way, 1);
    Runnable second = network(estimating, engine, way, people);
    networks =
        () -> {
          first.run();
          second.run();
        };
    networks.run();
  }

  private Runnable network(Model model, Engine engine, Variant way, int batch) throws IOException {
    Network network = model.network();
    CompiledModel compiled = engine.compile(network, model.weights(), way.options(threads));
    opened.push(compiled);
    compiled.warmUp(batch);
    Session session = compiled.newSession();
    opened.push(session);
    Map<String, Tensor> inputs = Subject.inputs(network, batch);
    return () -> session.run(inputs);
  }

  @Benchmark
  public void run() {
    pictures.run();
  }

  /** In turns with the pictures, so that both are measured under the same conditions. */
  @TearDown(Level.Iteration)
  public void runNetworks() {
    for (long nanos : Timing.run(networks, NETWORKS_NANOS)) {
      networkMillis.add(nanos / 1e6);
    }
  }

  @TearDown
  public void close() throws Exception {
    double millis = Timing.median(networkMillis.stream().mapToDouble(m -> m).toArray());
    Files.writeString(Path.of(networksFile), Double.toString(millis));
    while (!opened.isEmpty()) {
      opened.pop().close();
    }
  }
}
