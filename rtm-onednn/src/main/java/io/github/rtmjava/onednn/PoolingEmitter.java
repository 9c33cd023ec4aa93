package io.github.rtmjava.onednn;

import static org.bytedeco.dnnl.global.dnnl.*;

import io.github.rtmjava.compiler.Kernel;
import io.github.rtmjava.compiler.Step;
import io.github.rtmjava.onednn.natives.NativeMemory;
import io.github.rtmjava.tensor.DType;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.ShortBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.dnnl_primitive_attr;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.bytedeco.javacpp.Pointer;

/** Emits pooling: maxima over windows and means over maps; sources and destinations are dense. */
final class PoolingEmitter {
  private PoolingEmitter() {}

  static void max(EmitContext context, Step step, Kernel.MaxPool pool) {
    TensorView from = context.view(step.inputs().get(0));
    TensorView to = context.view(step.output());
    context.add(
        step,
        context.partition(
            to.slot().height(),
            partition -> {
              ConvolutionEmitter.ReceptiveRows rows =
                  ConvolutionEmitter.ReceptiveRows.of(
                      partition,
                      pool.kernel(),
                      pool.stride(),
                      pool.padding(),
                      from.slot().height());
              return pool(
                  context.primitives(partition.index()),
                  dnnl_pooling_max,
                  from.rows(rows.count()),
                  from.row(rows.first()),
                  to.rows(partition.size()),
                  to.row(partition.from()),
                  new long[] {pool.stride(), pool.stride()},
                  new long[] {pool.kernel(), pool.kernel()},
                  new long[] {rows.above(), pool.padding()},
                  new long[] {rows.below(), pool.padding()});
            }));
  }

  /** Means of rows by oneDNN, then their means in float64: one pass in float32 loses digits. */
  static void mean(EmitContext context, Step step) {
    TensorView from = context.view(step.inputs().get(0));
    TensorView to = context.view(step.output());
    int channels = from.channels();
    int height = from.slot().height();
    long size = (long) from.type().bytes() * channels;
    NativeMemory means = context.temporary(context.images() * (height * size));
    context.add(
        step,
        context.partition(
            height,
            partition ->
                pool(
                    context.primitives(partition.index()),
                    dnnl_pooling_avg_include_padding,
                    from.rows(partition.size()),
                    from.row(partition.from()),
                    Dnnl.map(
                        from.type(),
                        context.images(),
                        channels,
                        partition.size(),
                        1,
                        channels,
                        (long) height * channels),
                    means.at(partition.from() * size),
                    new long[] {1, from.slot().width()},
                    new long[] {1, from.slot().width()},
                    new long[] {0, 0},
                    new long[] {0, 0})));
    context.add(
        step, List.of(new RowMeans(means, from.type(), context.images(), height, to.floats())));
  }

  private static PrimitiveCall pool(
      PrimitiveFactory primitives,
      int algorithm,
      dnnl_memory_desc from,
      Pointer source,
      dnnl_memory_desc to,
      Pointer target,
      long[] strides,
      long[] kernel,
      long[] before,
      long[] after) {
    primitives.own(from);
    primitives.own(to);
    dnnl_primitive_attr attributes = primitives.attributes(List.of(), null);
    dnnl_primitive_desc description =
        primitives.describe(
            "a pooling",
            attributes,
            (made, attr) ->
                dnnl_pooling_forward_primitive_desc_create(
                    made,
                    Dnnl.get().engine(),
                    dnnl_forward_inference,
                    algorithm,
                    from,
                    to,
                    strides,
                    kernel,
                    new long[] {0, 0},
                    before,
                    after,
                    attr));
    return primitives.call(
        description,
        Map.of(
            DNNL_ARG_SRC,
            primitives.memory(from, source),
            DNNL_ARG_DST,
            primitives.memory(to, target)));
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
