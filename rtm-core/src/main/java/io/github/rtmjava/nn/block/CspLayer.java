package io.github.rtmjava.nn.block;

import io.github.rtmjava.nn.Scope;
import io.github.rtmjava.nn.Value;

/**
 * A cross-stage-partial layer: half of the channels go through the blocks, half pass by, both are
 * joined (blocks first), weighted where there is attention, and mixed.
 *
 * @param out channels
 * @param blocks number of blocks
 * @param block what each of them is
 * @param attention whether there is channel attention
 * @param eps epsilon of the layer's own batch norms
 */
public record CspLayer(int out, int blocks, Block block, boolean attention, double eps) {

  /** A part of a network that keeps the shape. */
  public interface Block {
    Value apply(Scope scope, Value x);
  }

  /** A layer of CSPNeXt's blocks. */
  public CspLayer(int out, int blocks, CspNextBlock block, boolean attention) {
    this(out, blocks, block, attention, ConvNormAct.EPS);
  }

  public Value apply(Scope scope, Value x) {
    ConvNormAct half = ConvNormAct.silu(out / 2, 1, 1).withEps(eps);
    Value shortcut = half.apply(scope.in("short_conv"), x);
    Value main = half.apply(scope.in("main_conv"), x);
    for (int i = 0; i < blocks; i++) {
      main = block.apply(scope.in("blocks").in(i), main);
    }
    Value joined = scope.concat("joined", 1, main, shortcut);
    if (attention) {
      joined = new ChannelAttention().apply(scope.in("attention"), joined);
    }
    return ConvNormAct.silu(out, 1, 1).withEps(eps).apply(scope.in("final_conv"), joined);
  }
}
