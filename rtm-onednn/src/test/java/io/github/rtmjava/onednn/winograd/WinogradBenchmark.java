package io.github.rtmjava.onednn.winograd;

import static org.bytedeco.dnnl.global.dnnl.*;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.function.IntConsumer;
import org.bytedeco.dnnl.IntMemoryMap;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.dnnl.reorder;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;

/**
 * Measures one convolution with bias and SiLU against oneDNN's own, in one process and in turns, so
 * that the ratios hold on a machine that does other things besides.
 *
 * <pre>
 * mvn -q -pl rtm-onednn test-compile exec:... -- see the project's documentation for the command
 * usage: WinogradBenchmark [CHANNELS HEIGHT WIDTH [IMAGES [TILE [TILES_PER_BLOCK ...]]]]
 * </pre>
 */
final class WinogradBenchmark {
  private static final int[][] SHAPES = {
    {192, 80, 80},
    {192, 40, 40},
    {96, 80, 80},
    {48, 160, 160},
    {384, 20, 20},
    {192, 20, 20},
    {128, 48, 36},
    {256, 24, 18},
    {512, 12, 9}
  };
  private static final int ROUNDS = 15;

  private final Engine dnnl = Engine.open();
  private final engine cpu = new engine(dnnl.engine());
  private final int channels;
  private final int height;
  private final int width;
  private final int images;
  private final FloatPointer source;
  private final FloatPointer destination;
  private final FloatPointer reference;
  private final float[] filters;
  private final float[] bias;

  private WinogradBenchmark(int channels, int height, int width, int images) {
    this.channels = channels;
    this.height = height;
    this.width = width;
    this.images = images;
    long floats = (long) images * height * width * channels;
    Random random = new Random(1);
    source = aligned(floats);
    for (long i = 0; i < floats; i++) {
      source.put(i, (float) random.nextGaussian());
    }
    destination = aligned(floats);
    reference = aligned(floats);
    filters = new float[channels * channels * 9];
    for (int i = 0; i < filters.length; i++) {
      filters[i] = (float) (random.nextGaussian() / Math.sqrt(9.0 * channels));
    }
    bias = new float[channels];
    for (int i = 0; i < channels; i++) {
      bias[i] = (float) random.nextGaussian() * .1f;
    }
  }

  static FloatPointer aligned(long floats) {
    Pointer block = Pointer.malloc(floats * 4 + 128);
    long shift = -block.address() & 63;
    return new FloatPointer(new org.bytedeco.javacpp.BytePointer(block).getPointer(shift))
        .capacity(floats);
  }

  private Runnable direct() {
    memory.data_type f32 = memory.data_type.f32;
    long[] map = {images, channels, height, width};
    memory.desc nhwc = new memory.desc(map, f32, memory.format_tag.nhwc);
    long[] kernel = {channels, channels, 3, 3};
    post_ops silu = new post_ops();
    silu.append_eltwise(algorithm.eltwise_swish, 1f, 0f);
    primitive_attr attributes = new primitive_attr();
    attributes.set_post_ops(silu);
    long[] ones = {1, 1};
    memory.desc biasDesc = new memory.desc(new long[] {channels}, f32, memory.format_tag.x);
    convolution_forward.primitive_desc description =
        new convolution_forward.primitive_desc(
            cpu,
            prop_kind.forward_inference,
            algorithm.convolution_direct,
            nhwc,
            new memory.desc(kernel, f32, memory.format_tag.any),
            biasDesc,
            nhwc,
            ones,
            ones,
            ones,
            attributes,
            false);
    memory plain =
        new memory(
            new memory.desc(kernel, f32, memory.format_tag.oihw), cpu, new FloatPointer(filters));
    memory packed = new memory(description.weights_desc(), cpu);
    IntMemoryMap arguments = new IntMemoryMap();
    arguments.put(DNNL_ARG_FROM, plain);
    arguments.put(DNNL_ARG_TO, packed);
    stream queue = new stream(cpu);
    new reorder(plain, packed).execute(queue, arguments);
    queue._wait();
    IntMemoryMap call = new IntMemoryMap();
    call.put(DNNL_ARG_SRC, new memory(nhwc, cpu, source));
    call.put(DNNL_ARG_WEIGHTS, packed);
    call.put(DNNL_ARG_BIAS, new memory(biasDesc, cpu, new FloatPointer(bias)));
    call.put(DNNL_ARG_DST, new memory(nhwc, cpu, reference));
    primitive convolution = new primitive(description);
    return () -> {
      convolution.execute(queue, call);
      queue._wait();
    };
  }

  private final class Winograd {
    final WinogradShape shape;
    final WinogradKernel kernel;
    final WinogradScratch[] scratch;

    Winograd(Tile tile, int tilesPerBlock, int threads) {
      shape =
          new WinogradShape(
              tile, images, height, width, channels, channels, channels, channels, tilesPerBlock);
      WinogradWeights weights = WinogradWeights.of(dnnl.engine(), dnnl.stream(), shape, filters);
      kernel = new WinogradKernel(dnnl.engine(), shape, weights, bias, Eltwise.SILU);
      scratch = new WinogradScratch[threads];
      for (int i = 0; i < threads; i++) {
        scratch[i] =
            new WinogradScratch(
                kernel,
                dnnl.engine(),
                dnnl.stream(),
                aligned(kernel.scratchBytes() / 4),
                new WinogradRows(kernel.lanes()));
      }
    }

    void run(int part, int parts) {
      FloatBuffer from = source.asBuffer();
      FloatBuffer to = destination.asBuffer();
      int blocks = shape.blocks();
      kernel.run(
          scratch[part], from, to, null, 0, blocks * part / parts, blocks * (part + 1) / parts);
    }
  }

  private static double time(Runnable task, long atLeast) {
    double best = Double.MAX_VALUE;
    long start = System.nanoTime();
    for (int i = 0; i < 3 || System.nanoTime() - start < atLeast; i++) {
      long t = System.nanoTime();
      task.run();
      best = Math.min(best, (double) (System.nanoTime() - t));
    }
    return best / 1e6;
  }

  private static double least(double[] values) {
    return Arrays.stream(values).min().orElseThrow();
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private void measure(Tile[] tiles, int[] blockSizes) throws Exception {
    Runnable direct = direct();
    CyclicBarrier barrier = new CyclicBarrier(2);
    IntConsumer[] job = new IntConsumer[1];
    Thread second =
        new Thread(
            () -> {
              Engine.singleThreadedHere();
              try {
                while (true) {
                  barrier.await();
                  if (job[0] == null) {
                    return;
                  }
                  job[0].accept(1);
                  barrier.await();
                }
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
    second.start();
    for (Tile tile : tiles) {
      for (int size : blockSizes) {
        Winograd winograd = new Winograd(tile, size, 2);
        if (size > winograd.shape.tiles()) {
          continue;
        }
        double[] plain = new double[ROUNDS];
        double[] one = new double[ROUNDS];
        double[] ratio = new double[ROUNDS];
        double[] two = new double[ROUNDS];
        job[0] = part -> winograd.run(part, 2);
        Runnable single = () -> winograd.run(0, 1);
        Runnable pair =
            () -> {
              try {
                barrier.await();
                job[0].accept(0);
                barrier.await();
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            };
        time(single, 1_000_000_000);
        for (int i = 0; i < ROUNDS; i++) {
          plain[i] = time(direct, 40_000_000);
          one[i] = time(single, 40_000_000);
          two[i] = time(pair, 40_000_000);
          ratio[i] = plain[i] / one[i];
        }
        double largest = 0;
        for (long i = 0; i < destination.capacity(); i++) {
          largest = Math.max(largest, Math.abs((double) destination.get(i) - reference.get(i)));
        }
        System.out.printf(
            "%d ch %dx%d n%d %s block %3d: direct %.3f ms, winograd %.3f (x%.2f), 2 threads %.3f (x%.2f of 1); %s, %.1f MB scratch, error %.1e%n",
            channels,
            height,
            width,
            images,
            tile,
            size,
            least(plain),
            least(one),
            median(ratio),
            least(two),
            least(one) / least(two),
            winograd.kernel.implementation(),
            winograd.kernel.scratchBytes() / 1e6,
            largest);
      }
    }
    job[0] = null;
    barrier.await();
    second.join();
  }

  public static void main(String[] args) throws Exception {
    Engine.singleThreadedHere();
    int[] numbers = Arrays.stream(args).mapToInt(Integer::parseInt).toArray();
    int[][] shapes = numbers.length == 0 ? SHAPES : new int[][] {Arrays.copyOf(numbers, 3)};
    int images = numbers.length > 3 ? numbers[3] : 1;
    Tile[] tiles =
        numbers.length > 4
            ? new Tile[] {numbers[4] == 2 ? Tile.M2 : Tile.M4}
            : new Tile[] {Tile.M4};
    int[] sizes =
        numbers.length > 5
            ? Arrays.copyOfRange(numbers, 5, numbers.length)
            : new int[] {13, 25, 50, 100, 200, 400};
    for (int[] shape : shapes) {
      new WinogradBenchmark(shape[0], shape[1], shape[2], images).measure(tiles, sizes);
    }
  }
}
