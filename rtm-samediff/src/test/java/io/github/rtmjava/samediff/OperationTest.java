package io.github.rtmjava.samediff;

import io.github.rtmjava.engine.CompiledModel;
import io.github.rtmjava.engine.EngineOptions;
import io.github.rtmjava.engine.Session;
import io.github.rtmjava.model.Weights;
import io.github.rtmjava.nn.Network;
import io.github.rtmjava.tensor.Tensor;
import io.github.rtmjava.testing.Operations;
import io.github.rtmjava.testing.Reference;
import io.github.rtmjava.testing.Samples;
import java.io.IOException;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every operation by itself against the plain reference. */
final class OperationTest {
  static Stream<Named<Network>> networks() {
    return Operations.networks(1);
  }

  @ParameterizedTest
  @MethodSource("networks")
  void computesWhatTheReferenceComputes(Network network) throws IOException {
    compare(network, 2e-6);
  }

  @Test
  void attentionComputesWhatTheReferenceComputes() throws IOException {
    compare(Samples.attention(), 5e-6);
  }

  private static void compare(Network network, double share) throws IOException {
    Weights weights = Samples.weights(network, 2);
    try (CompiledModel model =
            new SameDiffEngine().compile(network, weights, EngineOptions.DEFAULT);
        Session session = model.newSession()) {
      for (int batch : new int[] {1, 3}) {
        Map<String, Tensor> inputs = Samples.inputs(network, batch, batch);
        Samples.assertClose(Reference.run(network, weights, inputs), session.run(inputs), share);
      }
    }
  }
}
