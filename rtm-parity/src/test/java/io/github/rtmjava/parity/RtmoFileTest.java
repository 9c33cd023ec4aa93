package io.github.rtmjava.parity;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.rtmjava.converter.ExportFormat;
import io.github.rtmjava.converter.Exports;
import io.github.rtmjava.engine.CompiledModel;
import io.github.rtmjava.engine.EngineOptions;
import io.github.rtmjava.engine.Engines;
import io.github.rtmjava.engine.Session;
import io.github.rtmjava.model.Model;
import io.github.rtmjava.nn.Network;
import io.github.rtmjava.tensor.Tensor;
import io.github.rtmjava.testing.Samples;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The two networks of an RTMO in one exported SameDiff file, opened without any code of ours. */
class RtmoFileTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void stockSameDiffRunsTheFurtherNetworkByItself() throws IOException {
    Model model = Golden.madeModel("rtmo-t_body7_416");
    Path file = folder.resolve("rtmo.fb");
    Exports.write(file, model, ExportFormat.SAMEDIFF);
    Network dcc = Objects.requireNonNull(model.networks().further().get("dcc"));
    Map<String, Tensor> inputs = Samples.inputs(dcc, 3, 1);
    Map<String, INDArray> arrays = new HashMap<>();
    inputs.forEach(
        (name, tensor) ->
            arrays.put(
                name,
                Nd4j.create(
                    tensor.toFloats(),
                    Arrays.stream(tensor.shape().dims()).asLongStream().toArray(),
                    'c')));
    SameDiff loaded = SameDiff.load(file.toFile(), false);
    for (String output : model.network().outputs().keySet()) {
      assertEquals(true, loaded.hasVariable(output), output);
    }
    Map<String, INDArray> found =
        loaded.output(arrays, dcc.outputs().keySet().toArray(new String[0]));
    try (CompiledModel compiled =
            Engines.choose("samediff", "cpu")
                .engine()
                .compile(dcc, model.weights(), EngineOptions.DEFAULT);
        Session session = compiled.newSession()) {
      session
          .run(inputs)
          .forEach(
              (name, tensor) ->
                  Golden.assertClose(
                      name,
                      tensor.toFloats(),
                      Objects.requireNonNull(found.get(name)).dup('c').data().asFloat(),
                      1e-5));
    }
  }
}
