package io.github.rtmjava.architectures.yolox;

import io.github.rtmjava.checkpoint.Checkpoint;
import io.github.rtmjava.checkpoint.CheckpointException;
import io.github.rtmjava.model.Architecture;
import io.github.rtmjava.model.InputSpec;
import io.github.rtmjava.model.ModelSpec;
import io.github.rtmjava.model.Recognition;
import io.github.rtmjava.nn.Network;
import io.github.rtmjava.nn.NetworkBuilder;
import io.github.rtmjava.nn.Scope;
import io.github.rtmjava.nn.Value;
import io.github.rtmjava.nn.block.CspDarknet;
import io.github.rtmjava.nn.block.CspPafpn;
import java.util.List;

/**
 * YOLOX (arXiv:2107.08430) as mmdet has it: CSPDarknet, PAFPN and a head with towers of its own for
 * each level, for any number of classes.
 *
 * <p>Input {@code image} [N, 3, H, W] with H and W multiples of 32, levels of 0 to 255. Outputs per
 * level i (strides 8, 16, 32) as {@code YOLOXHead} returns them: {@code cls<i>} [N, classes, H /
 * stride, W / stride] and {@code obj<i>} [N, 1, …] before the sigmoid, and {@code reg<i>} [N, 4,
 * …], the centre from the cell's corner in strides, then logarithms of width and height in strides.
 */
public final class Yolox implements Architecture {
  static final String NAME = "yolox";

  /** Pixels between the points of each level. */
  public static final List<Integer> STRIDES = List.of(8, 16, 32);

  /** Of every batch norm. */
  static final double EPS = 1e-3;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Recognition recognise(Checkpoint checkpoint) throws CheckpointException {
    return new YoloxRecogniser(checkpoint).recognise();
  }

  @Override
  public Network build(ModelSpec spec) {
    InputSpec input = spec.input();
    if (input.width() % 32 != 0 || input.height() % 32 != 0) {
      throw new IllegalArgumentException(
          "YOLOX needs an input width and height that are multiples of 32, found %sx%s"
              .formatted(input.width(), input.height()));
    }
    NetworkBuilder builder =
        new NetworkBuilder("%s %sx%s".formatted(NAME, input.width(), input.height()));
    Value image = builder.input("image", 3, input.height(), input.width());
    Scope root = builder.scope("");
    CspDarknet backbone = CspDarknet.of(spec.hyperParameters());
    List<Value> levels = backbone.apply(root.in("backbone"), image);
    levels =
        CspPafpn.yolox(spec.hyper("neck_blocks"), spec.hyper("neck_out"), backbone.separable(), EPS)
            .apply(root.in("neck"), levels);
    YoloxHead.of(spec, backbone.separable()).apply(builder, root.in("bbox_head"), levels);
    return builder.build();
  }
}
