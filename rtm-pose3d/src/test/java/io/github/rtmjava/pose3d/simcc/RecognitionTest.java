package io.github.rtmjava.pose3d.simcc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.checkpoint.Checkpoint;
import io.github.rtmjava.checkpoint.CheckpointException;
import io.github.rtmjava.checkpoint.Data;
import io.github.rtmjava.model.Architectures;
import io.github.rtmjava.model.Codec;
import io.github.rtmjava.model.KeypointDataset;
import io.github.rtmjava.model.ModelSpec;
import io.github.rtmjava.model.Recognition;
import io.github.rtmjava.nn.Network;
import io.github.rtmjava.tensor.DType;
import io.github.rtmjava.tensor.Shape;
import io.github.rtmjava.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The SimCC pose models among all architectures of the class path, RTMDet included. */
class RecognitionTest {

  @ParameterizedTest
  @ValueSource(strings = {"rtmpose", "rtmw", "rtmw3d"})
  void aNetworkIsRecognisedFromItsOwnWeights(String architecture) throws CheckpointException {
    RandomSpecs specs = new RandomSpecs(1);
    for (int round = 0; round < 30; round++) {
      ModelSpec spec = specs.next(architecture);
      assertEquals(List.of(new Recognition.Whole(spec)), recognise(tensors(spec)));
    }
  }

  @ParameterizedTest
  @CsvSource({"rtmpose, head., head", "rtmw, neck., neck", "rtmw3d, backbone., backbone"})
  void whatIsMissingIsNamed(String architecture, String removed, String missing)
      throws CheckpointException {
    Map<String, Tensor> tensors = tensors(new RandomSpecs(2).next(architecture));
    tensors.keySet().removeIf(key -> key.startsWith(removed));
    Recognition.Part part =
        assertInstanceOf(
            Recognition.Part.class,
            Architectures.named(architecture).recognise(RandomSpecs.checkpoint(tensors)));
    assertEquals(List.of(missing), part.missing());
  }

  @Test
  void aBackboneWithANeckIsNoPartOfRtmPose() throws CheckpointException {
    Map<String, Tensor> tensors = tensors(new RandomSpecs(3).next("rtmw"));
    tensors.keySet().removeIf(key -> key.startsWith("head."));
    assertInstanceOf(
        Recognition.Foreign.class, new RtmPose().recognise(RandomSpecs.checkpoint(tensors)));
  }

  @Test
  void aTensorOfTheHeadThatIsMissingIsNamed() {
    Map<String, Tensor> tensors = tensors(new RandomSpecs(4).next("rtmpose"));
    tensors.remove("head.gau.o.weight");
    CheckpointException e = assertThrows(CheckpointException.class, () -> recognise(tensors));
    assertTrue(
        e.getMessage().contains("an rtmpose network, which has head.gau.o.weight"), e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"rtmpose", "rtmw", "rtmw3d"})
  void binsThatFitNoInputSizeAreRefused(String architecture) {
    Map<String, Tensor> tensors = tensors(new RandomSpecs(5).next(architecture));
    tensors.computeIfPresent(
        "head.cls_y.weight", (key, y) -> Tensor.allocate(DType.FLOAT32, y.shape().with(0, 101)));
    CheckpointException e = assertThrows(CheckpointException.class, () -> recognise(tensors));
    assertTrue(e.getMessage().contains("101 in y"), e.getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    "17, coco",
    "21, coco_wholebody_hand",
    "26, halpe26",
    "106, lapa",
    "133, coco_wholebody",
    "14, crowdpose",
    "15, jhmdb"
  })
  void theDatasetFollowsFromTheNumberOfKeypointsOrElseFromTheFile(int keypoints, String dataset) {
    Checkpoint checkpoint =
        RandomSpecs.checkpoint(
            Map.of(),
            new Data.Dict(
                Map.of(
                    "dataset_meta",
                    new Data.Dict(Map.of("dataset_name", new Data.Text("jhmdb"))))));
    assertEquals(dataset, KeypointDataset.of(checkpoint, keypoints));
  }

  @Test
  void rtmwDecodesVisibilityAt384x288Alone() throws CheckpointException {
    assertEquals(new Codec.Visibility(900, 1039.5), visibility(288, 384));
    assertNull(visibility(192, 256));
  }

  @ParameterizedTest
  @CsvSource({"rtmpose, 2", "rtmw, 2", "rtmw3d, 3"})
  void outputsHaveOneRowOfBinsPerKeypoint(String architecture, int axes) {
    ModelSpec spec = new RandomSpecs(6).next(architecture);
    Network network = Architectures.named(architecture).build(spec);
    assertEquals(axes, network.outputs().size());
    network
        .outputs()
        .forEach(
            (name, value) ->
                assertEquals(
                    Shape.of(
                        Shape.BATCH,
                        spec.hyper("keypoints"),
                        spec.hyper(name.replace("simcc", "bins"))),
                    value.shape()));
  }

  @Test
  void aSpecificationWithDepthNeedsItsBins() {
    ModelSpec spec = new RandomSpecs(8).next("rtmw3d");
    Map<String, Integer> hyper = new TreeMap<>(spec.hyperParameters());
    hyper.remove("bins_z");
    ModelSpec without =
        new ModelSpec(
            spec.architecture(), spec.task(), spec.input(), spec.codec(), spec.labels(), hyper);
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> new Rtmw3d().build(without));
    assertTrue(e.getMessage().contains("'bins_z'"), e.getMessage());
  }

  private static Codec.@Nullable Visibility visibility(int width, int height)
      throws CheckpointException {
    Recognition found = recognise(tensors(new RandomSpecs(7).next("rtmw", width, height))).get(0);
    return ((Codec.Simcc) ((Recognition.Whole) found).spec().codec()).visibility();
  }

  private static List<Recognition> recognise(Map<String, Tensor> tensors)
      throws CheckpointException {
    return Architectures.recognise(RandomSpecs.checkpoint(tensors));
  }

  private static Map<String, Tensor> tensors(ModelSpec spec) {
    return RandomSpecs.tensors(Architectures.named(spec.architecture()), spec);
  }
}
