package io.github.rtmjava.compiler;

import io.github.rtmjava.nn.Op.Activation.Function;
import io.github.rtmjava.tensor.DType;
import io.github.rtmjava.tensor.Tensor;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Runs a layout in the plainest way there is: element by element, in float64, in its arena. */
final class PlainRun {
  private final MemoryPlan plan;
  private final Arena arena;
  private final double[] memory;
  private final int images;
  private final Map<String, float[]> weights = new HashMap<>();

  private PlainRun(MemoryPlan plan, int images) {
    this.plan = plan;
    this.images = images;
    arena = Arena.of(plan.buffers(), images);
    memory = new double[(int) (arena.bytes() / DType.FLOAT32.bytes())];
    Arrays.fill(memory, Double.NaN); // what nobody has written shows in the result
  }

  /** One value of one image. */
  private record Area(double[] memory, int start, int pitch, Slot slot) {
    double at(int pixel, int channel) {
      return memory[start + pixel * pitch + channel];
    }

    double at(int y, int x, int channel) {
      return at(y * slot.width() + x, channel);
    }

    boolean holds(int y, int x) {
      return y >= 0 && y < slot.height() && x >= 0 && x < slot.width();
    }
  }

  /** The outputs, as rows of elements. */
  static Map<String, float[]> run(MemoryPlan plan, Map<String, Tensor> inputs) throws IOException {
    int images = inputs.values().iterator().next().shape().dim(0);
    return new PlainRun(plan, images).run(inputs);
  }

  private Map<String, float[]> run(Map<String, Tensor> inputs) throws IOException {
    Program program = plan.program();
    for (Step step : program.steps()) {
      for (String key : keys(step.kernel())) {
        weights.put(key, program.weights().get(key).toFloats());
      }
    }
    program
        .inputs()
        .forEach(
            (name, slot) -> {
              float[] given = Objects.requireNonNull(inputs.get(name)).toFloats();
              for (int i = 0; i < given.length; i++) {
                memory[area(slot, 0).start + i] = given[i];
              }
            });
    for (Step step : program.steps()) {
      for (int image = 0; image < images; image++) {
        run(step, image);
      }
    }
    Map<String, float[]> outputs = new LinkedHashMap<>();
    program
        .outputs()
        .forEach(
            (name, slot) -> {
              float[] out = new float[(int) slot.elements() * images];
              for (int i = 0; i < out.length; i++) {
                out[i] = (float) memory[area(slot, 0).start + i];
              }
              outputs.put(name, out);
            });
    return outputs;
  }

  private static List<String> keys(Kernel kernel) {
    if (kernel instanceof Kernel.Convolution conv) {
      return conv.bias() == null ? List.of(conv.weight()) : List.of(conv.weight(), conv.bias());
    } else if (kernel instanceof Kernel.TransposedConvolution conv) {
      return conv.bias() == null ? List.of(conv.weight()) : List.of(conv.weight(), conv.bias());
    } else if (kernel instanceof Kernel.LayerNorm norm) {
      return List.of(norm.weight(), norm.bias());
    } else if (kernel instanceof Kernel.CombineConstant combine) {
      return List.of(combine.weight());
    } else if (kernel instanceof Kernel.ScaleNorm norm) {
      return List.of(norm.g());
    }
    return List.of();
  }

  private Area area(Slot slot, int image) {
    Placement placement = plan.placement(slot);
    int start = (int) (arena.offsets().get(placement.buffer()) / DType.FLOAT32.bytes());
    return new Area(
        memory,
        start + image * slot.pixels() * placement.pitch() + placement.channel(),
        placement.pitch(),
        slot);
  }

  private void run(Step step, int image) {
    List<Area> in = step.inputs().stream().map(slot -> area(slot, image)).toList();
    Area out = area(step.output(), image);
    int channels = step.output().channels();
    double[] made = new double[(int) step.output().elements()];
    for (int i = 0; i < made.length; i++) {
      made[i] = element(step, in, i / channels, i % channels);
      for (PostOp post : step.post()) {
        made[i] = post(post, made[i], in.get(in.size() - 1), i / channels, i % channels);
      }
    }
    for (int i = 0; i < made.length; i++) {
      memory[out.start + i / channels * out.pitch + i % channels] = made[i];
    }
  }

  private static double post(PostOp post, double x, Area last, int pixel, int channel) {
    if (post instanceof PostOp.Apply apply) {
      return apply(apply.function(), x);
    } else if (post instanceof PostOp.Times times) {
      return x * times.factor();
    } else if (post instanceof PostOp.Square) {
      return x * x;
    }
    return x + last.at(pixel, channel);
  }

  private static double apply(Function function, double x) {
    return switch (function) {
      case SILU -> x / (1 + Math.exp(-x));
      case RELU -> Math.max(x, 0);
      case SIGMOID -> 1 / (1 + Math.exp(-x));
      case HARD_SIGMOID -> Math.min(Math.max(x + 3, 0), 6) / 6;
      case EXP -> Math.exp(x);
      case GELU -> gelu(x);
    };
  }

  /** By the series of the normal distribution's integral. */
  private static double gelu(double x) {
    double sum = x;
    double term = x;
    for (int n = 3; Math.abs(term) > 1e-17 * Math.abs(sum); n += 2) {
      term *= x * x / n;
      sum += term;
    }
    double below = 0.5 + sum * Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
    return Math.abs(x) > 8 ? Math.max(x, 0) : x * below;
  }

  /** One element of what the step's kernel computes. */
  private double element(Step step, List<Area> in, int pixel, int channel) {
    Kernel kernel = step.kernel();
    Area a = in.get(0);
    int y = pixel / step.output().width();
    int x = pixel % step.output().width();
    if (kernel instanceof Kernel.Convolution conv) {
      return convolution(conv, a, y, x, channel);
    } else if (kernel instanceof Kernel.TransposedConvolution conv) {
      return transposed(conv, a, y, x, channel);
    } else if (kernel instanceof Kernel.LayerNorm norm) {
      double[] row = row(a, pixel);
      double mean = Arrays.stream(row).average().orElseThrow();
      double variance =
          Arrays.stream(row).map(v -> (v - mean) * (v - mean)).average().orElseThrow();
      return (row[channel] - mean)
              / Math.sqrt(variance + norm.eps())
              * weight(norm.weight())[channel]
          + weight(norm.bias())[channel];
    } else if (kernel instanceof Kernel.Softmax) {
      double[] row = row(a, pixel);
      double max = Arrays.stream(row).max().orElseThrow();
      return Math.exp(row[channel] - max) / Arrays.stream(row).map(v -> Math.exp(v - max)).sum();
    } else if (kernel instanceof Kernel.Focus) {
      int phase = channel / a.slot.channels();
      return a.at(2 * y + phase % 2, 2 * x + phase / 2, channel % a.slot.channels());
    } else if (kernel instanceof Kernel.Product product) {
      double sum = 0;
      for (int i = 0; i < a.slot.channels(); i++) {
        Area b = in.get(1);
        sum += a.at(pixel, i) * (product.transposeB() ? b.at(channel, i) : b.at(i, channel));
      }
      return sum;
    } else if (kernel instanceof Kernel.MaxPool pool) {
      return maximum(pool, a, y, x, channel);
    } else if (kernel instanceof Kernel.Mean) {
      double sum = 0;
      for (int i = 0; i < a.slot.pixels(); i++) {
        sum += a.at(i, channel);
      }
      return sum / a.slot.pixels();
    } else if (kernel instanceof Kernel.Combine combine) {
      Area b = in.get(1);
      return combine(
          combine.arithmetic(), a.at(pixel, channel), b.at(pixel % b.slot.pixels(), channel));
    } else if (kernel instanceof Kernel.CombineConstant combine) {
      float[] constant = weight(combine.weight());
      return combine(
          combine.arithmetic(),
          a.at(pixel, channel),
          constant[(pixel * a.slot.channels() + channel) % constant.length]);
    } else if (kernel instanceof Kernel.ScaleNorm norm) {
      double squares = 0;
      for (int i = 0; i < a.slot.channels(); i++) {
        squares += a.at(pixel, i) * a.at(pixel, i);
      }
      double size = Math.sqrt(squares / a.slot.channels());
      return a.at(pixel, channel) / Math.max(size, norm.eps()) * weight(norm.g())[0];
    } else if (kernel instanceof Kernel.Upsample up) {
      return a.at(y / up.factor(), x / up.factor(), channel);
    } else if (kernel instanceof Kernel.PixelShuffle shuffle) {
      int f = shuffle.factor();
      return a.at(y / f, x / f, (channel * f + y % f) * f + x % f);
    } else if (kernel instanceof Kernel.Join) {
      return joined(in, pixel, channel);
    } else if (kernel instanceof Kernel.Window window) {
      return a.at(pixel, window.from() + channel);
    } else if (kernel instanceof Kernel.Load load && load.planes()) {
      return memory[a.start + channel * a.slot.pixels() + pixel];
    } else if (kernel instanceof Kernel.Transpose) {
      return a.at(channel, pixel);
    } else if (kernel instanceof Kernel.Reshape) {
      int element = pixel * step.output().channels() + channel;
      return a.at(element / a.slot.channels(), element % a.slot.channels());
    }
    return a.at(pixel, channel);
  }

  private double convolution(Kernel.Convolution conv, Area in, int y, int x, int channel) {
    int k = conv.kernel();
    int group = conv.in() / conv.groups();
    int first = channel / (conv.out() / conv.groups()) * group;
    float[] kernels = weight(conv.weight());
    double sum = conv.bias() == null ? 0 : weight(conv.bias())[channel];
    for (int i = 0; i < group * k * k; i++) {
      int yy = y * conv.stride() - conv.padding() + i / k % k;
      int xx = x * conv.stride() - conv.padding() + i % k;
      if (in.holds(yy, xx)) {
        sum += kernels[channel * group * k * k + i] * in.at(yy, xx, first + i / (k * k));
      }
    }
    return sum;
  }

  private double transposed(Kernel.TransposedConvolution conv, Area in, int y, int x, int channel) {
    int k = conv.kernel();
    float[] kernels = weight(conv.weight());
    double sum = conv.bias() == null ? 0 : weight(conv.bias())[channel];
    for (int i = 0; i < conv.in() * k * k; i++) {
      int yy = y + conv.padding() - i / k % k;
      int xx = x + conv.padding() - i % k;
      boolean there = yy % conv.stride() == 0 && xx % conv.stride() == 0;
      if (there && in.holds(yy / conv.stride(), xx / conv.stride()) && yy >= 0 && xx >= 0) {
        int weight = (i / (k * k) * conv.out() + channel) * k * k + i % (k * k);
        sum += kernels[weight] * in.at(yy / conv.stride(), xx / conv.stride(), i / (k * k));
      }
    }
    return sum;
  }

  private static double[] row(Area in, int pixel) {
    double[] row = new double[in.slot.channels()];
    Arrays.setAll(row, channel -> in.at(pixel, channel));
    return row;
  }

  private static double maximum(Kernel.MaxPool pool, Area in, int y, int x, int channel) {
    double best = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < pool.kernel() * pool.kernel(); i++) {
      int yy = y * pool.stride() - pool.padding() + i / pool.kernel();
      int xx = x * pool.stride() - pool.padding() + i % pool.kernel();
      if (in.holds(yy, xx)) {
        best = Math.max(best, in.at(yy, xx, channel));
      }
    }
    return best;
  }

  private static double joined(List<Area> parts, int pixel, int channel) {
    int at = channel;
    for (Area part : parts) {
      if (at < part.slot.channels()) {
        return part.at(pixel, at);
      }
      at -= part.slot.channels();
    }
    throw new AssertionError("a joined map has as many channels as its parts");
  }

  private static double combine(Kernel.Arithmetic arithmetic, double a, double b) {
    return arithmetic == Kernel.Arithmetic.ADD ? a + b : a * b;
  }

  private float[] weight(String key) {
    return Objects.requireNonNull(weights.get(key), key);
  }
}
