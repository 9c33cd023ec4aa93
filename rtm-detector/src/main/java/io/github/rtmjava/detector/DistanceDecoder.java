package io.github.rtmjava.detector;

import io.github.rtmjava.architectures.rtmdet.RtmDet;
import io.github.rtmjava.geometry.Box;
import io.github.rtmjava.geometry.Detection;
import io.github.rtmjava.geometry.Nms;
import io.github.rtmjava.image.Letterbox;
import io.github.rtmjava.model.Codec;
import io.github.rtmjava.tensor.Shape;
import io.github.rtmjava.tensor.Tensor;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Turns RTMDet's outputs into boxes as mmdet's {@code BaseDenseHead.predict_by_feat} does: points
 * at column and row times stride (no half cell), boxes clamped to the padded canvas, brought back
 * to the picture, then non-maximum suppression there.
 */
final class DistanceDecoder implements BoxDecoder {
  private final Codec.Boxes codec;

  DistanceDecoder(Codec.Boxes codec) {
    this.codec = codec;
  }

  @Override
  public List<Detection> decode(Map<String, Tensor> outputs, int index, Letterbox letterbox) {
    List<Detection> candidates = new ArrayList<>();
    for (int level = 0; level < RtmDet.STRIDES.size(); level++) {
      Level features =
          new Level(
              BoxDecoder.output(outputs, "cls" + level),
              BoxDecoder.output(outputs, "reg" + level),
              index);
      int stride = RtmDet.STRIDES.get(level);
      for (Candidate candidate : features.best(codec)) {
        Box box = features.box(candidate, stride, letterbox);
        if (box.isProper()) {
          candidates.add(new Detection(box, candidate.score, candidate.label));
        }
      }
    }
    return Nms.suppress(candidates, codec.nmsIou(), codec.maxPerImage());
  }

  private record Candidate(float score, int label, int row, int column) {}

  /** One picture's outputs at one stride. */
  private static final class Level {
    private final FloatBuffer cls;
    private final FloatBuffer reg;
    private final int classes;
    private final int rows;
    private final int columns;

    Level(Tensor cls, Tensor reg, int index) {
      Shape shape = cls.shape();
      classes = shape.dim(1);
      rows = shape.dim(2);
      columns = shape.dim(3);
      int cells = rows * columns;
      this.cls = cls.floats().slice(index * classes * cells, classes * cells);
      this.reg = reg.floats().slice(index * 4 * cells, 4 * cells);
    }

    List<Candidate> best(Codec.Boxes codec) {
      List<Candidate> found = new ArrayList<>();
      for (int row = 0; row < rows; row++) {
        for (int column = 0; column < columns; column++) {
          for (int label = 0; label < classes; label++) {
            float score = BoxDecoder.sigmoid(cls.get((label * rows + row) * columns + column));
            if (score > codec.scoreThreshold()) {
              found.add(new Candidate(score, label, row, column));
            }
          }
        }
      }
      found.sort(Comparator.comparingDouble(Candidate::score).reversed());
      return found.subList(0, Math.min(codec.nmsPre(), found.size()));
    }

    Box box(Candidate c, int stride, Letterbox letterbox) {
      int cell = c.row * columns + c.column;
      int side = rows * columns;
      float x = c.column * stride;
      float y = c.row * stride;
      float maxX = letterbox.targetWidth();
      float maxY = letterbox.targetHeight();
      float backX = (float) (1 / letterbox.scaleX());
      float backY = (float) (1 / letterbox.scaleY());
      return new Box(
          clamp(x - reg.get(cell), maxX) * backX,
          clamp(y - reg.get(side + cell), maxY) * backY,
          clamp(x + reg.get(2 * side + cell), maxX) * backX,
          clamp(y + reg.get(3 * side + cell), maxY) * backY);
    }

    private static float clamp(float value, float max) {
      return Math.min(Math.max(value, 0), max);
    }
  }
}
