package io.github.rtmjava.samediff;

import io.github.rtmjava.model.BatchNorm;
import io.github.rtmjava.nn.Op;
import java.io.IOException;
import java.nio.FloatBuffer;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.enums.WeightsFormat;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Conv2DConfig;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.DeConv2DConfig;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.PaddingMode;

/**
 * Emits convolutions on NHWC activations. Dense kernels stay [out, in, h, w] as PyTorch stores
 * them; depthwise ones become [h, w, channels, 1], the only format that oneDNN takes there.
 */
final class ConvolutionEmitter {
  private final SameDiff graph;
  private final GraphWeights variables;
  private final FoldedNorms foldings;

  ConvolutionEmitter(SameDiff graph, GraphWeights variables, FoldedNorms foldings) {
    this.graph = graph;
    this.variables = variables;
    this.foldings = foldings;
  }

  SDVariable emit(String name, Op.Conv conv, Op.@Nullable Norm norm, SDVariable x)
      throws IOException {
    BatchNorm affine = norm == null ? null : BatchNorm.of(norm, variables.weights());
    String kernels = norm == null ? conv.weight() : foldings.foldedName(conv.weight(), conv, norm);
    SDVariable bias = bias(conv, norm, affine);
    if (conv.depthwise()) {
      return depthwise(name, conv, x, kernels(kernels, conv, affine), bias);
    }
    if (conv.groups() == 1) {
      return dense(name, conv, x, kernels(kernels, conv, affine), bias);
    }
    return grouped(name, conv, x, kernels, affine, bias);
  }

  private SDVariable kernels(String name, Op.Conv conv, @Nullable BatchNorm affine)
      throws IOException {
    int k = conv.kernel();
    return conv.depthwise()
        ? variables.get(
            name, to -> channelsInner(folded(conv, affine), conv.out(), to), k, k, conv.out(), 1)
        : variables.get(name, to -> fold(conv, affine, to), conv.out(), conv.in(), k, k);
  }

  private void fold(Op.Conv conv, @Nullable BatchNorm affine, FloatBuffer to) throws IOException {
    FloatBuffer kernels = variables.values(conv.weight());
    if (affine == null) {
      to.put(kernels);
    } else {
      affine.foldKernels(kernels, to);
    }
  }

  private float[] folded(Op.Conv conv, @Nullable BatchNorm affine) throws IOException {
    int inEach = conv.in() / conv.groups();
    float[] kernels = new float[conv.out() * inEach * conv.kernel() * conv.kernel()];
    fold(conv, affine, FloatBuffer.wrap(kernels));
    return kernels;
  }

  /** [channels, pixels] to [pixels, channels]. */
  private static void channelsInner(float[] kernels, int channels, FloatBuffer to) {
    int pixels = kernels.length / channels;
    for (int p = 0; p < pixels; p++) {
      for (int c = 0; c < channels; c++) {
        to.put(kernels[c * pixels + p]);
      }
    }
  }

  private @Nullable SDVariable bias(
      Op.Conv conv, Op.@Nullable Norm norm, @Nullable BatchNorm affine) throws IOException {
    if (norm == null || affine == null) {
      return conv.bias() == null ? null : variables.get(conv.bias(), conv.out());
    }
    return variables.get(
        foldings.foldedName(norm.bias(), conv, norm),
        to -> affine.foldBias(conv.bias() == null ? null : variables.values(conv.bias()), to),
        conv.out());
  }

  private SDVariable dense(
      String name, Op.Conv conv, SDVariable x, SDVariable kernels, @Nullable SDVariable bias) {
    Conv2DConfig config = config(conv, WeightsFormat.OIYX);
    return bias == null
        ? graph.cnn().conv2d(name, x, kernels, config)
        : graph.cnn().conv2d(name, x, kernels, bias, config);
  }

  private SDVariable depthwise(
      String name, Op.Conv conv, SDVariable x, SDVariable kernels, @Nullable SDVariable bias) {
    Conv2DConfig config = config(conv, WeightsFormat.YXIO);
    return bias == null
        ? graph.cnn().depthWiseConv2d(name, x, kernels, config)
        : graph.cnn().depthWiseConv2d(name, x, kernels, bias, config);
  }

  /** Kernels become [h, w, out, in], the only format that SameDiff takes there. */
  SDVariable transposed(String name, Op.ConvTranspose conv, SDVariable x) throws IOException {
    int k = conv.kernel();
    SDVariable kernels =
        variables.get(
            conv.weight(),
            to -> {
              FloatBuffer given = variables.values(conv.weight());
              for (int tap = 0; tap < k * k; tap++) {
                for (int out = 0; out < conv.out(); out++) {
                  for (int in = 0; in < conv.in(); in++) {
                    to.put(given.get((in * conv.out() + out) * k * k + tap));
                  }
                }
              }
            },
            k,
            k,
            conv.out(),
            conv.in());
    DeConv2DConfig config =
        DeConv2DConfig.builder()
            .kH(k)
            .kW(k)
            .sH(conv.stride())
            .sW(conv.stride())
            .pH(conv.padding())
            .pW(conv.padding())
            .dH(1)
            .dW(1)
            .isSameMode(false)
            .dataFormat("NHWC")
            .build();
    if (conv.bias() == null) {
      return graph.cnn().deconv2d(name, x, kernels, config);
    }
    SDVariable bias = variables.get(conv.bias(), conv.out());
    return graph.cnn().deconv2d(name, x, kernels, bias, config);
  }

  /** SameDiff has no groups: one convolution for each, side by side. */
  private SDVariable grouped(
      String name,
      Op.Conv conv,
      SDVariable x,
      String kernels,
      @Nullable BatchNorm affine,
      @Nullable SDVariable bias)
      throws IOException {
    int in = conv.in() / conv.groups();
    int out = conv.out() / conv.groups();
    int k = conv.kernel();
    SDVariable[] parts = new SDVariable[conv.groups()];
    for (int g = 0; g < parts.length; g++) {
      int first = g * out * in * k * k;
      int end = first + out * in * k * k;
      SDVariable part =
          graph.slice(name + "/in" + g, x, new int[] {0, 0, 0, g * in}, -1, -1, -1, in);
      SDVariable own =
          variables.get(
              kernels + "#" + g,
              to -> to.put(folded(conv, affine), first, end - first),
              out,
              in,
              k,
              k);
      parts[g] = graph.cnn().conv2d(name + "/out" + g, part, own, config(conv, WeightsFormat.OIYX));
    }
    SDVariable joined = graph.concat(bias == null ? name : name + "/joined", 3, parts);
    return bias == null ? joined : joined.add(name, bias);
  }

  private static Conv2DConfig config(Op.Conv conv, WeightsFormat format) {
    return Conv2DConfig.builder()
        .kH(conv.kernel())
        .kW(conv.kernel())
        .sH(conv.stride())
        .sW(conv.stride())
        .pH(conv.padding())
        .pW(conv.padding())
        .dH(1)
        .dW(1)
        .paddingMode(PaddingMode.VALID)
        .dataFormat("NHWC")
        .weightsFormat(format)
        .build();
  }
}
