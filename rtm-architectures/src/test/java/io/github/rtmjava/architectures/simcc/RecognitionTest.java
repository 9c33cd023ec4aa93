package io.github.rtmjava.architectures.simcc;

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
      assertEquals(spec, whole(recognise(tensors(spec))));
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
    "15, keypoints_15"
  })
  void theDatasetIsThatOfTheFileOrElseFollowsFromTheNumberOfKeypoints(
      int keypoints, String dataset) {
    Checkpoint checkpoint =
        RandomSpecs.checkpoint(
            Map.of(),
            new Data.Dict(
                Map.of(
                    "dataset_meta",
                    new Data.Dict(Map.of("dataset_name", new Data.Text("jhmdb"))))));
    assertEquals("jhmdb", KeypointDataset.of(checkpoint, keypoints));
    assertEquals(
        dataset, KeypointDataset.of(RandomSpecs.checkpoint(Map.of(), Data.Dict.EMPTY), keypoints));
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

  @Test
  void theFilesOwnKeypointsComeBeforeThoseOfTheirNumber() throws CheckpointException {
    ModelSpec spec = new RandomSpecs(11).next("rtmpose");
    int keypoints = spec.hyper(ModelSpec.KEYPOINTS);
    Map<String, Data> names = new TreeMap<>();
    for (int i = 0; i < keypoints; i++) {
      names.put(Integer.toString(i), new Data.Text("paw " + i));
    }
    Data.Dict dataset =
        new Data.Dict(
            Map.of(
                "dataset_name", new Data.Text("AP-10K"), "keypoint_id2name", new Data.Dict(names)));
    Data.Dict meta =
        new Data.Dict(
            Map.of(
                "dataset_meta",
                dataset,
                "cfg",
                new Data.Text(
                    "codec = dict(use_dark=True, sigma=(4.9, 5.66), decode_visibility=True)")));
    Recognition.Whole found =
        (Recognition.Whole)
            Architectures.recognise(
                    new Checkpoint("a.pth", "made", tensors(spec), meta, Data.Dict.EMPTY))
                .get(0);
    assertEquals(List.of("AP-10K"), found.spec().labels());
    assertEquals("paw 3", found.spec().keypointSet().names().get(3));
    assertEquals("the file's dataset_meta", found.origins().get("keypoints"));
    assertEquals(
        Codec.Visibility.ofSigma(4.9, 5.66), ((Codec.Simcc) found.spec().codec()).visibility());
    assertEquals(1, found.remarks().size(), found.remarks().toString());
    assertTrue(found.remarks().get(0).contains("use_dark"), found.remarks().toString());
  }

  @Test
  void whatIsGuessedIsSaid() throws CheckpointException {
    ModelSpec spec = new RandomSpecs(12).next("rtmpose");
    Recognition.Whole found = (Recognition.Whole) recognise(tensors(spec)).get(0);
    assertEquals(1, found.remarks().size(), found.remarks().toString());
    assertTrue(found.remarks().get(0).contains("does not name its"), found.remarks().toString());
  }

  private static ModelSpec whole(List<Recognition> found) {
    assertEquals(1, found.size());
    return ((Recognition.Whole) found.get(0)).spec();
  }

  private static List<Recognition> recognise(Map<String, Tensor> tensors)
      throws CheckpointException {
    return Architectures.recognise(RandomSpecs.checkpoint(tensors));
  }

  private static Map<String, Tensor> tensors(ModelSpec spec) {
    return RandomSpecs.tensors(Architectures.named(spec.architecture()), spec);
  }
}
