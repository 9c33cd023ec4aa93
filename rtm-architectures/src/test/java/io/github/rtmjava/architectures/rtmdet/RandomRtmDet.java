package io.github.rtmjava.architectures.rtmdet;

import io.github.rtmjava.model.Codec;
import io.github.rtmjava.model.InputSpec;
import io.github.rtmjava.model.ModelSpec;
import io.github.rtmjava.model.Task;
import io.github.rtmjava.nn.block.CspNext;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Specifications of small detectors, made up. */
public final class RandomRtmDet {
  private RandomRtmDet() {}

  /** A detector of one to three classes. */
  public static ModelSpec random(SplittableRandom random) {
    return spec(random, 1 + random.nextInt(3), 4 * (1 + random.nextInt(4)));
  }

  static ModelSpec spec(SplittableRandom random, int classes, int headChannels) {
    boolean separable = random.nextBoolean();
    int width = 2 + 2 * random.nextInt(3);
    Map<String, Integer> hyper = new TreeMap<>();
    new CspNext(
            width,
            List.of(2 * width, 4 * width, 8 * width, 16 * width, 32 * width),
            List.of(1 + random.nextInt(2), 1, 1 + random.nextInt(3), 1),
            separable,
            random.nextBoolean())
        .putInto(hyper);
    hyper.put("neck_blocks", 1 + random.nextInt(2));
    hyper.put("neck_out", headChannels);
    hyper.put("classes", classes);
    hyper.put("head_channels", headChannels);
    hyper.put("stacked_convs", 1 + random.nextInt(2));
    // All made-up weights are zero, so the kernels of all levels are equal where they are plain.
    hyper.put("share_conv", separable ? 0 : 1);
    hyper.put("exp_on_reg", headChannels >= 192 ? 1 : 0);
    int size = separable ? 320 : 640;
    return new ModelSpec(
        "rtmdet",
        Task.DETECTION,
        InputSpec.bgr(size, size),
        new Codec.Boxes(0.05f, 1000, 0.6f, 100, 0.3f),
        classes == 1 ? List.of("person") : names(classes),
        hyper);
  }

  static List<String> names(int count) {
    return IntStream.range(0, count).mapToObj(i -> "thing" + i).toList();
  }
}
