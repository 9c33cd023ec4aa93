package io.github.rtmjava.onednn.winograd;

import static org.bytedeco.dnnl.global.dnnl.*;

import io.github.rtmjava.onednn.natives.Dnnl;
import io.github.rtmjava.onednn.natives.Primitive;
import io.github.rtmjava.onednn.natives.Resources;
import java.util.HashMap;
import java.util.Map;
import org.bytedeco.dnnl.IntMemoryMap;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.dnnl_memory;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;

/**
 * What minimal filtering could gain for 3×3 convolutions of stride 2. Along each side, the even
 * inputs of a tile meet two taps and are filtered by F(m, 2), the odd ones meet one tap: (2m+1)²
 * products for m×m outputs, where the definition takes 9m². Times the products that this takes, and
 * oneDNN's convolution with bias and SiLU, on one thread; transforms, activation and storing are
 * added at the rates that {@link WinogradBenchmark} finds for stride 1. With the class path of that
 * one:
 *
 * <pre>
 * java -Dorg.bytedeco.javacpp.nopointergc=true -cp … io.github.rtmjava.onednn.winograd.StridedBenchmark
 * </pre>
 */
final class StridedBenchmark {
  /** Input channels, output channels, height and width of the output. */
  private static final int[][] LAYERS = {
    {64, 128, 96, 72},
    {128, 256, 48, 36},
    {256, 512, 24, 18},
    {512, 1024, 12, 9},
    {48, 96, 160, 160},
    {96, 192, 80, 80},
    {192, 384, 40, 40},
    {384, 768, 20, 20}
  };

  /** Milliseconds on this processor: see {@link WinogradBenchmark}'s stages. */
  private static final double PER_TRANSFORMED = 1e3 / 2.4e9;

  private static final double PER_OUTPUT = 0.5e-6;
  private static final long NANOS = 300_000_000;

  private StridedBenchmark() {}

  public static void main(String[] args) {
    Dnnl.get().openMp().setThreads(1);
    StridedBenchmark benchmark = new StridedBenchmark();
    for (int[] layer : LAYERS) {
      benchmark.measure(layer[0], layer[1], layer[2], layer[3]);
    }
  }

  private void measure(int channels, int filters, int height, int width) {
    double direct = direct(channels, filters, height, width);
    System.out.printf("%d to %d, %d×%d: direct %.2f ms", channels, filters, height, width, direct);
    for (int m = 2; m <= 4; m++) {
      int planes = (2 * m + 1) * (2 * m + 1);
      int tiles = ((height + m - 1) / m) * ((width + m - 1) / m);
      double products = products(planes, tiles, channels, filters);
      double all =
          products
              + PER_TRANSFORMED * planes * tiles * (channels + filters)
              + PER_OUTPUT * height * width * filters;
      System.out.printf(
          "; F(%d) %.2f ms (products %.2f), x%.2f, weights %.1f times as large",
          m, all, products, direct / all, planes / 9.0);
    }
    System.out.println();
  }

  private double products(int planes, int tiles, int channels, int filters) {
    int block = Math.min(tiles, Math.max(24, channels * filters / (channels + filters)));
    Resources owner = new Resources();
    dnnl_memory_desc layout = BatchedMatmul.layout(owner, planes, block, channels, filters);
    Primitive products = BatchedMatmul.of(owner, planes, block, channels, filters, layout);
    Map<Integer, dnnl_memory> arguments = new HashMap<>();
    for (int argument :
        new int[] {DNNL_ARG_SRC, DNNL_ARG_WEIGHTS, DNNL_ARG_DST, DNNL_ARG_SCRATCHPAD}) {
      dnnl_memory_desc described = products.layout(argument);
      FloatPointer at = zeros(dnnl_memory_desc_get_size(described) / 4);
      arguments.put(argument, Dnnl.get().memory(owner, described, at));
    }
    double once = time(products.call(owner, Dnnl.get().stream(owner), arguments)::run);
    owner.close();
    return once * tiles / block;
  }

  private double direct(int channels, int filters, int height, int width) {
    engine cpu = new engine(Dnnl.get().engine());
    memory.data_type f32 = memory.data_type.f32;
    memory.desc from =
        new memory.desc(
            new long[] {1, channels, 2L * height, 2L * width}, f32, memory.format_tag.nhwc);
    memory.desc to =
        new memory.desc(new long[] {1, filters, height, width}, f32, memory.format_tag.nhwc);
    memory.desc bias = new memory.desc(new long[] {filters}, f32, memory.format_tag.x);
    post_ops silu = new post_ops();
    silu.append_eltwise(algorithm.eltwise_swish, 1f, 0f);
    primitive_attr attributes = new primitive_attr();
    attributes.set_post_ops(silu);
    convolution_forward.primitive_desc description =
        new convolution_forward.primitive_desc(
            cpu,
            prop_kind.forward_inference,
            algorithm.convolution_direct,
            from,
            new memory.desc(new long[] {filters, channels, 3, 3}, f32, memory.format_tag.any),
            bias,
            to,
            new long[] {2, 2},
            new long[] {1, 1},
            new long[] {1, 1},
            attributes,
            false);
    IntMemoryMap call = new IntMemoryMap();
    call.put(DNNL_ARG_SRC, new memory(from, cpu, zeros(4L * channels * height * width)));
    call.put(DNNL_ARG_WEIGHTS, new memory(description.weights_desc(), cpu));
    call.put(DNNL_ARG_BIAS, new memory(bias, cpu, zeros(filters)));
    call.put(DNNL_ARG_DST, new memory(to, cpu, zeros((long) filters * height * width)));
    primitive convolution = new primitive(description);
    stream queue = new stream(cpu);
    return time(
        () -> {
          convolution.execute(queue, call);
          queue._wait();
        });
  }

  private static FloatPointer zeros(long floats) {
    FloatPointer made = WinogradBenchmark.aligned(floats + 16);
    Pointer.memset(made, 0, floats * Float.BYTES);
    return made;
  }

  /** The least milliseconds of a run. */
  private static double time(Runnable task) {
    double best = Double.MAX_VALUE;
    for (long start = System.nanoTime(); System.nanoTime() - start < NANOS; ) {
      long before = System.nanoTime();
      task.run();
      best = Math.min(best, (System.nanoTime() - before) / 1e6);
    }
    return best;
  }
}
