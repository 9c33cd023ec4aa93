package io.github.rtmjava.testing;

import io.github.rtmjava.model.Weights;
import io.github.rtmjava.nn.Network;
import io.github.rtmjava.nn.Node;
import io.github.rtmjava.nn.Op;
import io.github.rtmjava.nn.OpVisitor;
import io.github.rtmjava.nn.Value;
import io.github.rtmjava.tensor.DType;
import io.github.rtmjava.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Runs networks in the plainest way there is: loops over float64, NCHW. */
public final class Reference {
  private final Weights weights;
  private final int batch;
  private final Map<Value, Array> values = new HashMap<>();

  private Reference(Weights weights, int batch) {
    this.weights = weights;
    this.batch = batch;
  }

  /** Elements in row-major order. */
  private record Array(int[] dims, double[] data) {
    static Array zeros(int... dims) {
      int n = 1;
      for (int d : dims) {
        n *= d;
      }
      return new Array(dims, new double[n]);
    }

    static Array of(Tensor tensor) {
      if (tensor.dtype() == DType.UINT8) {
        ByteBuffer bytes = tensor.bytes();
        double[] data = new double[bytes.remaining()];
        Arrays.setAll(data, i -> Byte.toUnsignedInt(bytes.get(i)));
        return new Array(tensor.shape().dims(), data);
      }
      float[] floats = tensor.toFloats();
      double[] data = new double[floats.length];
      for (int i = 0; i < data.length; i++) {
        data[i] = floats[i];
      }
      return new Array(tensor.shape().dims(), data);
    }

    double at(int n, int c, int y, int x) {
      return data[((n * dims[1] + c) * dims[2] + y) * dims[3] + x];
    }

    void set(int n, int c, int y, int x, double value) {
      data[((n * dims[1] + c) * dims[2] + y) * dims[3] + x] = value;
    }
  }

  public static Map<String, Tensor> run(
      Network network, Weights weights, Map<String, Tensor> inputs) throws IOException {
    int batch = inputs.values().iterator().next().shape().dim(0);
    Reference reference = new Reference(weights, batch);
    for (Value input : network.inputs()) {
      Tensor tensor = Objects.requireNonNull(inputs.get(input.name()));
      reference.values.put(input, Array.of(tensor));
    }
    Results results = reference.new Results();
    for (Node node : network.nodes()) {
      List<Array> made = node.accept(results);
      for (int i = 0; i < made.size(); i++) {
        reference.values.put(node.outputs().get(i), made.get(i));
      }
    }
    Map<String, Tensor> outputs = new LinkedHashMap<>();
    network.outputs().forEach((name, value) -> outputs.put(name, tensor(reference.value(value))));
    return outputs;
  }

  private static Tensor tensor(Array array) {
    float[] floats = new float[array.data.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) array.data[i];
    }
    return Tensor.of(floats, array.dims);
  }

  private Array value(Value value) {
    return Objects.requireNonNull(values.get(value));
  }

  private double[] values(String key) throws IOException {
    return Array.of(weights.get(key)).data;
  }

  /** What a node makes of what was made before. */
  private final class Results implements OpVisitor<List<Array>, IOException> {
    @Override
    public List<Array> weight(Node node, Op.Weight op) throws IOException {
      return List.of(new Array(dims(node), values(op.key())));
    }

    @Override
    public List<Array> constant(Node node, Op.Constant op) throws IOException {
      return filled(
          node,
          out -> {
            float[] values = op.values();
            Arrays.setAll(out.data, i -> values[i]);
          });
    }

    @Override
    public List<Array> conv(Node node, Op.Conv op) throws IOException {
      return filled(node, out -> convolve(op, in(node), out));
    }

    @Override
    public List<Array> convTranspose(Node node, Op.ConvTranspose op) throws IOException {
      return filled(node, out -> convolveTransposed(op, in(node), out));
    }

    @Override
    public List<Array> focus(Node node, Op.Focus op) throws IOException {
      Array in = in(node);
      int c = in.dims[1];
      return filled(
          node,
          out ->
              each(out, (n, k, y, x) -> in.at(n, k % c, 2 * y + k / c % 2, 2 * x + k / (2 * c))));
    }

    @Override
    public List<Array> layerNorm(Node node, Op.LayerNorm op) throws IOException {
      return filled(node, out -> normalizeLayer(op, in(node), out));
    }

    @Override
    public List<Array> softmax(Node node, Op.Softmax op) throws IOException {
      return filled(node, out -> shares(in(node), out));
    }

    @Override
    public List<Array> transpose(Node node, Op.Transpose op) throws IOException {
      return filled(node, out -> turn(in(node), out));
    }

    @Override
    public List<Array> norm(Node node, Op.Norm op) throws IOException {
      return filled(node, out -> normalize(op, in(node), out));
    }

    @Override
    public List<Array> activation(Node node, Op.Activation op) throws IOException {
      double[] in = in(node).data;
      return filled(node, out -> Arrays.setAll(out.data, i -> activate(op.function(), in[i])));
    }

    @Override
    public List<Array> scale(Node node, Op.Scale op) throws IOException {
      double[] in = in(node).data;
      return filled(node, out -> Arrays.setAll(out.data, i -> in[i] * op.factor()));
    }

    @Override
    public List<Array> scaleNorm(Node node, Op.ScaleNorm op) throws IOException {
      return filled(node, out -> scaleToOne(op, in(node), out));
    }

    @Override
    public List<Array> add(Node node, Op.Add op) throws IOException {
      return filled(node, out -> broadcast(in(node, 0), in(node, 1), out, false));
    }

    @Override
    public List<Array> mul(Node node, Op.Mul op) throws IOException {
      return filled(node, out -> broadcast(in(node, 0), in(node, 1), out, true));
    }

    @Override
    public List<Array> concat(Node node, Op.Concat op) throws IOException {
      return filled(
          node,
          out -> join(op.axis(), node.inputs().stream().map(Reference.this::value).toList(), out));
    }

    @Override
    public List<Array> slice(Node node, Op.Slice op) throws IOException {
      return filled(node, out -> cut(op, in(node), out));
    }

    @Override
    public List<Array> split(Node node, Op.Split op) {
      List<Array> parts = new ArrayList<>();
      for (Op.Slice slice : op.slices()) {
        Array part = Array.zeros(dims(node.outputs().get(parts.size())));
        cut(slice, in(node), part);
        parts.add(part);
      }
      return parts;
    }

    @Override
    public List<Array> normalizePixels(Node node, Op.NormalizePixels op) throws IOException {
      Array in = in(node);
      return filled(
          node,
          out ->
              each(out, (n, c, y, x) -> (in.at(n, y, x, c) - op.mean().get(c)) / op.std().get(c)));
    }

    @Override
    public List<Array> maxPool(Node node, Op.MaxPool op) throws IOException {
      return filled(node, out -> maxima(op, in(node), out));
    }

    @Override
    public List<Array> globalAvgPool(Node node, Op.GlobalAvgPool op) throws IOException {
      return filled(node, out -> averages(in(node), out));
    }

    @Override
    public List<Array> upsample(Node node, Op.Upsample op) throws IOException {
      Array in = in(node);
      int f = op.factor();
      return filled(node, out -> each(out, (n, c, y, x) -> in.at(n, c, y / f, x / f)));
    }

    @Override
    public List<Array> pixelShuffle(Node node, Op.PixelShuffle op) throws IOException {
      Array in = in(node);
      int f = op.factor();
      return filled(
          node,
          out -> each(out, (n, c, y, x) -> in.at(n, c * f * f + y % f * f + x % f, y / f, x / f)));
    }

    @Override
    public List<Array> linear(Node node, Op.Linear op) throws IOException {
      return filled(node, out -> multiply(op, in(node), out));
    }

    @Override
    public List<Array> matMul(Node node, Op.MatMul op) throws IOException {
      return filled(node, out -> multiply(op.transposeB(), in(node, 0), in(node, 1), out));
    }

    @Override
    public List<Array> reshape(Node node, Op.Reshape op) throws IOException {
      return List.of(new Array(dims(node), in(node).data));
    }

    private List<Array> filled(Node node, Filler filler) throws IOException {
      Array out = Array.zeros(dims(node));
      filler.fill(out);
      return List.of(out);
    }

    private int[] dims(Node node) {
      return dims(node.output());
    }

    private int[] dims(Value value) {
      return value.shape().withBatch(batch).dims();
    }

    private Array in(Node node) {
      return in(node, 0);
    }

    private Array in(Node node, int input) {
      return value(node.inputs().get(input));
    }
  }

  private interface Filler {
    void fill(Array out) throws IOException;
  }

  private interface Pixel {
    double at(int n, int c, int y, int x);
  }

  private static void each(Array out, Pixel pixel) {
    for (int n = 0; n < out.dims[0]; n++) {
      for (int c = 0; c < out.dims[1]; c++) {
        for (int y = 0; y < out.dims[2]; y++) {
          for (int x = 0; x < out.dims[3]; x++) {
            out.set(n, c, y, x, pixel.at(n, c, y, x));
          }
        }
      }
    }
  }

  private void convolve(Op.Conv op, Array in, Array out) throws IOException {
    double[] w = values(op.weight());
    double[] b = op.bias() == null ? new double[op.out()] : values(op.bias());
    int inEach = op.in() / op.groups();
    int outEach = op.out() / op.groups();
    int k = op.kernel();
    each(
        out,
        (n, c, y, x) -> {
          double sum = b[c];
          for (int i = 0; i < inEach; i++) {
            int channel = c / outEach * inEach + i;
            for (int dy = 0; dy < k; dy++) {
              for (int dx = 0; dx < k; dx++) {
                int yy = y * op.stride() - op.padding() + dy;
                int xx = x * op.stride() - op.padding() + dx;
                if (yy >= 0 && yy < in.dims[2] && xx >= 0 && xx < in.dims[3]) {
                  sum += w[((c * inEach + i) * k + dy) * k + dx] * in.at(n, channel, yy, xx);
                }
              }
            }
          }
          return sum;
        });
  }

  private void normalize(Op.Norm op, Array in, Array out) throws IOException {
    double[] gamma = values(op.weight());
    double[] beta = values(op.bias());
    double[] mean = values(op.mean());
    double[] variance = values(op.variance());
    int inner = 1;
    for (int i = 2; i < in.dims.length; i++) {
      inner *= in.dims[i];
    }
    for (int i = 0; i < out.data.length; i++) {
      int c = i / inner % op.channels();
      out.data[i] = (in.data[i] - mean[c]) / Math.sqrt(variance[c] + op.eps()) * gamma[c] + beta[c];
    }
  }

  private static double activate(Op.Activation.Function function, double x) {
    return switch (function) {
      case SILU -> x / (1 + Math.exp(-x));
      case RELU -> Math.max(x, 0);
      case SIGMOID -> 1 / (1 + Math.exp(-x));
      case HARD_SIGMOID -> Math.min(Math.max(x + 3, 0), 6) / 6;
      case EXP -> Math.exp(x);
      case GELU -> x / 2 * (1 + erf(x / Math.sqrt(2)));
    };
  }

  /** By a series of terms of one sign, so that nothing cancels. */
  private static double erf(double x) {
    double term = x;
    double sum = x;
    for (int n = 1; Math.abs(term) > 1e-17 * Math.abs(sum); n++) {
      term *= 2 * x * x / (2 * n + 1);
      sum += term;
    }
    return Math.abs(x) > 6 ? Math.signum(x) : 2 / Math.sqrt(Math.PI) * Math.exp(-x * x) * sum;
  }

  private void convolveTransposed(Op.ConvTranspose op, Array in, Array out) throws IOException {
    double[] w = values(op.weight());
    double[] b = op.bias() == null ? new double[op.out()] : values(op.bias());
    int k = op.kernel();
    each(out, (n, c, y, x) -> b[c]);
    each(
        in,
        (n, c, y, x) -> {
          double value = in.at(n, c, y, x);
          for (int o = 0; o < op.out(); o++) {
            for (int dy = 0; dy < k; dy++) {
              for (int dx = 0; dx < k; dx++) {
                int yy = y * op.stride() - op.padding() + dy;
                int xx = x * op.stride() - op.padding() + dx;
                if (yy >= 0 && yy < out.dims[2] && xx >= 0 && xx < out.dims[3]) {
                  double weight = w[((c * op.out() + o) * k + dy) * k + dx];
                  out.set(n, o, yy, xx, out.at(n, o, yy, xx) + value * weight);
                }
              }
            }
          }
          return value;
        });
  }

  private void normalizeLayer(Op.LayerNorm op, Array in, Array out) throws IOException {
    double[] gamma = values(op.weight());
    double[] beta = values(op.bias());
    int n = op.size();
    for (int row = 0; row < in.data.length; row += n) {
      double mean = Arrays.stream(in.data, row, row + n).sum() / n;
      double variance =
          Arrays.stream(in.data, row, row + n).map(v -> (v - mean) * (v - mean)).sum() / n;
      for (int i = 0; i < n; i++) {
        out.data[row + i] =
            (in.data[row + i] - mean) / Math.sqrt(variance + op.eps()) * gamma[i] + beta[i];
      }
    }
  }

  private static void shares(Array in, Array out) {
    int n = in.dims[in.dims.length - 1];
    for (int row = 0; row < in.data.length; row += n) {
      double max = Arrays.stream(in.data, row, row + n).max().orElseThrow();
      double sum = Arrays.stream(in.data, row, row + n).map(v -> Math.exp(v - max)).sum();
      for (int i = row; i < row + n; i++) {
        out.data[i] = Math.exp(in.data[i] - max) / sum;
      }
    }
  }

  private static void turn(Array in, Array out) {
    int m = in.dims[1];
    int n = in.dims[2];
    for (int i = 0; i < in.data.length; i++) {
      int batch = i / (m * n);
      out.data[batch * m * n + i % n * m + i / n % m] = in.data[i];
    }
  }

  private void scaleToOne(Op.ScaleNorm op, Array in, Array out) throws IOException {
    double g = values(op.g())[0];
    int n = in.dims[in.dims.length - 1];
    for (int row = 0; row < in.data.length; row += n) {
      double squares = 0;
      for (int i = row; i < row + n; i++) {
        squares += in.data[i] * in.data[i];
      }
      double divisor = Math.max(Math.sqrt(squares) / Math.sqrt(n), op.eps());
      for (int i = row; i < row + n; i++) {
        out.data[i] = in.data[i] / divisor * g;
      }
    }
  }

  private static void broadcast(Array a, Array b, Array out, boolean product) {
    for (int i = 0; i < out.data.length; i++) {
      double x = a.data[source(i, out.dims, a.dims)];
      double y = b.data[source(i, out.dims, b.dims)];
      out.data[i] = product ? x * y : x + y;
    }
  }

  private static int source(int index, int[] out, int[] in) {
    int source = 0;
    int step = 1;
    int rest = index;
    for (int axis = 1; axis <= out.length; axis++) {
      int at = rest % out[out.length - axis];
      rest /= out[out.length - axis];
      if (axis <= in.length) {
        source += step * (in[in.length - axis] == 1 ? 0 : at);
        step *= in[in.length - axis];
      }
    }
    return source;
  }

  private static void join(int axis, List<Array> in, Array out) {
    int outer = product(out.dims, 0, axis);
    int at = 0;
    for (int o = 0; o < outer; o++) {
      for (Array part : in) {
        int length = product(part.dims, axis, part.dims.length);
        System.arraycopy(part.data, o * length, out.data, at, length);
        at += length;
      }
    }
  }

  private static void cut(Op.Slice op, Array in, Array out) {
    int axis = op.axis() < 0 ? op.axis() + in.dims.length : op.axis();
    int outer = product(in.dims, 0, axis);
    int inner = product(in.dims, axis + 1, in.dims.length);
    int length = (op.to() - op.from()) * inner;
    for (int o = 0; o < outer; o++) {
      int from = (o * in.dims[axis] + op.from()) * inner;
      System.arraycopy(in.data, from, out.data, o * length, length);
    }
  }

  private static int product(int[] dims, int from, int to) {
    int product = 1;
    for (int i = from; i < to; i++) {
      product *= dims[i];
    }
    return product;
  }

  private static void maxima(Op.MaxPool op, Array in, Array out) {
    each(
        out,
        (n, c, y, x) -> {
          double best = Double.NEGATIVE_INFINITY;
          for (int dy = 0; dy < op.kernel(); dy++) {
            for (int dx = 0; dx < op.kernel(); dx++) {
              int yy = y * op.stride() - op.padding() + dy;
              int xx = x * op.stride() - op.padding() + dx;
              if (yy >= 0 && yy < in.dims[2] && xx >= 0 && xx < in.dims[3]) {
                best = Math.max(best, in.at(n, c, yy, xx));
              }
            }
          }
          return best;
        });
  }

  private static void averages(Array in, Array out) {
    int pixels = in.dims[2] * in.dims[3];
    for (int i = 0; i < in.data.length; i++) {
      out.data[i / pixels] += in.data[i] / pixels;
    }
  }

  private void multiply(Op.Linear op, Array in, Array out) throws IOException {
    double[] w = values(op.weight());
    double[] b = op.bias() == null ? new double[op.out()] : values(op.bias());
    for (int i = 0; i < out.data.length; i++) {
      int row = i / op.out();
      int column = i % op.out();
      double sum = b[column];
      for (int k = 0; k < op.in(); k++) {
        sum += in.data[row * op.in() + k] * w[column * op.in() + k];
      }
      out.data[i] = sum;
    }
  }

  private static void multiply(boolean transposeB, Array a, Array b, Array out) {
    int m = a.dims[1];
    int k = a.dims[2];
    int n = out.dims[2];
    for (int i = 0; i < out.data.length; i++) {
      int image = i / (m * n);
      int row = i / n % m;
      int column = i % n;
      double sum = 0;
      for (int j = 0; j < k; j++) {
        int at = transposeB ? column * k + j : j * n + column;
        sum += a.data[(image * m + row) * k + j] * b.data[image * k * n + at];
      }
      out.data[i] = sum;
    }
  }
}
