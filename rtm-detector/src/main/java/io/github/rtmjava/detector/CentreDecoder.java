package io.github.rtmjava.detector;

import io.github.rtmjava.architectures.yolox.Yolox;
import io.github.rtmjava.geometry.Box;
import io.github.rtmjava.geometry.Detection;
import io.github.rtmjava.geometry.Nms;
import io.github.rtmjava.image.Letterbox;
import io.github.rtmjava.model.Codec;
import io.github.rtmjava.tensor.Shape;
import io.github.rtmjava.tensor.Tensor;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Turns YOLOX's outputs into boxes as mmdet's {@code YOLOXHead.predict_by_feat} does: centres from
 * the cell's corner (no half cell), sizes as logarithms, the likeliest class of each, brought back
 * to the picture without being cut at its borders, then non-maximum suppression there.
 */
final class CentreDecoder implements BoxDecoder {
  private final Codec.CentreBoxes codec;

  CentreDecoder(Codec.CentreBoxes codec) {
    this.codec = codec;
  }

  @Override
  public List<Detection> decode(Map<String, Tensor> outputs, int index, Letterbox letterbox) {
    List<Detection> candidates = new ArrayList<>();
    for (int i = 0; i < Yolox.STRIDES.size(); i++) {
      Level level =
          new Level(
              slice(BoxDecoder.output(outputs, "cls" + i), index),
              slice(BoxDecoder.output(outputs, "reg" + i), index),
              slice(BoxDecoder.output(outputs, "obj" + i), index),
              BoxDecoder.output(outputs, "cls" + i).shape(),
              Yolox.STRIDES.get(i));
      level.addTo(candidates, codec.scoreThreshold(), letterbox);
    }
    return Nms.suppress(candidates, codec.nmsIou(), Integer.MAX_VALUE);
  }

  private static FloatBuffer slice(Tensor tensor, int index) {
    Shape shape = tensor.shape();
    int each = shape.dim(1) * shape.dim(2) * shape.dim(3);
    return tensor.floats().slice(index * each, each);
  }

  /**
   * One picture's outputs at one stride.
   *
   * @param shape of all pictures' scores of classes
   */
  private record Level(FloatBuffer cls, FloatBuffer reg, FloatBuffer obj, Shape shape, int stride) {

    void addTo(List<Detection> candidates, float threshold, Letterbox letterbox) {
      int columns = shape.dim(3);
      int cells = shape.dim(2) * columns;
      for (int cell = 0; cell < cells; cell++) {
        float anything = BoxDecoder.sigmoid(obj.get(cell));
        if (anything < threshold) { // whatever its class is, which takes longer to find
          continue;
        }
        int label = likeliest(cell, cells);
        float score = anything * BoxDecoder.sigmoid(cls.get(label * cells + cell));
        if (score >= threshold) {
          Box box = box(cell, cells, columns, letterbox);
          if (box.isProper()) {
            candidates.add(new Detection(box, score, label));
          }
        }
      }
    }

    /** The first of those that are equal. */
    private int likeliest(int cell, int cells) {
      int best = 0;
      for (int label = 1; label < shape.dim(1); label++) {
        if (cls.get(label * cells + cell) > cls.get(best * cells + cell)) {
          best = label;
        }
      }
      return best;
    }

    private Box box(int cell, int cells, int columns, Letterbox letterbox) {
      int row = cell / columns;
      float x = (reg.get(cell) + cell % columns) * stride;
      float y = (reg.get(cells + cell) + row) * stride;
      float halfWidth = (float) Math.exp(reg.get(2 * cells + cell)) * stride / 2;
      float halfHeight = (float) Math.exp(reg.get(3 * cells + cell)) * stride / 2;
      float backX = (float) (1 / letterbox.scaleX());
      float backY = (float) (1 / letterbox.scaleY());
      return new Box(
          (x - halfWidth) * backX,
          (y - halfHeight) * backY,
          (x + halfWidth) * backX,
          (y + halfHeight) * backY);
    }
  }
}
