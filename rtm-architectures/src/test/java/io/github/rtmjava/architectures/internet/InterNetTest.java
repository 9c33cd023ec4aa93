package io.github.rtmjava.architectures.internet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.checkpoint.Checkpoint;
import io.github.rtmjava.checkpoint.CheckpointException;
import io.github.rtmjava.checkpoint.Data;
import io.github.rtmjava.model.Architectures;
import io.github.rtmjava.model.Codec;
import io.github.rtmjava.model.InputSpec;
import io.github.rtmjava.model.ModelSpec;
import io.github.rtmjava.model.Networks;
import io.github.rtmjava.model.Recognition;
import io.github.rtmjava.model.Task;
import io.github.rtmjava.model.WeightCheck;
import io.github.rtmjava.model.Weights;
import io.github.rtmjava.nn.Network;
import io.github.rtmjava.nn.block.ResNet;
import io.github.rtmjava.tensor.DType;
import io.github.rtmjava.tensor.Shape;
import io.github.rtmjava.tensor.Tensor;
import io.github.rtmjava.testing.Reference;
import io.github.rtmjava.testing.Samples;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InterNetTest {
  private final InterNet architecture = new InterNet();

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void aNetworkIsRecognisedFromItsOwnWeights(int old) throws CheckpointException {
    ModelSpec spec = spec(old, 3, 4, 6, 3);
    assertEquals(
        List.of(spec),
        Architectures.recognise(checkpoint(tensors(spec))).stream()
            .map(found -> ((Recognition.Whole) found).spec())
            .toList());
  }

  @Test
  void filesFromBeforeMmpose1KeepTheirNames() throws CheckpointException {
    Map<String, Tensor> renamed = new LinkedHashMap<>();
    tensors(spec(0, 1, 1, 1, 1))
        .forEach((key, tensor) -> renamed.put(key.replaceFirst("^head", "keypoint_head"), tensor));
    ModelSpec spec =
        ((Recognition.Whole) Architectures.recognise(checkpoint(renamed)).get(0)).spec();
    assertEquals(
        Optional.empty(), WeightCheck.differences(Networks.of(architecture.build(spec)), renamed));
  }

  @ParameterizedTest
  @CsvSource({"3, 4, 6, 3, 50", "3, 4, 23, 3, 101", "3, 8, 36, 3, 152"})
  void theBackbonesDepthFollowsFromTheNumberOfBlocks(int a, int b, int c, int d, int layers) {
    // The last layer of a ResNet-50 is its classifier, which is no part of the backbone.
    long convolutions =
        architecture.build(spec(0, a, b, c, d)).weights().keySet().stream()
            .filter(key -> key.matches("backbone\\..*conv\\d\\.weight"))
            .count();
    assertEquals(layers - 1, convolutions);
  }

  @ParameterizedTest
  @CsvSource({"head., head", "backbone., backbone"})
  void whatIsMissingIsNamed(String removed, String missing) throws CheckpointException {
    Map<String, Tensor> tensors = tensors(spec(0, 1, 1, 1, 1));
    tensors.keySet().removeIf(key -> key.startsWith(removed));
    Recognition.Part part =
        assertInstanceOf(Recognition.Part.class, architecture.recognise(checkpoint(tensors)));
    assertEquals(List.of(missing), part.missing());
  }

  @Test
  void anotherOldHeadIsForeign() throws CheckpointException {
    Map<String, Tensor> tensors = tensors(spec(1, 1, 1, 1, 1));
    tensors.keySet().removeIf(key -> key.startsWith("keypoint_head."));
    tensors.put("keypoint_head.final_layer.weight", tensor(Shape.of(17, 4, 1, 1)));
    assertInstanceOf(Recognition.Foreign.class, architecture.recognise(checkpoint(tensors)));
  }

  @Test
  void volumesOfAnotherNumberOfKeypointsAreRefused() {
    Map<String, Tensor> tensors = tensors(spec(0, 1, 1, 1, 1));
    tensors.put("head.right_hand_head.final_layer.weight", tensor(Shape.of(40, 3, 1, 1)));
    CheckpointException e =
        assertThrows(CheckpointException.class, () -> architecture.recognise(checkpoint(tensors)));
    assertTrue(e.getMessage().contains("21 keypoints per hand, found 40 maps"), e.getMessage());
  }

  @Test
  void aBatchIsComputedLikeItsPictures() throws IOException {
    Network network = architecture.build(spec(0, 1, 1, 1, 1).withInput(InputSpec.rgb(32, 64)));
    Weights weights = Samples.weights(network, 1);
    Map<String, Tensor> two = Samples.inputs(network, 2, 2);
    float[] pixels = two.get("image").toFloats();
    float[] second = Arrays.copyOfRange(pixels, pixels.length / 2, pixels.length);
    Map<String, Tensor> together = Reference.run(network, weights, two);
    Map<String, Tensor> alone =
        Reference.run(network, weights, Map.of("image", Tensor.of(second, 1, 3, 64, 32)));
    assertEquals(Shape.of(2, 84, 16, 8), together.get("left_volumes").shape());
    assertEquals(Shape.of(2, 6), together.get("root_depth").shape());
    assertEquals(Shape.of(2, 2), together.get("hand_type").shape());
    alone.forEach(
        (name, tensor) -> {
          float[] all = together.get(name).toFloats();
          assertArrayEquals(
              tensor.toFloats(), Arrays.copyOfRange(all, all.length / 2, all.length), name);
        });
  }

  private static ModelSpec spec(int old, int... blocks) {
    Map<String, Integer> hyper = new TreeMap<>();
    new ResNet(4, List.of(2, 3, 4, 5), List.of(blocks[0], blocks[1], blocks[2], blocks[3]))
        .putInto(hyper);
    new InterNetHead(
            new VolumeHead(3, 3, 21 * 4),
            new VectorHead("root_head", 5, 6),
            new VectorHead("hand_type_head", 7, 2))
        .putInto(hyper);
    hyper.put("keypoints", 42);
    hyper.put("keypoint_head", old);
    return new ModelSpec(
        "internet",
        Task.POSE_3D,
        InputSpec.rgb(256, 256),
        new Codec.HandVolumes(4, 0.4, 0.4, 255),
        List.of("interhand3d"),
        hyper);
  }

  private Map<String, Tensor> tensors(ModelSpec spec) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    architecture.build(spec).weights().forEach((key, shape) -> tensors.put(key, tensor(shape)));
    return tensors;
  }

  private static Tensor tensor(Shape shape) {
    return Tensor.allocate(DType.FLOAT32, shape);
  }

  private static Checkpoint checkpoint(Map<String, Tensor> tensors) {
    return new Checkpoint("made.pth", "test", tensors, Data.Dict.EMPTY, Data.Dict.EMPTY);
  }
}
