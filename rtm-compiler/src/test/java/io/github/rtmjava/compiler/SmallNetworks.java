package io.github.rtmjava.compiler;

import io.github.rtmjava.model.Architectures;
import io.github.rtmjava.model.Codec;
import io.github.rtmjava.model.InputSpec;
import io.github.rtmjava.model.ModelSpec;
import io.github.rtmjava.model.Task;
import io.github.rtmjava.nn.Network;
import io.github.rtmjava.nn.block.CspNext;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The architectures as they are, with few channels. */
final class SmallNetworks {
  private static final int WIDTH = 32;
  private static final int HEIGHT = 64;

  private SmallNetworks() {}

  static Stream<Network> all() {
    return Stream.of(true, false)
        .flatMap(
            separable ->
                Stream.of(
                    detector(separable),
                    pose("rtmpose", separable),
                    pose("rtmw", separable),
                    pose("rtmw3d", separable)));
  }

  static Network detector(boolean separable) {
    Map<String, Integer> hyper = backbone(separable);
    hyper.put("neck_blocks", 2);
    hyper.put("neck_out", 8);
    hyper.put("classes", 2);
    hyper.put("head_channels", 8);
    hyper.put("stacked_convs", 2);
    hyper.put("share_conv", separable ? 0 : 1);
    hyper.put("exp_on_reg", 1);
    return build(
        "rtmdet",
        Task.DETECTION,
        InputSpec.bgr(WIDTH, HEIGHT),
        new Codec.Boxes(0.05f, 1000, 0.6f, 100, 0.3f),
        List.of("person", "hand"),
        hyper);
  }

  static Network pose(String architecture, boolean separable) {
    boolean deep = architecture.equals("rtmw3d");
    Map<String, Integer> hyper = backbone(separable);
    hyper.put("keypoints", 12);
    hyper.put("final_kernel", 3);
    hyper.put("features", 8);
    hyper.put("neck_blocks", 2);
    hyper.put("decoder_kernel", 3);
    hyper.put("coarse_features", 4);
    hyper.put("fine_features", 4);
    hyper.put("gau_expansion", 8);
    hyper.put("gau_features", 4);
    hyper.put("bins_x", 2 * WIDTH);
    hyper.put("bins_y", 2 * HEIGHT);
    hyper.put("bins_z", 2 * WIDTH);
    return build(
        architecture,
        deep ? Task.POSE_3D : Task.POSE_2D,
        InputSpec.rgb(WIDTH, HEIGHT),
        deep ? new Codec.Simcc(2, WIDTH, 2, 5) : new Codec.Simcc(2, 0, 0, 0),
        List.of("keypoints_12"),
        hyper);
  }

  private static Map<String, Integer> backbone(boolean separable) {
    Map<String, Integer> hyper = new TreeMap<>();
    new CspNext(4, List.of(8, 16, 32, 64, 128), List.of(1, 2, 2, 1), separable, true)
        .putInto(hyper);
    return hyper;
  }

  private static Network build(
      String architecture,
      Task task,
      InputSpec input,
      Codec codec,
      List<String> labels,
      Map<String, Integer> hyper) {
    return Architectures.named(architecture)
        .build(new ModelSpec(architecture, task, input, codec, labels, hyper));
  }
}
