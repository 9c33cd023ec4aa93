package io.github.rtmjava.detector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.geometry.Box;
import io.github.rtmjava.geometry.Detection;
import io.github.rtmjava.image.Letterbox;
import io.github.rtmjava.model.Codec;
import io.github.rtmjava.tensor.DType;
import io.github.rtmjava.tensor.Shape;
import io.github.rtmjava.tensor.Tensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CentreDecoderTest {
  private static final int SIZE = 64;
  private static final int CLASSES = 3;
  private static final Letterbox WHOLE = Letterbox.of(SIZE, SIZE, SIZE, SIZE);
  private final Map<String, Tensor> outputs = new HashMap<>();
  private final BoxDecoder decoder = BoxDecoder.of(new Codec.CentreBoxes(0.01f, 0.65f, 0.3f));

  CentreDecoderTest() {
    for (int level = 0; level < 3; level++) {
      int side = SIZE / (8 << level);
      outputs.put("cls" + level, filled(CLASSES, side));
      outputs.put("obj" + level, filled(1, side));
      outputs.put("reg" + level, Tensor.allocate(DType.FLOAT32, Shape.of(2, 4, side, side)));
    }
  }

  private static Tensor filled(int channels, int side) {
    Tensor tensor = Tensor.allocate(DType.FLOAT32, Shape.of(2, channels, side, side));
    for (int i = 0; i < tensor.shape().elements(); i++) {
      tensor.floats().put(i, -10);
    }
    return tensor;
  }

  private void put(String output, int index, int channel, int row, int column, double value) {
    Tensor tensor = outputs.get(output);
    Shape shape = tensor.shape();
    int at = ((index * shape.dim(1) + channel) * shape.dim(2) + row) * shape.dim(3) + column;
    tensor.floats().put(at, (float) value);
  }

  private void box(int index, int level, int row, int column, double... reg) {
    for (int i = 0; i < reg.length; i++) {
      put("reg" + level, index, i, row, column, reg[i]);
    }
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  @Test
  void centresCountFromTheCellsCornerAndSizesAreLogarithms() {
    put("cls1", 1, 2, 2, 3, 1);
    put("obj1", 1, 0, 2, 3, 2);
    box(1, 1, 2, 3, 0.5, -0.25, Math.log(2), Math.log(0.5));
    List<Detection> found = decoder.decode(outputs, 1, WHOLE);
    assertEquals(1, found.size());
    Box box = found.get(0).box();
    assertEquals(56 - 16, box.x1(), 1e-4);
    assertEquals(28 - 4, box.y1(), 1e-4);
    assertEquals(56 + 16, box.x2(), 1e-4);
    assertEquals(28 + 4, box.y2(), 1e-4);
    assertEquals(2, found.get(0).label());
    assertEquals(sigmoid(1) * sigmoid(2), found.get(0).score(), 1e-6);
    assertEquals(List.of(), decoder.decode(outputs, 0, WHOLE));
  }

  @Test
  void boxesMayReachBeyondThePictureAndAreBroughtBackToIt() {
    put("cls0", 0, 0, 0, 0, 3);
    put("obj0", 0, 0, 0, 0, 3);
    box(0, 0, 0, 0, 0, 0, Math.log(4), Math.log(2));
    Box box = decoder.decode(outputs, 0, Letterbox.of(128, 64, SIZE, SIZE)).get(0).box();
    assertEquals(-32, box.x1(), 1e-4);
    assertEquals(-16, box.y1(), 1e-4);
    assertEquals(32, box.x2(), 1e-4);
  }

  @Test
  void aBoxHasOneClassAndOnlyItsOwnSuppressIt() {
    for (int level = 0; level < 2; level++) {
      put("obj" + level, 0, 0, 0, 0, 5);
      box(
          0,
          level,
          0,
          0,
          1 - level * 0.5,
          1 - level * 0.5,
          Math.log(2 - level),
          Math.log(2 - level));
      put("cls" + level, 0, level, 0, 0, 2 - level);
      put("cls" + level, 0, 2, 0, 0, 0);
    }
    List<Detection> found = decoder.decode(outputs, 0, WHOLE);
    assertEquals(List.of(0, 1), found.stream().map(Detection::label).toList());
    put("cls1", 0, 0, 0, 0, 1.5);
    found = decoder.decode(outputs, 0, WHOLE);
    assertEquals(List.of(0), found.stream().map(Detection::label).toList());
  }

  @Test
  void nothingThereIsNoBoxHoweverSureTheClass() {
    put("cls0", 0, 1, 3, 3, 20);
    put("obj0", 0, 0, 3, 3, -4.7);
    assertEquals(List.of(), decoder.decode(outputs, 0, WHOLE));
    put("obj0", 0, 0, 3, 3, -4.5);
    assertEquals(1, decoder.decode(outputs, 0, WHOLE).size());
  }

  @Test
  void sizesThatAreNoneAreDroppedAndAMissingOutputIsNamed() {
    put("cls2", 0, 0, 0, 0, 3);
    put("obj2", 0, 0, 0, 0, 3);
    box(0, 2, 0, 0, 0, 0, 500, 1);
    assertEquals(List.of(), decoder.decode(outputs, 0, WHOLE));
    outputs.remove("obj2");
    Exception thrown =
        assertThrows(IllegalArgumentException.class, () -> decoder.decode(outputs, 0, WHOLE));
    assertTrue(thrown.getMessage().contains("obj2"), thrown::getMessage);
  }
}
