package io.github.rtmjava.architectures.rtmo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.checkpoint.CheckpointException;
import io.github.rtmjava.model.Architectures;
import io.github.rtmjava.model.InputSpec;
import io.github.rtmjava.model.ModelSpec;
import io.github.rtmjava.model.Networks;
import io.github.rtmjava.model.Recognition;
import io.github.rtmjava.model.WeightCheck;
import io.github.rtmjava.model.Weights;
import io.github.rtmjava.nn.Network;
import io.github.rtmjava.tensor.Tensor;
import io.github.rtmjava.testing.Reference;
import io.github.rtmjava.testing.Samples;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RTMO among all architectures of the class path. */
class RtmoTest {

  @ParameterizedTest
  @CsvSource({"17, coco", "14, crowdpose", "19, keypoints_19"})
  void aNetworkIsRecognisedFromItsOwnWeights(int keypoints, String dataset)
      throws CheckpointException {
    ModelSpec spec = SmallRtmo.spec(keypoints, dataset, 640, 640);
    assertEquals(
        List.of(spec),
        recognise(SmallRtmo.tensors(spec)).stream()
            .map(found -> ((Recognition.Whole) found).spec())
            .toList());
  }

  @Test
  void theTinySizeHasASmallerInput() throws CheckpointException {
    Map<String, Tensor> tensors = SmallRtmo.tensors(SmallRtmo.spec(17, "coco", 640, 640));
    tensors.put("backbone.stem.conv.conv.weight", SmallRtmo.zeros(24, 12, 3, 3));
    Recognition.Whole whole = (Recognition.Whole) recognise(tensors).get(0);
    assertEquals(InputSpec.plainBgr(416, 416), whole.spec().input());
  }

  @Test
  void whatNoNetworkReadsIsNoDifference() {
    ModelSpec spec = SmallRtmo.spec(17, "coco", 640, 640);
    assertEquals(
        Optional.empty(), WeightCheck.differences(Networks.of(spec), SmallRtmo.tensors(spec)));
  }

  @Test
  void theClassifiersWeightsBelongToTheModel() {
    ModelSpec spec = SmallRtmo.spec(17, "coco", 640, 640);
    Map<String, Tensor> tensors = SmallRtmo.tensors(spec);
    tensors.remove("head.dcc.y_fc.bias");
    assertEquals(
        Optional.of("1 missing: head.dcc.y_fc.bias"),
        WeightCheck.differences(Networks.of(spec), tensors));
  }

  @ParameterizedTest
  @CsvSource({"head., head", "neck., neck", "backbone., backbone"})
  void whatIsMissingIsNamed(String removed, String missing) throws CheckpointException {
    Map<String, Tensor> tensors = SmallRtmo.tensors(SmallRtmo.spec(17, "coco", 640, 640));
    tensors.keySet().removeIf(key -> key.startsWith(removed));
    Recognition.Part part =
        assertInstanceOf(
            Recognition.Part.class, new Rtmo().recognise(SmallRtmo.checkpoint(tensors)));
    assertEquals(List.of(missing), part.missing());
  }

  @Test
  void aTensorOfTheClassifierThatIsMissingIsNamed() {
    Map<String, Tensor> tensors = SmallRtmo.tensors(SmallRtmo.spec(17, "coco", 640, 640));
    tensors.remove("head.dcc.x_bins");
    assertRefused(tensors, "an rtmo network, which has head.dcc.x_bins");
  }

  @Test
  void aHeadOfSeveralClassesIsRefused() {
    Map<String, Tensor> tensors = SmallRtmo.tensors(SmallRtmo.spec(17, "coco", 640, 640));
    tensors.put("head.head_module.out_cls.0.weight", SmallRtmo.zeros(2, 6, 1, 1));
    assertRefused(tensors, "people alone, found one of 2 classes");
  }

  @Test
  void twoNumbersOfKeypointsAreRefused() {
    Map<String, Tensor> tensors = SmallRtmo.tensors(SmallRtmo.spec(17, "coco", 640, 640));
    tensors.put("head.dcc.pos_enc", SmallRtmo.zeros(14, 6));
    assertRefused(tensors, "17 in head.head_module and 14 in head.dcc");
  }

  @Test
  void anInputThatIsNoMultipleOf32IsRefused() {
    ModelSpec spec = SmallRtmo.spec(17, "coco", 640, 500);
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> new Rtmo().build(spec));
    assertTrue(e.getMessage().contains("640x500"), e.getMessage());
  }

  @Test
  void headsThatDoNotShareFeaturesEvenlyAreRefused() {
    ModelSpec spec = SmallRtmo.spec(17, "coco", 64, 64);
    Map<String, Integer> hyper = new LinkedHashMap<>(spec.hyperParameters());
    hyper.put("neck_heads", 0);
    ModelSpec broken =
        new ModelSpec(
            spec.architecture(), spec.task(), spec.input(), spec.codec(), spec.labels(), hyper);
    assertThrows(IllegalArgumentException.class, () -> new Rtmo().build(broken));
  }

  @Test
  void aPictureInABatchIsThatPictureAlone() throws IOException {
    Network network = new Rtmo().build(SmallRtmo.spec(5, "five", 96, 64));
    Weights weights = Samples.weights(network, 1);
    Map<String, Tensor> both = Samples.inputs(network, 2, 2);
    Map<String, Tensor> together = Reference.run(network, weights, both);
    float[] pictures = both.get("image").toFloats();
    Tensor second =
        Tensor.of(Arrays.copyOfRange(pictures, pictures.length / 2, pictures.length), 1, 3, 64, 96);
    Reference.run(network, weights, Map.of("image", second))
        .forEach(
            (name, tensor) -> {
              float[] all = together.get(name).toFloats();
              float[] part = Arrays.copyOfRange(all, all.length / 2, all.length);
              assertArrayEquals(part, tensor.toFloats(), 1e-6f);
            });
  }

  private static void assertRefused(Map<String, Tensor> tensors, String phrase) {
    CheckpointException e = assertThrows(CheckpointException.class, () -> recognise(tensors));
    assertTrue(e.getMessage().contains(phrase), e.getMessage());
  }

  private static List<Recognition> recognise(Map<String, Tensor> tensors)
      throws CheckpointException {
    return Architectures.recognise(SmallRtmo.checkpoint(tensors));
  }
}
