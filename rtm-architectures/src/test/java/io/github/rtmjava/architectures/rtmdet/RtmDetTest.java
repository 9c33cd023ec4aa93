package io.github.rtmjava.architectures.rtmdet;

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
import io.github.rtmjava.model.Recognition;
import io.github.rtmjava.nn.Network;
import io.github.rtmjava.tensor.DType;
import io.github.rtmjava.tensor.Shape;
import io.github.rtmjava.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RtmDetTest {
  private final RtmDet architecture = new RtmDet();

  @Test
  void aNetworkIsRecognisedFromItsOwnWeights() throws CheckpointException {
    SplittableRandom random = new SplittableRandom(1);
    for (int round = 0; round < 20; round++) {
      ModelSpec spec = RandomRtmDet.random(random);
      Checkpoint checkpoint = checkpoint(architecture.build(spec), meta(spec));
      assertEquals(spec, whole(architecture.recognise(checkpoint)));
    }
  }

  @Test
  void outputsHaveUpstreamsShapes() {
    ModelSpec spec =
        RandomRtmDet.random(new SplittableRandom(2)).withInput(InputSpec.bgr(320, 256));
    Network network = architecture.build(spec);
    int classes = spec.hyper("classes");
    for (int level = 0; level < 3; level++) {
      int stride = 8 << level;
      assertEquals(
          Shape.of(Shape.BATCH, classes, 256 / stride, 320 / stride),
          network.outputs().get("cls" + level).shape());
      assertEquals(
          Shape.of(Shape.BATCH, 4, 256 / stride, 320 / stride),
          network.outputs().get("reg" + level).shape());
    }
  }

  @Test
  void anInputThatTheStridesDoNotDivideIsRefused() {
    ModelSpec spec =
        RandomRtmDet.random(new SplittableRandom(3)).withInput(InputSpec.bgr(330, 320));
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> architecture.build(spec));
    assertTrue(e.getMessage().contains("multiples of 32, found 330x320"), e.getMessage());
  }

  @Test
  void partsAreNamed() throws CheckpointException {
    Network network = architecture.build(RandomRtmDet.random(new SplittableRandom(4)));
    Map<String, Tensor> tensors = tensors(network);
    tensors.keySet().removeIf(key -> !key.startsWith("backbone."));
    Checkpoint backbone =
        new Checkpoint("b.pth", "test", tensors, Data.Dict.EMPTY, Data.Dict.EMPTY);
    Recognition.Part part =
        assertInstanceOf(Recognition.Part.class, architecture.recognise(backbone));
    assertEquals(List.of("neck", "bbox_head"), part.missing());
    assertTrue(Architectures.recognise(backbone).contains(part));
  }

  @Test
  void whatIsNoDetectorIsForeign() throws CheckpointException {
    Map<String, Tensor> tensors =
        Map.of("fc.weight", Tensor.allocate(DType.FLOAT32, Shape.of(2, 2)));
    Checkpoint other = new Checkpoint("x.pth", "test", tensors, Data.Dict.EMPTY, Data.Dict.EMPTY);
    assertInstanceOf(Recognition.Foreign.class, architecture.recognise(other));
  }

  @Test
  void cocoDetectorsGetCocosClassesAndThresholds() throws CheckpointException {
    ModelSpec spec = RandomRtmDet.spec(new SplittableRandom(5), 80, 192);
    Checkpoint checkpoint = checkpoint(architecture.build(spec), Data.Dict.EMPTY);
    ModelSpec found = whole(architecture.recognise(checkpoint));
    assertEquals(80, found.labels().size());
    assertEquals("person", found.labels().get(0));
    assertEquals("toothbrush", found.labels().get(79));
    assertEquals(new Codec.Boxes(0.001f, 30000, 0.65f, 300, 0.3f), found.codec());
    assertEquals(1, found.hyper("exp_on_reg"));
  }

  @Test
  void aConfigurationInTheFileDecidesWhatShapesCannot() throws CheckpointException {
    ModelSpec spec = RandomRtmDet.spec(new SplittableRandom(6), 1, 192);
    Data.Dict meta =
        new Data.Dict(Map.of("cfg", new Data.Text("bbox_head=dict(\n exp_on_reg=False,\n")));
    Checkpoint checkpoint = checkpoint(architecture.build(spec), meta);
    assertEquals(0, whole(architecture.recognise(checkpoint)).hyper("exp_on_reg"));
  }

  private static ModelSpec whole(Recognition recognition) {
    return assertInstanceOf(Recognition.Whole.class, recognition).spec();
  }

  private static Data.Dict meta(ModelSpec spec) {
    Data names = new Data.Items(spec.labels().stream().map(n -> (Data) new Data.Text(n)).toList());
    return new Data.Dict(Map.of("dataset_meta", new Data.Dict(Map.of("classes", names))));
  }

  private static Checkpoint checkpoint(Network network, Data.Dict meta) {
    return new Checkpoint("made.pth", "test", tensors(network), meta, Data.Dict.EMPTY);
  }

  private static Map<String, Tensor> tensors(Network network) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    network
        .weights()
        .forEach((key, shape) -> tensors.put(key, Tensor.allocate(DType.FLOAT32, shape)));
    return tensors;
  }
}
