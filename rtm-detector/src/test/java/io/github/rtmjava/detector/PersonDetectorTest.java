package io.github.rtmjava.detector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.architectures.rtmdet.RandomRtmDet;
import io.github.rtmjava.engine.BatchLimits;
import io.github.rtmjava.engine.CompiledModel;
import io.github.rtmjava.engine.Deadline;
import io.github.rtmjava.engine.Engine;
import io.github.rtmjava.engine.EngineOptions;
import io.github.rtmjava.engine.EngineProbe;
import io.github.rtmjava.engine.Runners;
import io.github.rtmjava.engine.Session;
import io.github.rtmjava.geometry.Detection;
import io.github.rtmjava.image.Image;
import io.github.rtmjava.model.InputSpec;
import io.github.rtmjava.model.MapWeights;
import io.github.rtmjava.model.Model;
import io.github.rtmjava.model.ModelSpec;
import io.github.rtmjava.model.Provenance;
import io.github.rtmjava.model.Weights;
import io.github.rtmjava.nn.Network;
import io.github.rtmjava.tensor.DType;
import io.github.rtmjava.tensor.Tensor;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** With an engine that finds one person in each bright picture. */
@Timeout(120)
class PersonDetectorTest {
  private static final Image DARK = picture((byte) 10);
  private static final Image BRIGHT = picture((byte) 250);

  private final List<Integer> batches = new ArrayList<>();

  @Test
  void anyNumberOfPicturesGoesThroughInBatchesOfBoundedSize() throws IOException {
    List<Image> pictures = new ArrayList<>();
    for (int i = 0; i < 437; i++) {
      pictures.add(i % 3 == 0 ? BRIGHT : DARK);
    }
    try (PersonDetector detector = detector(640)) {
      List<List<Detection>> found = detector.detect(pictures);
      assertEquals(437, found.size());
      for (int i = 0; i < 437; i++) {
        assertEquals(i % 3 == 0 ? 1 : 0, found.get(i).size(), "picture " + i);
      }
    }
    assertEquals(437, batches.stream().mapToInt(size -> size).sum());
    assertTrue(batches.stream().allMatch(size -> size <= 16), batches.toString());
  }

  @Test
  void noPictureGivesNothing() throws IOException {
    try (PersonDetector detector = detector(64)) {
      assertEquals(List.of(), detector.detect(List.of()));
    }
    assertEquals(List.of(), batches);
  }

  @Test
  void batchesAreNoLargerThanTheRunnersMost() throws IOException {
    BatchLimits limits = new BatchLimits(4, Duration.ZERO, /* sessions= */ 1, /* queue= */ 4);
    Runners runners = new Runners(new BrightEngine(batches), EngineOptions.DEFAULT, limits);
    try (PersonDetector detector = PersonDetector.of(model(64), runners, List.of("0"))) {
      List<Image> pictures = Collections.nCopies(10, BRIGHT);
      List<List<Detection>> found = detector.submit(pictures, Deadline.NONE).join();
      assertEquals(Collections.nCopies(10, 1), found.stream().map(List::size).toList());
    }
    assertEquals(List.of(4, 4, 2), batches);
  }

  private PersonDetector detector(int side) throws IOException {
    return PersonDetector.of(
        model(side), new BrightEngine(batches), EngineOptions.DEFAULT, List.of("0"));
  }

  private static Model model(int side) {
    ModelSpec spec =
        RandomRtmDet.random(new SplittableRandom(1)).withInput(InputSpec.bgr(side, side));
    return new Model("made", spec, new MapWeights(Map.of()), new Provenance("", "", "", ""));
  }

  private static Image picture(byte value) {
    byte[] bgr = new byte[12 * 12 * 3];
    Arrays.fill(bgr, value);
    return Image.ofBgr(12, 12, bgr);
  }

  private record BrightEngine(List<Integer> batches) implements Engine {
    @Override
    public String name() {
      return "bright";
    }

    @Override
    public EngineProbe probe() {
      throw new UnsupportedOperationException();
    }

    @Override
    public CompiledModel compile(Network network, Weights weights, EngineOptions options) {
      return new BrightModel(network, batches);
    }
  }

  private record BrightModel(Network network, List<Integer> batches)
      implements CompiledModel, Session {
    @Override
    public String description() {
      return "bright";
    }

    @Override
    public Session newSession() {
      return this;
    }

    @Override
    public Map<String, Tensor> run(Map<String, Tensor> inputs) {
      Tensor image = inputs.values().iterator().next();
      int batch = image.shape().dim(0);
      batches.add(batch);
      Map<String, Tensor> outputs = new LinkedHashMap<>();
      network
          .outputs()
          .forEach(
              (name, value) ->
                  outputs.put(name, Tensor.onHeap(DType.FLOAT32, value.shape().withBatch(batch))));
      outputs.forEach(
          (name, tensor) -> {
            if (name.startsWith("cls")) {
              scores(name.equals("cls0"), image.floats(), tensor.floats(), batch);
            } else {
              FloatBuffer sides = tensor.floats();
              while (sides.hasRemaining()) {
                sides.put(2);
              }
            }
          });
      return outputs;
    }

    /** The first class in the first cell of bright pictures, nothing in all others. */
    private static void scores(boolean first, FloatBuffer pixels, FloatBuffer scores, int batch) {
      int each = scores.capacity() / batch;
      int size = pixels.capacity() / batch;
      for (int i = 0; i < scores.capacity(); i++) {
        boolean found = first && i % each == 0 && pixels.get(i / each * size) > 0;
        scores.put(i, found ? 3 : -20);
      }
    }

    @Override
    public void close() {}
  }
}
