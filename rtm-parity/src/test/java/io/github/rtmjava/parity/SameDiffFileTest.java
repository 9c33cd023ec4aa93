package io.github.rtmjava.parity;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.rtmjava.converter.ExportFormat;
import io.github.rtmjava.converter.Exports;
import io.github.rtmjava.engine.CompiledModel;
import io.github.rtmjava.engine.EngineOptions;
import io.github.rtmjava.engine.Engines;
import io.github.rtmjava.engine.Session;
import io.github.rtmjava.model.Model;
import io.github.rtmjava.model.ModelSources;
import io.github.rtmjava.nn.Network;
import io.github.rtmjava.nn.Value;
import io.github.rtmjava.tensor.DType;
import io.github.rtmjava.tensor.Tensor;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Exported SameDiff files, opened without any code of ours. */
class SameDiffFileTest {
  @TempDir private Path folder = Path.of("");

  @ParameterizedTest
  @ValueSource(strings = {"default", "default-detector"})
  void stockSameDiffComputesTheSame(String name) throws IOException {
    Model model = ModelSources.open(name);
    Path file = folder.resolve("model.fb");
    Exports.write(file, model, ExportFormat.SAMEDIFF);
    Network network = model.network();
    Value input = network.inputs().get(0);
    Tensor batch = Tensor.allocate(DType.FLOAT32, input.shape().withBatch(2));
    SplittableRandom random = new SplittableRandom(1);
    FloatBuffer values = batch.floats();
    while (values.hasRemaining()) {
      values.put((float) random.nextDouble(-2, 2));
    }
    SameDiff loaded = SameDiff.load(file.toFile(), false);
    long[] shape = new long[batch.shape().rank()];
    for (int i = 0; i < shape.length; i++) {
      shape[i] = batch.shape().dim(i);
    }
    Map<String, INDArray> found =
        loaded.output(
            Map.of(input.name(), Nd4j.create(batch.toFloats(), shape, 'c')),
            network.outputs().keySet().toArray(new String[0]));
    try (CompiledModel compiled =
            Engines.choose("samediff", "cpu")
                .engine()
                .compile(network, model.weights(), EngineOptions.DEFAULT);
        Session session = compiled.newSession()) {
      session
          .run(Map.of(input.name(), batch))
          .forEach((key, tensor) -> assertSame(key, tensor, found));
    }
  }

  /** The order of sums may differ with the memory's layout; nothing else may. */
  private static void assertSame(String key, Tensor expected, Map<String, INDArray> found) {
    float[] values = expected.toFloats();
    float[] others = found.get(key).dup('c').data().asFloat();
    assertEquals(values.length, others.length, key);
    double largest = 1e-6;
    for (float value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    for (int i = 0; i < values.length; i++) {
      assertEquals(values[i], others[i], 1e-5 * largest, key);
    }
  }
}
