package io.github.rtmjava.compiler;

import io.github.rtmjava.nn.Op.Activation.Function;
import io.github.rtmjava.tensor.DType;
import io.github.rtmjava.tensor.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
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
    memory = new double[(int) arena.bytes()]; // one for each byte, as the narrowest type has it
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
    program
        .inputs()
        .forEach(
            (name, slot) -> {
              float[] given = floats(Objects.requireNonNull(inputs.get(name)));
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

  private static float[] floats(Tensor tensor) {
    if (tensor.dtype() != DType.UINT8) {
      return tensor.toFloats();
    }
    ByteBuffer bytes = tensor.bytes();
    float[] floats = new float[bytes.remaining()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = Byte.toUnsignedInt(bytes.get(i));
    }
    return floats;
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
      made[i] = step.accept(new Element(in, i / channels, i % channels));
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

  /** One element of what a step's kernel computes. */
  private final class Element implements KernelVisitor<Double> {
    private final List<Area> in;
    private final Area a;
    private final int pixel;
    private final int channel;

    Element(List<Area> in, int pixel, int channel) {
      this.in = in;
      this.a = in.get(0);
      this.pixel = pixel;
      this.channel = channel;
    }

    @Override
    public Double convolution(Step step, Kernel.Convolution kernel) {
      return convolve(kernel, a, y(step), x(step), channel);
    }

    @Override
    public Double transposedConvolution(Step step, Kernel.TransposedConvolution kernel) {
      return transposed(kernel, a, y(step), x(step), channel);
    }

    @Override
    public Double layerNorm(Step step, Kernel.LayerNorm kernel) {
      double[] row = row(a, pixel);
      double mean = Arrays.stream(row).average().orElseThrow();
      double variance =
          Arrays.stream(row).map(v -> (v - mean) * (v - mean)).average().orElseThrow();
      return (row[channel] - mean)
              / Math.sqrt(variance + kernel.eps())
              * weight(kernel.weight())[channel]
          + weight(kernel.bias())[channel];
    }

    @Override
    public Double softmax(Step step, Kernel.Softmax kernel) {
      double[] row = row(a, pixel);
      double max = Arrays.stream(row).max().orElseThrow();
      return Math.exp(row[channel] - max) / Arrays.stream(row).map(v -> Math.exp(v - max)).sum();
    }

    @Override
    public Double focus(Step step, Kernel.Focus kernel) {
      int phase = channel / a.slot.channels();
      return a.at(2 * y(step) + phase % 2, 2 * x(step) + phase / 2, channel % a.slot.channels());
    }

    @Override
    public Double product(Step step, Kernel.Product kernel) {
      Area b = in.get(1);
      double sum = 0;
      for (int i = 0; i < a.slot.channels(); i++) {
        sum += a.at(pixel, i) * (kernel.transposeB() ? b.at(channel, i) : b.at(i, channel));
      }
      return sum;
    }

    @Override
    public Double maxPool(Step step, Kernel.MaxPool kernel) {
      return maximum(kernel, a, y(step), x(step), channel);
    }

    @Override
    public Double mean(Step step, Kernel.Mean kernel) {
      double sum = 0;
      for (int i = 0; i < a.slot.pixels(); i++) {
        sum += a.at(i, channel);
      }
      return sum / a.slot.pixels();
    }

    @Override
    public Double combine(Step step, Kernel.Combine kernel) {
      Area b = in.get(1);
      return compute(
          kernel.arithmetic(), a.at(pixel, channel), b.at(pixel % b.slot.pixels(), channel));
    }

    @Override
    public Double combineConstant(Step step, Kernel.CombineConstant kernel) {
      float[] constant = weight(kernel.weight());
      return compute(
          kernel.arithmetic(),
          a.at(pixel, channel),
          constant[(pixel * a.slot.channels() + channel) % constant.length]);
    }

    @Override
    public Double elementwise(Step step, Kernel.Elementwise kernel) {
      return a.at(pixel, channel);
    }

    @Override
    public Double scaleNorm(Step step, Kernel.ScaleNorm kernel) {
      double squares = 0;
      for (int i = 0; i < a.slot.channels(); i++) {
        squares += a.at(pixel, i) * a.at(pixel, i);
      }
      double size = Math.sqrt(squares / a.slot.channels());
      return a.at(pixel, channel) / Math.max(size, kernel.eps()) * weight(kernel.g())[0];
    }

    @Override
    public Double upsample(Step step, Kernel.Upsample kernel) {
      return a.at(y(step) / kernel.factor(), x(step) / kernel.factor(), channel);
    }

    @Override
    public Double pixelShuffle(Step step, Kernel.PixelShuffle kernel) {
      int f = kernel.factor();
      int y = y(step);
      int x = x(step);
      return a.at(y / f, x / f, (channel * f + y % f) * f + x % f);
    }

    @Override
    public Double join(Step step, Kernel.Join kernel) {
      return joined(in, pixel, channel);
    }

    @Override
    public Double window(Step step, Kernel.Window kernel) {
      return a.at(pixel, kernel.from() + channel);
    }

    @Override
    public Double load(Step step, Kernel.Load kernel) {
      return kernel.planes()
          ? memory[a.start + channel * a.slot.pixels() + pixel]
          : a.at(pixel, channel);
    }

    @Override
    public Double transpose(Step step, Kernel.Transpose kernel) {
      return a.at(channel, pixel);
    }

    @Override
    public Double reshape(Step step, Kernel.Reshape kernel) {
      int element = pixel * step.output().channels() + channel;
      return a.at(element / a.slot.channels(), element % a.slot.channels());
    }

    private int y(Step step) {
      return pixel / step.output().width();
    }

    private int x(Step step) {
      return pixel % step.output().width();
    }
  }

  private double convolve(Kernel.Convolution conv, Area in, int y, int x, int channel) {
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

  private static double compute(Kernel.Arithmetic arithmetic, double a, double b) {
    return arithmetic == Kernel.Arithmetic.ADD ? a + b : a * b;
  }

  private float[] weight(String key) {
    return weights.computeIfAbsent(
        key,
        name -> {
          try {
            return plan.program().weights().get(name).toFloats();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }
}
