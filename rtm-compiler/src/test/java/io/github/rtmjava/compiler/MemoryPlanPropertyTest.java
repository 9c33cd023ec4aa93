package io.github.rtmjava.compiler;

import io.github.rtmjava.engine.Precision;
import io.github.rtmjava.model.MapWeights;
import io.github.rtmjava.nn.Network;
import io.github.rtmjava.testing.Samples;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the network and the engine: every value is where it is read, when it is read. */
class MemoryPlanPropertyTest {
  private static final int NETWORKS = 500;
  private static final List<Precision> PRECISIONS = List.of(Precision.FLOAT32, Precision.BFLOAT16);

  static Stream<Network> smallNetworks() {
    return Stream.concat(SmallNetworks.all(), Stream.of(Samples.attention()));
  }

  @ParameterizedTest
  @MethodSource("smallNetworks")
  void architecturesKeepTheirValues(Network network) {
    Program program = lowered(network);
    for (Precision precision : PRECISIONS) {
      check(program, MadeBackend.usual(), precision);
      check(program, MadeBackend.able(), precision);
      for (int seed = 0; seed < 10; seed++) {
        check(program, MadeBackend.random(seed), precision);
      }
    }
  }

  @Test
  void randomNetworksKeepTheirValues() {
    for (int seed = 0; seed < NETWORKS; seed++) {
      Program program = lowered(RandomNetworks.of(seed));
      for (Precision precision : PRECISIONS) {
        check(program, MadeBackend.able(), precision);
        check(program, MadeBackend.random(seed), precision);
      }
    }
  }

  private static Program lowered(Network network) {
    return Lowering.of(Simplification.of(network, new MapWeights(Map.of())));
  }

  private static void check(Program program, MadeBackend backend, Precision precision) {
    MemoryPlanCheck.check(MemoryPlan.of(program, backend.choices(program), precision));
  }
}
