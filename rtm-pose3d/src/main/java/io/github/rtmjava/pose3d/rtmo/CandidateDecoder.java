package io.github.rtmjava.pose3d.rtmo;

import io.github.rtmjava.geometry.Box;
import io.github.rtmjava.geometry.Nms;
import io.github.rtmjava.model.Codec;
import io.github.rtmjava.model.InputSpec;
import io.github.rtmjava.tensor.Shape;
import io.github.rtmjava.tensor.Tensor;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Finds people in the outputs of RTMO's first network as mmpose's {@code RTMOHead.predict} does:
 * scores above a threshold, boxes around the middles of cells, non-maximum suppression in the input
 * before anything is clamped.
 */
public final class CandidateDecoder {
  /** The least area of a union, as mmpose's {@code bbox_overlaps} has it. */
  private static final float LEAST_UNION = 1e-6f;

  private final Codec.Dcc codec;
  private final InputSpec input;

  public CandidateDecoder(Codec.Dcc codec, InputSpec input) {
    this.codec = codec;
    this.input = input;
  }

  /**
   * The people in one picture, best first.
   *
   * @param outputs the network's outputs
   * @param index of the picture in the batch
   */
  public List<PoseCandidate> decode(Map<String, Tensor> outputs, int index) {
    List<Cell> cells = new ArrayList<>();
    for (int level = 0; outputs.containsKey("cls" + level); level++) {
      new Level(outputs, level, index, input.width()).addTo(cells, codec.scoreThreshold());
    }
    cells.sort(Comparator.comparingDouble(Cell::score).reversed());
    List<Cell> best = cells.subList(0, Math.min(codec.nmsPre(), cells.size()));
    return Nms.suppress(best, this::overlap, codec.maxPerImage()).stream()
        .map(Cell::candidate)
        .toList();
  }

  private boolean overlap(Cell better, Cell other) {
    return overlap(better.box, other.box) > codec.nmsIou();
  }

  /** Intersection over union. */
  static float overlap(Box a, Box b) {
    float width = Math.max(0, Math.min(a.x2(), b.x2()) - Math.max(a.x1(), b.x1()));
    float height = Math.max(0, Math.min(a.y2(), b.y2()) - Math.max(a.y1(), b.y1()));
    float shared = width * height;
    float union = a.width() * a.height() + b.width() * b.height() - shared;
    return shared / Math.max(union, LEAST_UNION);
  }

  private static float sigmoid(float x) {
    return (float) (1 / (1 + Math.exp(-x)));
  }

  /** A cell with a score above the threshold. */
  private record Cell(Level level, int row, int column, float score, Box box) {
    PoseCandidate candidate() {
      float[] visibilities = level.visibilities.column(row, column);
      for (int k = 0; k < visibilities.length; k++) {
        visibilities[k] = sigmoid(visibilities[k]);
      }
      return new PoseCandidate(
          box,
          score,
          level.middle(column),
          level.middle(row),
          visibilities,
          level.poses.column(row, column));
    }
  }

  /** One picture's outputs at one stride. */
  private static final class Level {
    private final int rows;
    private final int columns;
    private final float stride;
    private final Maps scores;
    private final Maps boxes;
    private final Maps visibilities;
    private final Maps poses;

    Level(Map<String, Tensor> outputs, int level, int index, int inputWidth) {
      this.scores = Maps.of(outputs, "cls" + level, index);
      this.boxes = Maps.of(outputs, "bbox" + level, index);
      this.visibilities = Maps.of(outputs, "kptvis" + level, index);
      this.poses = Maps.of(outputs, "pose" + level, index);
      this.rows = scores.rows;
      this.columns = scores.columns;
      this.stride = (float) inputWidth / columns;
    }

    void addTo(List<Cell> cells, float threshold) {
      for (int row = 0; row < rows; row++) {
        for (int column = 0; column < columns; column++) {
          float score = sigmoid(scores.at(0, row, column));
          if (score > threshold) {
            Box box = box(row, column);
            if (box.isProper()) {
              cells.add(new Cell(this, row, column, score, box));
            }
          }
        }
      }
    }

    private Box box(int row, int column) {
      float x = boxes.at(0, row, column) * stride + middle(column);
      float y = boxes.at(1, row, column) * stride + middle(row);
      float width = (float) Math.exp(boxes.at(2, row, column)) * stride;
      float height = (float) Math.exp(boxes.at(3, row, column)) * stride;
      return new Box(x - width / 2, y - height / 2, x + width / 2, y + height / 2);
    }

    /** Half a pixel before the geometric middle, as upstream's points are. */
    float middle(int cell) {
      return cell * stride + (stride - 1) / 2;
    }
  }

  /** One output of one picture. */
  private record Maps(FloatBuffer values, int channels, int rows, int columns) {
    static Maps of(Map<String, Tensor> outputs, String name, int index) {
      Tensor tensor = outputs.get(name);
      if (tensor == null) {
        throw new IllegalArgumentException(
            "expected the output %s of an RTMO, found %s".formatted(name, outputs.keySet()));
      }
      Shape shape = tensor.shape();
      int size = shape.dim(1) * shape.dim(2) * shape.dim(3);
      return new Maps(
          tensor.floats().slice(index * size, size), shape.dim(1), shape.dim(2), shape.dim(3));
    }

    float at(int channel, int row, int column) {
      return values.get((channel * rows + row) * columns + column);
    }

    /** All channels of a cell. */
    float[] column(int row, int column) {
      float[] out = new float[channels];
      for (int c = 0; c < out.length; c++) {
        out[c] = at(c, row, column);
      }
      return out;
    }
  }
}
