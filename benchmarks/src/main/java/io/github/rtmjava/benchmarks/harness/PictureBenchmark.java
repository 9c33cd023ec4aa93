package io.github.rtmjava.benchmarks.harness;

import io.github.rtmjava.detector.PersonDetector;
import io.github.rtmjava.engine.CompiledModel;
import io.github.rtmjava.engine.Engine;
import io.github.rtmjava.engine.Session;
import io.github.rtmjava.model.Model;
import io.github.rtmjava.model.ModelSources;
import io.github.rtmjava.pose3d.RtmPose3D;
import io.github.rtmjava.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
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

  /** Whether only the two networks run, on inputs of the same sizes. */
  @Param("false")
  public boolean networksOnly;

  private final Deque<AutoCloseable> opened = new ArrayDeque<>();
  private Runnable work = () -> {};

  @Setup
  public void open() throws IOException {
    Variant way = Variant.of(variant);
    Engine engine = way.engine();
    Model finding = ModelSources.open(detector);
    Model estimating = ModelSources.open(pose);
    if (networksOnly) {
      Runnable first = network(finding, engine, way, 1);
      Runnable second = network(estimating, engine, way, people);
      work =
          () -> {
            first.run();
            second.run();
          };
    } else {
      Scene scene = Scene.of(people, Path.of(samples));
      PersonDetector finder = PersonDetector.of(finding, engine, way.options(threads));
      opened.push(finder);
      RtmPose3D estimator =
          RtmPose3D.builder()
              .model(estimating)
              .noDetector()
              .engine(way.engineName())
              .device("cpu")
              .precision(way.precision())
              .threads(threads)
              .build();
      opened.push(estimator);
      work =
          () -> {
            finder.detect(scene.image());
            estimator.predict(scene.image(), scene.people());
          };
    }
  }

  private Runnable network(Model model, Engine engine, Variant way, int batch) throws IOException {
    CompiledModel compiled = engine.compile(model.network(), model.weights(), way.options(threads));
    opened.push(compiled);
    Session session = compiled.newSession();
    opened.push(session);
    Map<String, Tensor> inputs = Subject.inputs(model.network(), batch);
    return () -> session.run(inputs);
  }

  @Benchmark
  public void run() {
    work.run();
  }

  @TearDown
  public void close() throws Exception {
    while (!opened.isEmpty()) {
      opened.pop().close();
    }
  }
}
