package io.github.rtmjava.onednn;

import io.github.rtmjava.compiler.Kernel;
import io.github.rtmjava.compiler.Kernel.Arithmetic;
import io.github.rtmjava.compiler.Placement;
import io.github.rtmjava.compiler.PostOp;
import io.github.rtmjava.compiler.Slot;
import io.github.rtmjava.compiler.Step;
import io.github.rtmjava.tensor.DType;
import java.util.List;

/** Emits steps as Java loops over pixels' rows of features. */
final class PixelLoopEmitter {
  private PixelLoopEmitter() {}

  static void combine(EmitContext context, Step step, Kernel.Combine combine) {
    TensorView operand = context.view(step.inputs().get(1));
    boolean add = combine.arithmetic() == Arithmetic.ADD;
    each(
        context,
        step,
        add ? "add" : "multiply",
        operand,
        add ? PixelLoopEmitter::add : PixelLoopEmitter::multiply);
  }

  static void combineConstant(EmitContext context, Step step, Kernel.CombineConstant combine) {
    boolean add = combine.arithmetic() == Arithmetic.ADD;
    Slot map = step.output();
    float[] given = context.weights().vector(combine.weight());
    if (given.length > map.channels()) {
      Placement rows = new Placement(-1, 0, map.channels(), DType.FLOAT32);
      TensorView constant =
          new TensorView(context.weights().rows(combine.weight()), 0, rows, map, 1);
      each(
          context,
          step,
          add ? "add" : "multiply",
          constant,
          add ? PixelLoopEmitter::add : PixelLoopEmitter::multiply);
      return;
    }
    float[] vector = new float[map.channels()];
    for (int i = 0; i < vector.length; i++) {
      vector[i] = given[given.length == 1 ? 0 : i];
    }
    TensorView from = context.view(step.inputs().get(0));
    each(
        context,
        step,
        add ? "add" : "multiply",
        from,
        add ? (row, self) -> add(row, vector) : (row, self) -> multiply(row, vector));
  }

  static void scaleNorm(EmitContext context, Step step, Kernel.ScaleNorm norm) {
    float gain = context.weights().vector(norm.g())[0];
    TensorView from = context.view(step.inputs().get(0));
    each(context, step, "scale-norm", from, (row, self) -> scaleNorm(row, gain, norm.eps()));
  }

  static void layerNorm(EmitContext context, Step step, Kernel.LayerNorm norm) {
    float[] weight = context.weights().vector(norm.weight());
    float[] bias = context.weights().vector(norm.bias());
    TensorView from = context.view(step.inputs().get(0));
    each(
        context, step, "layer-norm", from, (row, self) -> layerNorm(row, weight, bias, norm.eps()));
  }

  private static void each(
      EmitContext context, Step step, String name, TensorView operand, PixelLoop.Body body) {
    TensorView from = context.view(step.inputs().get(0));
    TensorView to = context.view(step.output());
    List<PostOp> post = step.post();
    PixelLoop.Body whole =
        post.isEmpty()
            ? body
            : (row, other) -> {
              body.apply(row, other);
              post.forEach(op -> apply(op, row));
            };
    context.add(
        step,
        context.partition(
            context.images() * to.slot().pixels(),
            partition ->
                new PixelLoop(name, from, operand, to, partition.from(), partition.to(), whole)));
  }

  private static void add(float[] row, float[] other) {
    for (int i = 0; i < row.length; i++) {
      row[i] = row[i] + other[i];
    }
  }

  private static void multiply(float[] row, float[] other) {
    for (int i = 0; i < row.length; i++) {
      row[i] = row[i] * other[i];
    }
  }

  private static void scaleNorm(float[] row, float gain, double eps) {
    double sum = 0;
    for (float value : row) {
      sum += (double) value * value;
    }
    float factor = (float) (gain / Math.max(Math.sqrt(sum / row.length), eps));
    for (int i = 0; i < row.length; i++) {
      row[i] = row[i] * factor;
    }
  }

  private static void layerNorm(float[] row, float[] weight, float[] bias, double eps) {
    double sum = 0;
    for (float value : row) {
      sum += value;
    }
    double mean = sum / row.length;
    double squares = 0;
    for (float value : row) {
      squares += (value - mean) * (value - mean);
    }
    double factor = 1 / Math.sqrt(squares / row.length + eps);
    for (int i = 0; i < row.length; i++) {
      row[i] = (float) ((row[i] - mean) * factor * weight[i] + bias[i]);
    }
  }

  private static void apply(PostOp op, float[] row) {
    for (int i = 0; i < row.length; i++) {
      row[i] = apply(op, row[i]);
    }
  }

  private static float apply(PostOp op, float x) {
    if (op instanceof PostOp.Times times) {
      return (float) (x * times.factor());
    } else if (op instanceof PostOp.Square) {
      return x * x;
    } else if (op instanceof PostOp.Apply apply) {
      return switch (apply.function()) {
        case SILU -> (float) (x / (1 + Math.exp(-x)));
        case RELU -> Math.max(x, 0);
        case SIGMOID -> (float) (1 / (1 + Math.exp(-x)));
        case HARD_SIGMOID -> Math.min(Math.max(x + 3, 0), 6) / 6;
        case EXP -> (float) Math.exp(x);
        case GELU -> (float) gelu(x);
      };
    }
    throw new IllegalArgumentException("not element-wise: " + op);
  }

  /** By a series for the normal distribution's integral whose terms are all of one sign. */
  private static double gelu(double x) {
    if (Math.abs(x) > 8) {
      return Math.max(x, 0);
    }
    double sum = x;
    double term = x;
    for (int n = 3; Math.abs(term) > 1e-12 * Math.abs(sum); n += 2) {
      term *= x * x / n;
      sum += term;
    }
    return x * (0.5 + sum * Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI));
  }
}
