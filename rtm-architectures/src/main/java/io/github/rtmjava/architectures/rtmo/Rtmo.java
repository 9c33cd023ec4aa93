package io.github.rtmjava.architectures.rtmo;

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
import io.github.rtmjava.nn.block.HybridEncoder;
import java.util.List;
import java.util.Map;

/**
 * RTMO (arXiv:2312.07526), for any number of keypoints: CSPDarknet, a hybrid encoder, a head that
 * finds people and a vector of each one's pose, and the dynamic coordinate classifier (DCC), which
 * turns that vector into keypoints.
 *
 * <p>The first network: input {@code image} [N, 3, H, W] with H and W multiples of 32. Outputs per
 * level i (strides 16 and 32) as {@code RTMOHeadModule} returns them: {@code cls<i>} [N, 1, H /
 * stride, W / stride] before the sigmoid; {@code bbox<i>} [N, 4, …], the centre from the cell's in
 * strides, then logarithms of width and height in strides; {@code kptvis<i>} [N, K, …] before the
 * sigmoid; {@code pose<i>} [N, C, …].
 *
 * <p>The further network {@value #DCC}, for N people: inputs {@code pose} [N, C], {@code x_enc} [N,
 * X, E] and {@code y_enc} [N, Y, E], the sine encodings of the bins; outputs {@code x_hms} [N, K,
 * X] and {@code y_hms} [N, K, Y], heatmaps before the softmax.
 */
public final class Rtmo implements Architecture {
  static final String NAME = "rtmo";

  /** Name of the further network. */
  public static final String DCC = "dcc";

  /** Layers and constants of training, and what is computed here. */
  private static final List<String> UNREAD =
      List.of(
          "head.head_module.out_kpt_reg.",
          "head.dcc.sigma_fc.",
          "head.dcc.x_bins",
          "head.dcc.y_bins",
          "head.dcc.spe.dim_t",
          "head.loss_oks.sigmas",
          "neck.sincos_pos_enc.dim_t");

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Recognition recognise(Checkpoint checkpoint) throws CheckpointException {
    return new RtmoRecogniser(checkpoint).recognise();
  }

  @Override
  public Network build(ModelSpec spec) {
    InputSpec input = spec.input();
    if (input.width() % 32 != 0 || input.height() % 32 != 0) {
      throw new IllegalArgumentException(
          "RTMO needs an input width and height that are multiples of 32, found %sx%s"
              .formatted(input.width(), input.height()));
    }
    NetworkBuilder builder =
        new NetworkBuilder("%s %sx%s".formatted(NAME, input.width(), input.height()));
    Value image = builder.input("image", 3, input.height(), input.width());
    Scope root = builder.scope("");
    List<Value> levels = CspDarknet.of(spec.hyperParameters()).apply(root.in("backbone"), image);
    levels = HybridEncoder.of(spec.hyperParameters()).apply(root.in("neck"), levels);
    RtmoHead.of(spec).apply(builder, root.in("head.head_module"), levels);
    return builder.build();
  }

  @Override
  public Map<String, Network> buildFurther(ModelSpec spec) {
    return Map.of(DCC, DccNetwork.of(spec).build());
  }

  @Override
  public boolean leavesUnread(String key) {
    return UNREAD.stream().anyMatch(key::startsWith);
  }
}
