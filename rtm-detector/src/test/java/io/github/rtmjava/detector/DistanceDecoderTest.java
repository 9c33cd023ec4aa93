package io.github.rtmjava.detector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

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

class DistanceDecoderTest {
  private static final int SIZE = 64;
  private final Map<String, Tensor> outputs = new HashMap<>();
  private final BoxDecoder decoder = BoxDecoder.of(new Codec.Boxes(0.05f, 1000, 0.6f, 100, 0.3f));

  DistanceDecoderTest() {
    for (int level = 0; level < 3; level++) {
      int side = SIZE / (8 << level);
      Tensor cls = Tensor.allocate(DType.FLOAT32, Shape.of(2, 1, side, side));
      for (int i = 0; i < cls.shape().elements(); i++) {
        cls.floats().put(i, -10);
      }
      outputs.put("cls" + level, cls);
      outputs.put("reg" + level, Tensor.allocate(DType.FLOAT32, Shape.of(2, 4, side, side)));
    }
  }

  @Test
  void pointsLieAtColumnAndRowTimesStride() {
    put(1, 1, 2, 3, 2f, 10, 20, 6, 4);
    List<Detection> found = decoder.decode(outputs, 1, Letterbox.of(SIZE, SIZE, SIZE, SIZE));
    assertEquals(1, found.size());
    assertEquals(new Box(48 - 10, 32 - 20, 48 + 6, 32 + 4), found.get(0).box());
    assertEquals(1 / (1 + Math.exp(-2)), found.get(0).score(), 1e-6);
    assertEquals(List.of(), decoder.decode(outputs, 0, Letterbox.of(SIZE, SIZE, SIZE, SIZE)));
  }

  @Test
  void boxesAreClampedToTheCanvasAndBroughtBackToThePicture() {
    put(0, 0, 0, 0, 3f, 5, 5, 500, 500);
    List<Detection> found = decoder.decode(outputs, 0, Letterbox.of(128, 64, SIZE, SIZE));
    // The canvas is 64x64, the picture fills its upper half: boxes may reach below the picture.
    assertEquals(new Box(0, 0, 128, 128), found.get(0).box());
  }

  @Test
  void boxesWithoutAreaAreDropped() {
    put(0, 2, 0, 0, 3f, 0, 0, 0, 30);
    assertEquals(List.of(), decoder.decode(outputs, 0, Letterbox.of(SIZE, SIZE, SIZE, SIZE)));
  }

  @Test
  void oneBoxOfManyThatOverlapRemains() {
    put(0, 0, 2, 2, 1f, 8, 8, 24, 24);
    put(0, 1, 1, 1, 2f, 8, 8, 24, 24);
    List<Detection> found = decoder.decode(outputs, 0, Letterbox.of(SIZE, SIZE, SIZE, SIZE));
    assertEquals(1, found.size());
    assertEquals(1 / (1 + Math.exp(-2)), found.get(0).score(), 1e-6);
  }

  @Test
  void aMissingOutputIsNamed() {
    outputs.remove("reg2");
    Letterbox letterbox = Letterbox.of(SIZE, SIZE, SIZE, SIZE);
    assertThrows(IllegalArgumentException.class, () -> decoder.decode(outputs, 0, letterbox));
  }

  private void put(int image, int level, int row, int column, float logit, float... distances) {
    Tensor cls = outputs.get("cls" + level);
    Tensor reg = outputs.get("reg" + level);
    int side = cls.shape().dim(3);
    int cell = row * side + column;
    cls.floats().put(image * side * side + cell, logit);
    for (int i = 0; i < 4; i++) {
      reg.floats().put((image * 4 + i) * side * side + cell, distances[i]);
    }
  }
}
