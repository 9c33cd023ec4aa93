package io.github.rtmjava.pose3d;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.checkpoint.Checkpoint;
import io.github.rtmjava.checkpoint.CheckpointException;
import io.github.rtmjava.checkpoint.Data;
import io.github.rtmjava.model.Codec;
import io.github.rtmjava.model.InputSpec;
import io.github.rtmjava.model.ModelSpec;
import io.github.rtmjava.model.Recognition;
import io.github.rtmjava.model.Task;
import io.github.rtmjava.nn.Network;
import io.github.rtmjava.nn.block.CspNext;
import io.github.rtmjava.tensor.DType;
import io.github.rtmjava.tensor.Shape;
import io.github.rtmjava.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class Rtmw3dTest {
  private final Rtmw3d architecture = new Rtmw3d();

  @Test
  void aNetworkIsRecognisedFromItsOwnWeights() throws CheckpointException {
    SplittableRandom random = new SplittableRandom(1);
    for (int round = 0; round < 30; round++) {
      ModelSpec spec = random(random);
      Recognition found = architecture.recognise(checkpoint(tensors(architecture.build(spec))));
      assertEquals(spec, assertInstanceOf(Recognition.Whole.class, found).spec());
    }
  }

  @Test
  void outputsHaveOneRowOfBinsPerKeypoint() {
    ModelSpec spec = random(new SplittableRandom(2));
    Network network = architecture.build(spec);
    for (String axis : List.of("x", "y", "z")) {
      assertEquals(
          Shape.of(Shape.BATCH, spec.hyper("keypoints"), spec.hyper("bins_" + axis)),
          network.outputs().get("simcc_" + axis).shape());
    }
  }

  @Test
  void binsThatFitNoInputSizeAreRefused() {
    Map<String, Tensor> tensors = tensors(architecture.build(random(new SplittableRandom(3))));
    int features = tensors.get("head.cls_y.weight").shape().dim(1);
    tensors.put("head.cls_y.weight", Tensor.allocate(DType.FLOAT32, Shape.of(101, features)));
    CheckpointException e =
        assertThrows(CheckpointException.class, () -> architecture.recognise(checkpoint(tensors)));
    assertTrue(e.getMessage().contains("101 in y"), e.getMessage());
  }

  @Test
  void partsAreNamed() throws CheckpointException {
    Map<String, Tensor> tensors = tensors(architecture.build(random(new SplittableRandom(4))));
    tensors.keySet().removeIf(key -> key.startsWith("neck."));
    Recognition.Part part =
        assertInstanceOf(Recognition.Part.class, architecture.recognise(checkpoint(tensors)));
    assertEquals(List.of("neck"), part.missing());
  }

  private static ModelSpec random(SplittableRandom random) {
    int width = 32 * (1 + random.nextInt(4));
    int height = 32 * (1 + random.nextInt(4));
    int split = 1 + random.nextInt(4);
    int depth = 16 * (1 + random.nextInt(6));
    int keypoints = random.nextBoolean() ? 133 : 1 + random.nextInt(30);
    int stem = 2 + 2 * random.nextInt(2);
    Map<String, Integer> hyper = new TreeMap<>();
    new CspNext(
            stem,
            List.of(2 * stem, 4 * stem, 8 * stem, 16 * stem, 32 * stem),
            List.of(1, 1 + random.nextInt(2), 1, 1),
            false,
            random.nextBoolean())
        .putInto(hyper);
    hyper.put("neck_blocks", 1 + random.nextInt(2));
    hyper.put("keypoints", keypoints);
    hyper.put("final_kernel", 3 + 2 * random.nextInt(3));
    hyper.put("decoder_kernel", 3 + 2 * random.nextInt(3));
    hyper.put("coarse_features", 4 + random.nextInt(4));
    hyper.put("fine_features", 4 + random.nextInt(4));
    hyper.put("gau_expansion", 8);
    hyper.put("gau_features", 6);
    hyper.put("bins_x", width * split);
    hyper.put("bins_y", height * split);
    hyper.put("bins_z", depth * split);
    return new ModelSpec(
        "rtmw3d",
        Task.POSE_3D,
        InputSpec.rgb(width, height),
        new Codec.Simcc(split, depth, 2.1744869, 5.14388),
        List.of(keypoints == 133 ? "coco_wholebody" : "keypoints_" + keypoints),
        hyper);
  }

  private static Checkpoint checkpoint(Map<String, Tensor> tensors) {
    return new Checkpoint("made.pth", "test", tensors, Data.Dict.EMPTY, Data.Dict.EMPTY);
  }

  private static Map<String, Tensor> tensors(Network network) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    network
        .weights()
        .forEach((key, shape) -> tensors.put(key, Tensor.allocate(DType.FLOAT32, shape)));
    return tensors;
  }
}
