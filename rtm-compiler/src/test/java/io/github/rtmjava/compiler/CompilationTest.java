package io.github.rtmjava.compiler;

import io.github.rtmjava.engine.EngineException;
import io.github.rtmjava.engine.Precision;
import io.github.rtmjava.model.Weights;
import io.github.rtmjava.nn.Network;
import io.github.rtmjava.tensor.Tensor;
import io.github.rtmjava.testing.Operations;
import io.github.rtmjava.testing.Reference;
import io.github.rtmjava.testing.Samples;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What networks have become computes what they compute, whatever the engine can do in place. */
class CompilationTest {
  private static final double TOLERANCE = 1e-5;

  static Stream<Network> architectures() {
    return Stream.of(
        SmallNetworks.detector(true),
        SmallNetworks.pose("rtmw3d", false),
        Samples.small(),
        Samples.attention());
  }

  @ParameterizedTest
  @MethodSource("architectures")
  void architecturesComputeTheSame(Network network) throws IOException {
    compare(network, 1);
  }

  static Stream<Named<Network>> operations() {
    return Operations.networks(3).filter(network -> lowers(network.getPayload()));
  }

  private static boolean lowers(Network network) {
    try {
      Lowering.of(Simplification.of(network, Samples.weights(network, 1)));
      return true;
    } catch (EngineException e) {
      return false;
    }
  }

  @ParameterizedTest
  @MethodSource("operations")
  void operationsComputeTheSame(Network network) throws IOException {
    compare(network, 1);
  }

  @Test
  void randomNetworksComputeTheSame() throws IOException {
    for (int seed = 0; seed < 100; seed++) {
      compare(RandomNetworks.of(seed), seed);
    }
  }

  private static void compare(Network network, long seed) throws IOException {
    Weights weights = Samples.weights(network, seed);
    Map<String, Tensor> inputs = Samples.inputs(network, 2, seed);
    Map<String, Tensor> expected = Reference.run(network, weights, inputs);
    Program program = Lowering.of(Simplification.of(network, weights));
    for (MadeBackend backend : new MadeBackend[] {MadeBackend.able(), MadeBackend.random(seed)}) {
      MemoryPlan plan = MemoryPlan.of(program, backend.choices(program), Precision.FLOAT32);
      Map<String, Tensor> outputs = new LinkedHashMap<>();
      PlainRun.run(plan, inputs)
          .forEach(
              (name, values) -> {
                Tensor like = Objects.requireNonNull(expected.get(name));
                outputs.put(name, Tensor.of(values, like.shape().dims()));
              });
      Samples.assertClose(expected, outputs, TOLERANCE);
    }
  }
}
