package io.github.rtmjava.architectures.rtmdet;

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
import io.github.rtmjava.nn.block.CspNext;
import io.github.rtmjava.nn.block.CspPafpn;
import java.util.List;

/**
 * RTMDet (arXiv:2212.07784): CSPNeXt, PAFPN and a head with separate batch norms per level, for any
 * number of classes.
 *
 * <p>Input {@code image} [N, 3, H, W] with H and W multiples of 32. Outputs per level i (strides 8,
 * 16, 32) as {@code RTMDetSepBNHead} returns them: {@code cls<i>} [N, classes, H / stride, W /
 * stride] before the sigmoid, and {@code reg<i>} [N, 4, H / stride, W / stride], distances in input
 * pixels to the left, top, right and bottom.
 */
public final class RtmDet implements Architecture {
  static final String NAME = "rtmdet";

  /** Pixels between the points of each level. */
  public static final List<Integer> STRIDES = List.of(8, 16, 32);

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Recognition recognise(Checkpoint checkpoint) throws CheckpointException {
    return new RtmDetRecogniser(checkpoint).recognise();
  }

  @Override
  public Network build(ModelSpec spec) {
    InputSpec input = spec.input();
    if (input.width() % 32 != 0 || input.height() % 32 != 0) {
      throw new IllegalArgumentException(
          "RTMDet needs an input width and height that are multiples of 32, found %sx%s"
              .formatted(input.width(), input.height()));
    }
    boolean separable = spec.hyper("depthwise") == 1;
    NetworkBuilder builder =
        new NetworkBuilder("%s %sx%s".formatted(NAME, input.width(), input.height()));
    Value image = builder.input("image", 3, input.height(), input.width());
    Scope root = builder.scope("");
    List<Value> levels = CspNext.of(spec.hyperParameters()).apply(root.in("backbone"), image);
    levels =
        CspPafpn.cspNext(spec.hyper("neck_blocks"), spec.hyper("neck_out"), separable)
            .apply(root.in("neck"), levels);
    RtmDetHead head =
        new RtmDetHead(
            spec.hyper("classes"),
            spec.hyper("head_channels"),
            spec.hyper("stacked_convs"),
            spec.hyper("exp_on_reg") == 1,
            separable);
    head.apply(builder, root.in("bbox_head"), levels);
    return builder.build();
  }
}
