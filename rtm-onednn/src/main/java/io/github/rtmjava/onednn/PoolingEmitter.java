package io.github.rtmjava.onednn;

import static org.bytedeco.dnnl.global.dnnl.dnnl_pooling_avg_include_padding;
import static org.bytedeco.dnnl.global.dnnl.dnnl_pooling_max;

import io.github.rtmjava.compiler.Kernel;
import io.github.rtmjava.compiler.Step;
import io.github.rtmjava.onednn.natives.Dnnl;
import io.github.rtmjava.onednn.natives.KernelTask;
import io.github.rtmjava.onednn.natives.NativeMemory;
import io.github.rtmjava.onednn.natives.Operation;
import io.github.rtmjava.tensor.DType;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.ShortBuffer;
import java.util.Arrays;
import java.util.List;

/** Emits pooling: maxima over windows and means over maps; sources and destinations are dense. */
final class PoolingEmitter {
  private PoolingEmitter() {}

  static void max(EmitContext context, Step step, Kernel.MaxPool pool) {
    TensorView from = context.view(step.inputs().get(0));
    TensorView to = context.view(step.output());
    long[] strides = {pool.stride(), pool.stride()};
    long[] kernel = {pool.kernel(), pool.kernel()};
    context.add(
        step,
        context.partition(
            to.slot().height(),
            part -> {
              ConvolutionEmitter.ReceptiveRows rows =
                  ConvolutionEmitter.ReceptiveRows.of(
                      part, pool.kernel(), pool.stride(), pool.padding(), from.slot().height());
              return context
                  .call(part, "the pooling " + step.name())
                  .source(from.rows(rows.count()), from.row(rows.first()))
                  .destination(to.rows(part.size()), to.row(part.from()))
                  .make(
                      Operation.pooling(
                          dnnl_pooling_max,
                          strides,
                          kernel,
                          new long[] {rows.above(), pool.padding()},
                          new long[] {rows.below(), pool.padding()}));
            }));
  }

  /** Means of rows by oneDNN, then their means in float64: one pass in float32 loses digits. */
  static void mean(EmitContext context, Step step) {
    TensorView from = context.view(step.inputs().get(0));
    TensorView to = context.view(step.output());
    int images = context.images();
    int channels = from.channels();
    int height = from.slot().height();
    long size = (long) from.type().bytes() * channels;
    long[] row = {1, from.slot().width()};
    long[] none = {0, 0};
    NativeMemory means = context.temporary(images * (height * size));
    context.add(
        step,
        context.partition(
            height,
            part ->
                context
                    .call(part, "the pooling " + step.name())
                    .source(from.rows(part.size()), from.row(part.from()))
                    .destination(
                        Dnnl.map(
                            from.type(),
                            images,
                            channels,
                            part.size(),
                            1,
                            channels,
                            (long) height * channels),
                        means.at(part.from() * size))
                    .make(
                        Operation.pooling(
                            dnnl_pooling_avg_include_padding, row, row, none, none))));
    context.add(step, List.of(new RowMeans(means, from.type(), images, height, to.floats())));
  }

  /** The mean of each image's rows. */
  private static final class RowMeans implements KernelTask {
    private final FloatReader rows;
    private final int images;
    private final int height;
    private final FloatBuffer out;
    private final float[] row;
    private final double[] sums;

    RowMeans(NativeMemory means, DType type, int images, int height, FloatBuffer out) {
      int channels = out.remaining() / images;
      this.rows =
          FloatReader.of(means.view(0, (long) images * height * channels * type.bytes()), type);
      this.images = images;
      this.height = height;
      this.out = out;
      this.row = new float[channels];
      this.sums = new double[channels];
    }

    @Override
    public void run() {
      int channels = row.length;
      for (int image = 0; image < images; image++) {
        Arrays.fill(sums, 0);
        for (int y = 0; y < height; y++) {
          rows.read((image * height + y) * channels, row);
          for (int c = 0; c < channels; c++) {
            sums[c] += row[c];
          }
        }
        for (int c = 0; c < channels; c++) {
          row[c] = (float) (sums[c] / height);
        }
        out.put(image * channels, row);
      }
    }

    @Override
    public String implementation() {
      return "java:mean";
    }
  }

  /** Floats, whatever they are stored as. */
  private interface FloatReader {
    void read(int at, float[] into);

    static FloatReader of(ByteBuffer bytes, DType type) {
      if (type == DType.FLOAT32) {
        FloatBuffer floats = bytes.asFloatBuffer();
        return (at, into) -> floats.get(at, into);
      }
      ShortBuffer halves = bytes.asShortBuffer();
      return (at, into) -> {
        for (int i = 0; i < into.length; i++) {
          into[i] = Float.intBitsToFloat(halves.get(at + i) << 16);
        }
      };
    }
  }
}
