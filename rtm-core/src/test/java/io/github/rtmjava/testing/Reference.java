package io.github.rtmjava.testing;

import io.github.rtmjava.model.Weights;
import io.github.rtmjava.nn.Network;
import io.github.rtmjava.nn.Node;
import io.github.rtmjava.nn.Op;
import io.github.rtmjava.nn.Value;
import io.github.rtmjava.tensor.Tensor;
import java.io.IOException;
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
    for (Node node : network.nodes()) {
      reference.values.put(node.output(), reference.compute(node));
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

  private double[] weight(String key) throws IOException {
    return Array.of(weights.get(key)).data;
  }

  private Array compute(Node node) throws IOException {
    List<Array> in = new ArrayList<>();
    node.inputs().forEach(v -> in.add(value(v)));
    int[] outDims = node.output().shape().withBatch(batch).dims();
    Array out = Array.zeros(outDims);
    Op op = node.op();
    if (op instanceof Op.Weight weight) {
      return new Array(outDims, weight(weight.key()));
    } else if (op instanceof Op.Constant constant) {
      float[] values = constant.values();
      Arrays.setAll(out.data, i -> values[i]);
    } else if (op instanceof Op.Conv conv) {
      conv(conv, in.get(0), out);
    } else if (op instanceof Op.ConvTranspose conv) {
      convTranspose(conv, in.get(0), out);
    } else if (op instanceof Op.Focus) {
      int c = in.get(0).dims[1];
      each(out, (n, k, y, x) -> in.get(0).at(n, k % c, 2 * y + k / c % 2, 2 * x + k / (2 * c)));
    } else if (op instanceof Op.LayerNorm norm) {
      layerNorm(norm, in.get(0), out);
    } else if (op instanceof Op.Softmax) {
      softmax(in.get(0), out);
    } else if (op instanceof Op.Transpose) {
      transpose(in.get(0), out);
    } else if (op instanceof Op.Norm norm) {
      norm(norm, in.get(0), out);
    } else if (op instanceof Op.Activation activation) {
      for (int i = 0; i < out.data.length; i++) {
        out.data[i] = activate(activation.function(), in.get(0).data[i]);
      }
    } else if (op instanceof Op.Scale scale) {
      for (int i = 0; i < out.data.length; i++) {
        out.data[i] = in.get(0).data[i] * scale.factor();
      }
    } else if (op instanceof Op.ScaleNorm norm) {
      scaleNorm(norm, in.get(0), out);
    } else if (op instanceof Op.Add) {
      broadcast(in, out, false);
    } else if (op instanceof Op.Mul) {
      broadcast(in, out, true);
    } else if (op instanceof Op.Concat concat) {
      concat(concat.axis(), in, out);
    } else if (op instanceof Op.Slice slice) {
      slice(slice, in.get(0), out);
    } else if (op instanceof Op.MaxPool pool) {
      maxPool(pool, in.get(0), out);
    } else if (op instanceof Op.GlobalAvgPool) {
      averages(in.get(0), out);
    } else if (op instanceof Op.Upsample upsample) {
      int f = upsample.factor();
      each(out, (n, c, y, x) -> in.get(0).at(n, c, y / f, x / f));
    } else if (op instanceof Op.PixelShuffle shuffle) {
      int f = shuffle.factor();
      each(out, (n, c, y, x) -> in.get(0).at(n, c * f * f + y % f * f + x % f, y / f, x / f));
    } else if (op instanceof Op.Linear linear) {
      linear(linear, in.get(0), out);
    } else if (op instanceof Op.MatMul matMul) {
      matMul(matMul.transposeB(), in.get(0), in.get(1), out);
    } else if (op instanceof Op.Reshape) {
      return new Array(outDims, in.get(0).data);
    } else {
      throw new AssertionError("no reference for " + op);
    }
    return out;
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

  private void conv(Op.Conv op, Array in, Array out) throws IOException {
    double[] w = weight(op.weight());
    double[] b = op.bias() == null ? new double[op.out()] : weight(op.bias());
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

  private void norm(Op.Norm op, Array in, Array out) throws IOException {
    double[] gamma = weight(op.weight());
    double[] beta = weight(op.bias());
    double[] mean = weight(op.mean());
    double[] variance = weight(op.variance());
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

  private void convTranspose(Op.ConvTranspose op, Array in, Array out) throws IOException {
    double[] w = weight(op.weight());
    double[] b = op.bias() == null ? new double[op.out()] : weight(op.bias());
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

  private void layerNorm(Op.LayerNorm op, Array in, Array out) throws IOException {
    double[] gamma = weight(op.weight());
    double[] beta = weight(op.bias());
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

  private static void softmax(Array in, Array out) {
    int n = in.dims[in.dims.length - 1];
    for (int row = 0; row < in.data.length; row += n) {
      double max = Arrays.stream(in.data, row, row + n).max().orElseThrow();
      double sum = Arrays.stream(in.data, row, row + n).map(v -> Math.exp(v - max)).sum();
      for (int i = row; i < row + n; i++) {
        out.data[i] = Math.exp(in.data[i] - max) / sum;
      }
    }
  }

  private static void transpose(Array in, Array out) {
    int m = in.dims[1];
    int n = in.dims[2];
    for (int i = 0; i < in.data.length; i++) {
      int batch = i / (m * n);
      out.data[batch * m * n + i % n * m + i / n % m] = in.data[i];
    }
  }

  private void scaleNorm(Op.ScaleNorm op, Array in, Array out) throws IOException {
    double g = weight(op.g())[0];
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

  private static void broadcast(List<Array> in, Array out, boolean product) {
    for (int i = 0; i < out.data.length; i++) {
      double a = in.get(0).data[source(i, out.dims, in.get(0).dims)];
      double b = in.get(1).data[source(i, out.dims, in.get(1).dims)];
      out.data[i] = product ? a * b : a + b;
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

  private static void concat(int axis, List<Array> in, Array out) {
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

  private static void slice(Op.Slice op, Array in, Array out) {
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

  private static void maxPool(Op.MaxPool op, Array in, Array out) {
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

  private void linear(Op.Linear op, Array in, Array out) throws IOException {
    double[] w = weight(op.weight());
    double[] b = op.bias() == null ? new double[op.out()] : weight(op.bias());
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

  private static void matMul(boolean transposeB, Array a, Array b, Array out) {
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
