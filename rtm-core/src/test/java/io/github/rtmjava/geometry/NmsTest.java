package io.github.rtmjava.geometry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.tensor.Npz;
import io.github.rtmjava.tensor.Tensor;
import io.github.rtmjava.testing.SharedData;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class NmsTest {

  @Test
  void noTwoKeptBoxesOverlapAndEveryDroppedOneOverlapsABetter() {
    SplittableRandom random = new SplittableRandom(5);
    for (int round = 0; round < 200; round++) {
      List<Detection> all = random(random, 40);
      List<Detection> kept = Nms.suppress(all, 0.4f, 100);
      for (Detection a : all) {
        boolean suppressed =
            kept.stream()
                .anyMatch(
                    k ->
                        k.label() == a.label()
                            && k.score() >= a.score()
                            && !k.equals(a)
                            && k.box().iou(a.box()) > 0.4f);
        assertEquals(kept.contains(a), !suppressed);
      }
      for (int i = 1; i < kept.size(); i++) {
        assertTrue(kept.get(i - 1).score() >= kept.get(i).score());
      }
    }
  }

  @Test
  void theLimitKeepsTheBest() {
    List<Detection> all = random(new SplittableRandom(6), 60);
    List<Detection> kept = Nms.suppress(all, 0.5f, 100);
    assertEquals(kept.subList(0, 3), Nms.suppress(all, 0.5f, 3));
  }

  @Test
  void anIouEqualToTheThresholdIsKept() {
    Detection a = new Detection(new Box(0, 0, 2, 1), 0.9f, 0);
    Detection b = new Detection(new Box(1, 0, 3, 1), 0.8f, 0);
    assertEquals(2, Nms.suppress(List.of(a, b), a.box().iou(b.box()), 10).size());
  }

  @Test
  void boxesWithoutAreaOverlapNothing() {
    Box empty = new Box(1, 1, 1, 1);
    assertEquals(0, empty.iou(empty));
    assertEquals(0, new Box(0, 0, 1, 1).iou(new Box(5, 5, 6, 6)));
  }

  @Test
  void inclusiveBoxesOverlapByTheirCommonBorder() {
    Detection left = new Detection(new Box(0, 0, 4, 4), 0.9f, 0);
    Detection right = new Detection(new Box(4, 0, 8, 4), 0.8f, 0);
    assertEquals(List.of(left, right), Nms.suppress(List.of(left, right), 0, 9));
    assertEquals(List.of(left), suppressInclusive(List.of(left, right), 0.1f));
    assertEquals(List.of(left, right), suppressInclusive(List.of(left, right), 5 / 45f));
  }

  @Test
  void keepsWhatUpstreamKeeps() throws IOException {
    Map<String, Tensor> data = Npz.read(SharedData.path("oracle/prep/codec.npz"));
    List<Detection> all = new ArrayList<>();
    float[] boxes = floats(data, "nms_boxes");
    float[] scores = floats(data, "nms_scores");
    float[] labels = floats(data, "nms_labels");
    for (int i = 0; i < scores.length; i++) {
      all.add(
          new Detection(
              new Box(boxes[4 * i], boxes[4 * i + 1], boxes[4 * i + 2], boxes[4 * i + 3]),
              scores[i],
              0));
    }
    assertEquals(indices(floats(data, "nms_keep_0.6")), indices(all, Nms.suppress(all, 0.6f, 100)));
    assertEquals(indices(floats(data, "nms_keep_0.3")), indices(all, Nms.suppress(all, 0.3f, 100)));
    assertEquals(
        indices(floats(data, "nms_np_plus1_keep_0.3")), indices(all, suppressInclusive(all, 0.3f)));
    List<Detection> labelled = new ArrayList<>();
    for (int i = 0; i < scores.length; i++) {
      labelled.add(new Detection(all.get(i).box(), scores[i], (int) labels[i]));
    }
    List<Integer> kept = indices(floats(data, "batched_nms_keep"));
    float threshold = kept.size() == Nms.suppress(labelled, 0.3f, 100).size() ? 0.3f : 0.6f;
    assertEquals(kept, indices(labelled, Nms.suppress(labelled, threshold, 100)));
  }

  private static List<Detection> suppressInclusive(List<Detection> all, float threshold) {
    List<Detection> sorted = new ArrayList<>(all);
    sorted.sort(Comparator.comparingDouble(Detection::score).reversed());
    return Nms.suppress(
        sorted,
        (kept, other) -> kept.box().iouInclusive(other.box()) > threshold,
        Integer.MAX_VALUE);
  }

  private static float[] floats(Map<String, Tensor> data, String name) {
    return Objects.requireNonNull(data.get(name)).toFloats();
  }

  private static List<Integer> indices(float[] values) {
    List<Integer> out = new ArrayList<>();
    for (float value : values) {
      out.add((int) value);
    }
    return out;
  }

  private static List<Integer> indices(List<Detection> all, List<Detection> kept) {
    return kept.stream().map(all::indexOf).toList();
  }

  private static List<Detection> random(SplittableRandom random, int count) {
    List<Detection> out = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      float x = (float) random.nextDouble(10);
      float y = (float) random.nextDouble(10);
      out.add(
          new Detection(
              new Box(
                  x, y, x + 1 + (float) random.nextDouble(5), y + 1 + (float) random.nextDouble(5)),
              (float) random.nextDouble(),
              random.nextInt(2)));
    }
    return out;
  }
}
