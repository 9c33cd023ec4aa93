package io.github.rtmjava.architectures.internet;

import io.github.rtmjava.checkpoint.Checkpoint;
import io.github.rtmjava.checkpoint.CheckpointException;
import io.github.rtmjava.model.Architecture;
import io.github.rtmjava.model.Codec;
import io.github.rtmjava.model.InputSpec;
import io.github.rtmjava.model.ModelSpec;
import io.github.rtmjava.model.Parts;
import io.github.rtmjava.model.Recognition;
import io.github.rtmjava.model.Task;
import io.github.rtmjava.nn.Network;
import io.github.rtmjava.nn.NetworkBuilder;
import io.github.rtmjava.nn.Scope;
import io.github.rtmjava.nn.Value;
import io.github.rtmjava.nn.block.ResNet;
import io.github.rtmjava.nn.block.WeightShapes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * InterNet (arXiv:2008.09309; mmpose's {@code InternetHead}): a ResNet, a volume per keypoint of
 * the right and of the left hand, the depth between their wrists, and which of the hands there are.
 *
 * <p>Input {@code image} [N, 3, H, W]. Outputs, raw: {@code right_volumes} and {@code left_volumes}
 * [N, 21·depth, H / 4, W / 4], keypoint by keypoint; {@code root_depth} [N, bins]; {@code
 * hand_type} [N, 2], right before left.
 *
 * <p>The head's keys begin with {@code head.}, or with {@code keypoint_head.} in files from before
 * mmpose 1.0, which mmpose renames as it loads them; here a hyper-parameter remembers them.
 */
public final class InterNet implements Architecture {
  static final String NAME = "internet";

  private static final String HEAD = "head";
  private static final String OLD_HEAD = "keypoint_head";
  private static final String DATASET = "interhand3d";
  private static final int KEYPOINTS_OF_A_HAND = 21;

  /** No file tells what follows: it is what every configuration of upstream says. */
  private static final InputSpec INPUT = InputSpec.rgb(256, 256);

  private static final double METRES = 0.4;
  private static final double SCORE_BOUND = 255;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Recognition recognise(Checkpoint checkpoint) throws CheckpointException {
    String prefix = checkpoint.hasPrefix(OLD_HEAD + ".") ? OLD_HEAD : HEAD;
    boolean head =
        checkpoint.hasPrefix("%s.%s.".formatted(prefix, InterNetHead.RIGHT))
            && checkpoint.hasPrefix("%s.%s.".formatted(prefix, InterNetHead.LEFT));
    Optional<Recognition> incomplete =
        new Parts(NAME, List.of("backbone", prefix))
            .incomplete(checkpoint, ResNet.isIn(checkpoint), head);
    return incomplete.isPresent()
        ? incomplete.get()
        : new Recognition.Whole(spec(checkpoint, prefix));
  }

  private static ModelSpec spec(Checkpoint checkpoint, String prefix) throws CheckpointException {
    InterNetHead head =
        InterNetHead.of(new WeightShapes(checkpoint, "an %s network".formatted(NAME)), prefix);
    int maps = head.volumes().maps();
    if (maps % KEYPOINTS_OF_A_HAND != 0) {
      throw new CheckpointException(
          "%s: expected volumes of %s keypoints per hand, found %s maps"
              .formatted(checkpoint.source(), KEYPOINTS_OF_A_HAND, maps));
    }
    Map<String, Integer> hyper = new TreeMap<>();
    ResNet.of(checkpoint).putInto(hyper);
    head.putInto(hyper);
    hyper.put("keypoints", 2 * KEYPOINTS_OF_A_HAND);
    hyper.put(OLD_HEAD, prefix.equals(OLD_HEAD) ? 1 : 0);
    return new ModelSpec(
        NAME,
        Task.POSE_3D,
        INPUT,
        new Codec.HandVolumes(maps / KEYPOINTS_OF_A_HAND, METRES, METRES, SCORE_BOUND),
        List.of(DATASET),
        hyper);
  }

  @Override
  public Network build(ModelSpec spec) {
    InputSpec input = spec.input();
    NetworkBuilder builder =
        new NetworkBuilder("%s %sx%s".formatted(NAME, input.width(), input.height()));
    Value image = builder.input("image", 3, input.height(), input.width());
    Scope root = builder.scope("");
    List<Value> levels = ResNet.of(spec.hyperParameters()).apply(root.in("backbone"), image);
    Scope head = root.in(spec.hyper(OLD_HEAD) == 1 ? OLD_HEAD : HEAD);
    InterNetHead.of(spec).apply(builder, head, levels.get(levels.size() - 1));
    return builder.build();
  }
}
