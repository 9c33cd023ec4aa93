package io.github.rtmjava.converter;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.checkpoint.Checkpoint;
import io.github.rtmjava.checkpoint.Data;
import io.github.rtmjava.tensor.DType;
import io.github.rtmjava.tensor.Float16;
import io.github.rtmjava.tensor.Shape;
import io.github.rtmjava.tensor.Tensor;
import io.github.rtmjava.testing.MadeWeights;
import io.github.rtmjava.testing.SharedData;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that torch itself wrote, against the rule that made their weights. */
class UpstreamFilesTest {

  @ParameterizedTest
  @CsvSource({
    "rtmdet_nano_320_hand.pth, rtmdet_nano_320_hand, torch zip",
    "rtmdet_nano_320_hand.legacy.pth, rtmdet_nano_320_hand, torch legacy",
    "rtmdet_nano_320_hand.train_ema.pth, rtmdet_nano_320_hand, torch zip",
    "rtmdet_nano_320_hand.views.pth, rtmdet_nano_320_hand, torch zip",
    "rtmpose-t_body8_256x192.legacy.pth, rtmpose-t_body8_256x192, torch legacy",
    "rtmw3d-tiny_384x288.pth, rtmw3d-tiny_384x288, torch zip",
    "rtmw3d-tiny_384x288.legacy.pth, rtmw3d-tiny_384x288, torch legacy",
  })
  void tensorsAreTheModels(String file, String model, String layout) throws IOException {
    Checkpoint checkpoint = read(file);
    assertEquals(layout, checkpoint.layout());
    Map<String, Tensor> expected = MadeWeights.of(model);
    assertEquals(List.copyOf(expected.keySet()), List.copyOf(checkpoint.tensors().keySet()));
    expected.forEach((key, tensor) -> assertSameElements(key, tensor, checkpoint));
  }

  @ParameterizedTest
  @CsvSource({
    "rtmdet_nano_320_hand.half.pth, rtmdet_nano_320_hand",
    "rtmpose-t_body8_256x192.half.pth, rtmpose-t_body8_256x192",
  })
  void halfTensorsAreTheRoundedOnes(String file, String model) throws IOException {
    Checkpoint checkpoint = read(file);
    MadeWeights.of(model)
        .forEach(
            (key, tensor) -> {
              Tensor found = checkpoint.tensors().get(key);
              assertEquals(tensor.shape(), found.shape(), key);
              float[] rounded = tensor.toFloats();
              if (tensor.dtype() == DType.FLOAT32) {
                assertEquals(DType.FLOAT16, found.dtype(), key);
                for (int i = 0; i < rounded.length; i++) {
                  rounded[i] = Float16.toFloat(Float16.fromFloat(rounded[i]));
                }
              }
              assertArrayEquals(rounded, found.toFloats(), key);
            });
  }

  @Test
  void aFileOfTheHeadAloneHoldsTheHead() throws IOException {
    Checkpoint checkpoint = read("rtmdet_nano_320_hand.views.bbox_head_only.legacy.pth");
    Map<String, Tensor> head = new LinkedHashMap<>(MadeWeights.of("rtmdet_nano_320_hand"));
    head.keySet().removeIf(key -> !key.startsWith("bbox_head."));
    assertEquals(List.copyOf(head.keySet()), List.copyOf(checkpoint.tensors().keySet()));
    head.forEach((key, tensor) -> assertSameElements(key, tensor, checkpoint));
  }

  @Test
  void namesOfOneViewShareOneTensor() throws IOException {
    Map<String, Tensor> tensors = read("rtmdet_nano_320_hand.views.pth").tensors();
    assertSame(
        tensors.get("backbone.stem.0.bn.num_batches_tracked"),
        tensors.get("backbone.stem.1.bn.num_batches_tracked"));
  }

  @Test
  void trainingStateIsKeptBesideTheWeights() throws IOException {
    Checkpoint checkpoint = read("rtmdet_nano_320_hand.train_ema.pth");
    Map<String, Data> extras = checkpoint.extras().values();
    assertTrue(
        extras.keySet().containsAll(List.of("ema_state_dict", "message_hub", "optimizer")),
        extras.keySet()::toString);
    List<String> types = new ArrayList<>();
    collectTypes(checkpoint.extras(), types);
    assertTrue(types.contains("mmengine.logging.history_buffer.HistoryBuffer"), types::toString);
    assertTrue(types.contains("__builtin__.getattr"), types::toString);
  }

  @Test
  void metadataIsPlain() throws IOException {
    Checkpoint checkpoint = read("rtmpose-t_body8_256x192.legacy.pth");
    Data meta = checkpoint.meta().at("dataset_meta").orElseThrow();
    assertInstanceOf(Data.Dict.class, meta);
    Data sigmas = meta.at("dataset_keypoint_weights").orElseThrow();
    assertEquals(Shape.of(17), assertInstanceOf(Data.Array.class, sigmas).value().shape());
  }

  @ParameterizedTest
  @ValueSource(strings = {"dtypes.pth", "dtypes.legacy.pth"})
  void everyElementTypeIsRead(String file) throws IOException {
    Checkpoint checkpoint = read(file);
    assertTensor(checkpoint, "a", DType.FLOAT64, Shape.of(2, 3), 0, 1, 2, 3, 4, 5);
    assertTensor(checkpoint, "b", DType.BFLOAT16, Shape.of(4), 0, 1, 2, 3);
    assertTensor(checkpoint, "c", DType.BOOL, Shape.of(2), 1, 0);
    assertTensor(checkpoint, "d", DType.INT32, Shape.of(5), 0, 1, 2, 3, 4);
    assertTensor(checkpoint, "e", DType.UINT8, Shape.of(5), 0, 1, 2, 3, 4);
    assertTensor(checkpoint, "f", DType.FLOAT32, Shape.of(), 3.5f);
    assertTensor(checkpoint, "g", DType.FLOAT32, Shape.of(0, 3));
    assertTensor(checkpoint, "h", DType.FLOAT32, Shape.of(3), 0, 1, 2);
    assertTensor(checkpoint, "j", DType.FLOAT32, Shape.of(3), 2, 4, 6);
    assertTensor(checkpoint, "k", DType.INT16, Shape.of(3), 0, 1, 2);
    assertTensor(checkpoint, "l", DType.INT8, Shape.of(3), 0, 1, 2);
    assertTensor(checkpoint, "m", DType.FLOAT16, Shape.of(4), 0, 1, 2, 3);
    float[] permuted = new float[24];
    for (int i = 0, n = 0; i < 4; i++) {
      for (int j = 0; j < 2; j++) {
        for (int k = 0; k < 3; k++) {
          permuted[n++] = j * 12 + k * 4 + i;
        }
      }
    }
    assertTensor(checkpoint, "i", DType.FLOAT32, Shape.of(4, 2, 3), permuted);
  }

  @ParameterizedTest
  @ValueSource(strings = {"dtypes.pth", "dtypes.legacy.pth"})
  void everyPlainValueIsRead(String file) throws IOException {
    Data py = read(file).extras().at("py").orElseThrow();
    assertEquals(new Data.None(), py.at("none").orElseThrow());
    assertEquals(new Data.Bool(true), py.at("t").orElseThrow());
    assertEquals(new Data.Int(1L << 40), py.at("i").orElseThrow());
    assertEquals(new Data.Int(-5), py.at("neg").orElseThrow());
    assertEquals(
        new Data.Opaque("int", List.of(new Data.Text("1180591620717411303424")), null),
        py.at("big").orElseThrow());
    assertEquals(new Data.Real(1.25), py.at("f").orElseThrow());
    assertEquals("uniçødé", py.text("s").orElseThrow());
    Data.Bytes bytes = assertInstanceOf(Data.Bytes.class, py.at("by").orElseThrow());
    assertArrayEquals(new byte[] {0, (byte) 0xff}, bytes.value());
    Data one = new Data.Int(1);
    Data two = new Data.Int(2);
    assertEquals(
        new Data.Items(List.of(one, new Data.Items(List.of(two, new Data.Int(3))))),
        py.at("tup").orElseThrow());
    assertEquals(
        new Data.Items(List.of(one, new Data.Items(List.of(two)))), py.at("lst").orElseThrow());
    assertEquals(new Data.Items(List.of(one, two)), py.at("st").orElseThrow());
    assertEquals(
        new Data.Opaque("__builtin__.complex", List.of(new Data.Real(1), new Data.Real(2)), null),
        py.at("cplx").orElseThrow());
    assertEquals(
        new Data.Opaque("__builtin__.slice", List.of(one, two, new Data.None()), null),
        py.at("slc").orElseThrow());
    assertEquals(new Data.Dict(Map.of("x", one)), py.at("od").orElseThrow());
  }

  private static Checkpoint read(String file) throws IOException {
    return Checkpoints.read(SharedData.path("oracle/pth/" + file));
  }

  private static void assertSameElements(String key, Tensor expected, Checkpoint checkpoint) {
    Tensor found = checkpoint.tensors().get(key);
    assertEquals(expected.toString(), found.toString(), key);
    assertEquals(expected.bytes(), found.bytes(), key);
  }

  private static void assertTensor(
      Checkpoint checkpoint, String key, DType dtype, Shape shape, float... values) {
    Tensor tensor = checkpoint.tensors().get(key);
    assertEquals(dtype, tensor.dtype(), key);
    assertEquals(shape, tensor.shape(), key);
    assertArrayEquals(values, tensor.toFloats(), key);
  }

  private static void collectTypes(Data data, List<String> types) {
    if (data instanceof Data.Dict dict) {
      dict.values().values().forEach(value -> collectTypes(value, types));
    } else if (data instanceof Data.Items items) {
      items.values().forEach(value -> collectTypes(value, types));
    } else if (data instanceof Data.Opaque opaque) {
      types.add(opaque.type());
      opaque.arguments().forEach(value -> collectTypes(value, types));
      Data state = opaque.state();
      if (state != null) {
        collectTypes(state, types);
      }
    }
  }
}
