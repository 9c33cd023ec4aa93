package io.github.rtmjava.nn.block;

import io.github.rtmjava.nn.Scope;
import io.github.rtmjava.nn.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * The path-aggregation neck (PAFPN) with CSP layers: features go down from coarse to fine, then up
 * again.
 *
 * @param block of the CSP layers
 * @param blocks in each CSP layer
 * @param out channels of every level after a last convolution; 0 for none: levels keep theirs
 * @param outKernel of that convolution: 3, or 1
 * @param separable whether 3×3 convolutions are separable
 * @param eps the batch norms' epsilon
 */
public record CspPafpn(
    CspLayer.Block block, int blocks, int out, int outKernel, boolean separable, double eps) {

  /** CSPNeXt's, of RTMDet and RTMW: mmdet's {@code CSPNeXtPAFPN}. */
  public static CspPafpn cspNext(int blocks, int out, boolean separable) {
    CspLayer.Block block = new CspNextBlock(false, separable);
    return new CspPafpn(block, blocks, out, 3, separable, ConvNormAct.EPS);
  }

  /** YOLOX's: mmdet's {@code YOLOXPAFPN}. */
  public static CspPafpn yolox(int blocks, int out, boolean separable, double eps) {
    CspLayer.Block block = new DarknetBottleneck(false, separable, eps);
    return new CspPafpn(block, blocks, out, 1, separable, eps);
  }

  /**
   * Adds the neck to a network.
   *
   * @param levels features from fine to coarse, each half as high and wide as the one before
   * @return as many levels, in that order
   */
  public List<Value> apply(Scope scope, List<Value> levels) {
    List<Value> down = new ArrayList<>(levels);
    int last = levels.size() - 1;
    for (int i = last; i > 0; i--) {
      int step = last - i;
      Value fine = levels.get(i - 1);
      int channels = fine.shape().dim(1);
      Value coarse = conv1(channels).apply(scope.in("reduce_layers").in(step), down.get(i));
      down.set(i, coarse);
      Value up = scope.upsample("upsample." + step, coarse, 2);
      Value joined = scope.concat("top_down_joined." + step, 1, up, fine);
      down.set(i - 1, layer(channels).apply(scope.in("top_down_blocks").in(step), joined));
    }
    List<Value> up = new ArrayList<>();
    up.add(down.get(0));
    for (int i = 0; i < last; i++) {
      Value fine = up.get(i);
      Value halved =
          SeparableConv.conv3(
              scope.in("downsamples").in(i), fine, fine.shape().dim(1), 2, separable, eps);
      Value joined = scope.concat("bottom_up_joined." + i, 1, halved, down.get(i + 1));
      int channels = levels.get(i + 1).shape().dim(1);
      up.add(layer(channels).apply(scope.in("bottom_up_blocks").in(i), joined));
    }
    if (out > 0) {
      for (int i = 0; i <= last; i++) {
        up.set(i, last(scope.in("out_convs").in(i), up.get(i)));
      }
    }
    return up;
  }

  private CspLayer layer(int channels) {
    return new CspLayer(channels, blocks, block, false, eps);
  }

  private Value last(Scope scope, Value level) {
    return outKernel == 1
        ? conv1(out).apply(scope, level)
        : SeparableConv.conv3(scope, level, out, 1, separable, eps);
  }

  private ConvNormAct conv1(int channels) {
    return ConvNormAct.silu(channels, 1, 1).withEps(eps);
  }
}
