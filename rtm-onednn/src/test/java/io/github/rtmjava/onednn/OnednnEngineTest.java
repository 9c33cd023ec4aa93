package io.github.rtmjava.onednn;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.github.rtmjava.engine.CompiledModel;
import io.github.rtmjava.engine.Engine;
import io.github.rtmjava.engine.EngineException;
import io.github.rtmjava.engine.EngineOptions;
import io.github.rtmjava.engine.LayerTime;
import io.github.rtmjava.engine.Precision;
import io.github.rtmjava.engine.Session;
import io.github.rtmjava.onednn.natives.Dnnl;
import io.github.rtmjava.tensor.Tensor;
import io.github.rtmjava.testing.EngineContractTest;
import io.github.rtmjava.testing.Samples;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OnednnEngineTest extends EngineContractTest {
  @Override
  protected Engine engine() {
    return new OnednnEngine();
  }

  @Override
  protected EngineOptions options() {
    return new EngineOptions("cpu", 2, Precision.FLOAT32);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8, 9, 21})
  void runsOnAnyNumberOfThreads(int batch) throws IOException {
    Map<String, Tensor> inputs = Samples.inputs(network, batch, 7);
    for (int threads : new int[] {1, 5}) {
      EngineOptions options = new EngineOptions("cpu", threads, Precision.FLOAT32);
      try (CompiledModel compiled = engine().compile(network, weights, options);
          Session session = compiled.newSession()) {
        Samples.assertClose(expected(inputs), session.run(inputs), 1e-5);
      }
    }
  }

  @Test
  void staysCloseInBfloat16() throws IOException {
    Assumptions.assumeTrue(
        Bfloat16Gain.supported(), () -> "skipped: a processor with AVX-512, found " + Dnnl.isa());
    EngineOptions options = new EngineOptions("cpu", 2, Precision.BFLOAT16, true);
    Map<String, Tensor> inputs = Samples.inputs(network, 3, 3);
    try (CompiledModel compiled = engine().compile(network, weights, options);
        Session session = compiled.newSession()) {
      assertTrue(compiled.description().endsWith("bfloat16"), compiled.description());
      Samples.assertClose(expected(inputs), session.run(inputs), 0.1);
    }
  }

  @Test
  void refusesBfloat16WhereThereIsNone() {
    Assumptions.assumeFalse(
        Bfloat16Gain.supported(),
        () -> "skipped: a processor without AVX-512, found " + Dnnl.isa());
    EngineOptions options = new EngineOptions("cpu", 2, Precision.BFLOAT16);
    EngineException e =
        assertThrows(EngineException.class, () -> engine().compile(network, weights, options));
    assertTrue(e.getMessage().contains("found one with " + Dnnl.isa()), e.getMessage());
  }

  @Test
  void tellsItsPrecision() throws IOException {
    String asked = described(Precision.FLOAT32);
    assertTrue(asked.endsWith(", 1 threads, float32"), asked);
    String automatic = described(Precision.AUTO);
    assertTrue(automatic.matches(".*threads, b?float(32|16) \\(.+\\)"), automatic);
  }

  private String described(Precision precision) throws IOException {
    EngineOptions options = new EngineOptions("cpu", 1, precision);
    try (CompiledModel compiled = engine().compile(network, weights, options)) {
      return compiled.description();
    }
  }

  @Test
  void tellsWhatEachLayerCosts() {
    List<LayerTime> layers = model.profile(3);
    assertFalse(layers.isEmpty());
    assertTrue(layers.stream().allMatch(layer -> layer.nanoseconds() > 0));
    for (String name : List.of("stem", "block", "down", "head")) {
      assertTrue(layers.stream().anyMatch(layer -> layer.layer().startsWith(name)), name);
    }
    assertTrue(model.memory().weights() > 0 && model.memory().session() > 0);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5})
  void allocatesNothingOnTheHeapOnceItHasRun(int batch) {
    ThreadMXBean threads = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
    Map<String, Tensor> inputs = Samples.inputs(network, batch, 1);
    try (Session session = model.newSession()) {
      for (int run = 0; run < 20; run++) {
        session.run(inputs);
      }
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int run = 0; run < 1000; run++) {
        session.run(inputs);
      }
      long bytes = threads.getCurrentThreadAllocatedBytes() - before;
      // A thread of the pool may be made anew once in a while.
      assertTrue(bytes < 16_000, bytes + " bytes in 1000 runs");
    }
  }
}
