package io.github.rtmjava.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.nn.Network;
import io.github.rtmjava.nn.NetworkBuilder;
import io.github.rtmjava.tensor.DType;
import io.github.rtmjava.tensor.Shape;
import io.github.rtmjava.tensor.Tensor;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WeightCheckTest {
  private final Network network = network();
  private final Map<String, Tensor> tensors = new HashMap<>();

  WeightCheckTest() {
    network
        .weights()
        .forEach((key, shape) -> tensors.put(key, Tensor.allocate(DType.FLOAT32, shape)));
  }

  @Test
  void whatFitsPassesWithTheCountersOfBatchNorm() {
    tensors.put("bn.num_batches_tracked", Tensor.allocate(DType.INT64, Shape.of()));
    assertEquals(Optional.empty(), WeightCheck.differences(Networks.of(network), tensors));
  }

  @Test
  void missingUnexpectedAndMisShapedAreAllNamed() {
    tensors.remove("conv.weight");
    tensors.put("bn.bias", Tensor.allocate(DType.FLOAT32, Shape.of(3)));
    tensors.put("other.num_batches_tracked", Tensor.allocate(DType.INT64, Shape.of()));
    String text = WeightCheck.differences(Networks.of(network), tensors).orElseThrow();
    assertTrue(text.contains("1 missing: conv.weight"), text);
    assertTrue(text.contains("1 unexpected: other.num_batches_tracked"), text);
    assertTrue(text.contains("bn.bias (expected [2], found [3])"), text);
  }

  @Test
  void onlyTheFirstFewAreListed() {
    for (int i = 0; i < 9; i++) {
      tensors.put("extra." + i, Tensor.allocate(DType.FLOAT32, Shape.of(1)));
    }
    String text = WeightCheck.differences(Networks.of(network), tensors).orElseThrow();
    assertTrue(text.startsWith("9 unexpected: "), text);
    assertTrue(text.endsWith(", …"), text);
  }

  @Test
  void tensorsThatTheArchitectureLeavesUnreadAreNeitherMissedNorUnexpected() {
    Networks networks = new Networks(network, Map.of(), key -> key.startsWith("loss."));
    assertEquals(Optional.empty(), WeightCheck.differences(networks, tensors));
    tensors.put("loss.sigmas", Tensor.allocate(DType.FLOAT32, Shape.of(3)));
    assertEquals(Optional.empty(), WeightCheck.differences(networks, tensors));
  }

  @Test
  void weightsOfFurtherNetworksAreNeeded() {
    NetworkBuilder builder = new NetworkBuilder("second");
    builder.output("y", builder.scope("").linear("fc", builder.input("x", Shape.of(-1, 3)), 2));
    Networks networks = new Networks(network, Map.of("second", builder.build()), key -> false);
    String text = WeightCheck.differences(networks, tensors).orElseThrow();
    assertEquals("1 missing: fc.weight", text);
  }

  private static Network network() {
    NetworkBuilder builder = new NetworkBuilder("test");
    var root = builder.scope("");
    builder.output(
        "y", root.norm("bn", root.conv("conv", builder.input("x", 1, 4, 4), 2, 1, 1, 1), 1e-5));
    return builder.build();
  }
}
