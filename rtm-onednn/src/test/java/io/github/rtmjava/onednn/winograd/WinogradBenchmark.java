package io.github.rtmjava.onednn.winograd;

import static org.bytedeco.dnnl.global.dnnl.*;

import io.github.rtmjava.onednn.natives.Dnnl;
import io.github.rtmjava.onednn.natives.Eltwise;
import io.github.rtmjava.onednn.natives.Resources;
import java.lang.management.ManagementFactory;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;
import org.bytedeco.dnnl.IntMemoryMap;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.dnnl_stream;
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
 * Measures convolutions with bias and SiLU against oneDNN's own, in one process and in turns. Times
 * on one thread are of its own processor time, so that ratios hold on a machine that does other
 * things besides; those on two threads are by the clock and want an idle machine.
 *
 * <pre>
 * mvn -q -pl rtm-onednn test-compile dependency:build-classpath -Dmdep.outputFile=target/classpath
 * java -Dorg.bytedeco.javacpp.nopointergc=true -cp rtm-onednn/target/test-classes:rtm-onednn/target/classes:$(cat rtm-onednn/target/classpath)
 *     io.github.rtmjava.onednn.winograd.WinogradBenchmark [CxK HxW IMAGES TILE PARTS TILES_PER_BLOCK...]
 * </pre>
 *
 * For example {@code 192x192 40x40 1 M4 1 25 50 100}; without arguments the shapes of RTMDet-m and
 * RTMW3D-L.
 */
final class WinogradBenchmark {
  private static final String[] SHAPES = {
    "192x192 80x80 1 M4 1 25 50 100 200",
    "192x192 40x40 1 M4 1 25 50 100",
    "96x96 80x80 1 M4 1 25 50 100 200",
    "48x48 160x160 1 M4 1 50 100 200 400",
    "384x384 20x20 1 M4 1 13 25",
    "192x192 20x20 1 M4 1 13 25",
    "128x128 48x36 1 M4 1 27 54 108",
    "256x256 24x18 1 M4 1 15 30",
    "512x512 12x9 1 M4 1 9",
    "256x256 24x18 1 M2_OF_7 1 27 54 108",
    "768x133 24x18 1 M2_OF_7 1 27 54 108",
    "1024x133 12x9 1 M2_OF_7 1 15 30"
  };
  private static final int ROUNDS = 9;

  private final engine cpu = new engine(Dnnl.get().engine());
  private final dnnl_stream queue = Dnnl.get().stream(new Resources());
  private final int channels;
  private final int outputs;
  private final Tile tile;
  private final int height;
  private final int width;
  private final int images;
  private final FloatPointer source;
  private final FloatPointer destination;
  private final FloatPointer reference;
  private final float[] filters;
  private final float[] bias;

  private WinogradBenchmark(
      int channels, int outputs, int height, int width, int images, Tile tile) {
    this.outputs = outputs;
    this.tile = tile;
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
    long results = (long) images * height * width * outputs;
    destination = aligned(results);
    reference = aligned(results);
    filters = new float[outputs * channels * tile.taps() * tile.taps()];
    for (int i = 0; i < filters.length; i++) {
      filters[i] = (float) (random.nextGaussian() / Math.sqrt((double) filters.length / outputs));
    }
    bias = new float[outputs];
    for (int i = 0; i < outputs; i++) {
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
    long[] from = {images, channels, height, width};
    long[] to = {images, outputs, height, width};
    memory.desc input = new memory.desc(from, f32, memory.format_tag.nhwc);
    memory.desc output = new memory.desc(to, f32, memory.format_tag.nhwc);
    long[] kernel = {outputs, channels, tile.taps(), tile.taps()};
    long[] padding = {tile.taps() / 2, tile.taps() / 2};
    post_ops silu = new post_ops();
    silu.append_eltwise(algorithm.eltwise_swish, 1f, 0f);
    primitive_attr attributes = new primitive_attr();
    attributes.set_post_ops(silu);
    long[] ones = {1, 1};
    memory.desc biasDesc = new memory.desc(new long[] {outputs}, f32, memory.format_tag.x);
    convolution_forward.primitive_desc description =
        new convolution_forward.primitive_desc(
            cpu,
            prop_kind.forward_inference,
            algorithm.convolution_direct,
            input,
            new memory.desc(kernel, f32, memory.format_tag.any),
            biasDesc,
            output,
            ones,
            padding,
            padding,
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
    call.put(DNNL_ARG_SRC, new memory(input, cpu, source));
    call.put(DNNL_ARG_WEIGHTS, packed);
    call.put(DNNL_ARG_BIAS, new memory(biasDesc, cpu, new FloatPointer(bias)));
    call.put(DNNL_ARG_DST, new memory(output, cpu, reference));
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

    Winograd(int tilesPerBlock, int parts, int threads) {
      shape =
          new WinogradShape(
              tile,
              images,
              height,
              width,
              channels,
              outputs,
              channels,
              outputs,
              tilesPerBlock,
              parts);
      WinogradWeights weights = WinogradWeights.of(shape, FloatBuffer.wrap(filters));
      kernel = new WinogradKernel(shape, weights, bias, Eltwise.SILU);
      scratch = new WinogradScratch[threads];
      for (int i = 0; i < threads; i++) {
        scratch[i] =
            new WinogradScratch(
                kernel, queue, aligned(kernel.scratchBytes() / 4), new TransformBuffers());
      }
    }

    /** The times of the four steps over a block, for the whole map and one part. */
    String stages() {
      FloatBuffer from = source.asBuffer();
      FloatBuffer to = destination.asBuffer();
      WinogradScratch mine = scratch[0];
      int tiles = Math.min(shape.tilesPerBlock(), shape.tiles());
      double scale = (double) shape.tiles() / tiles;
      WinogradScratch.Calls calls = mine.calls(0, tiles);
      double[] steps = {
        time(
            WinogradBenchmark::now,
            () -> kernel.input().run(mine.rows, from, mine.transformed, 0, tiles),
            200_000_000),
        time(WinogradBenchmark::now, calls::multiply, 200_000_000),
        time(
            WinogradBenchmark::now,
            () -> kernel.output().run(mine.rows, mine.products, mine.results, 0, tiles),
            200_000_000),
        time(WinogradBenchmark::now, calls::activate, 200_000_000),
        time(
            WinogradBenchmark::now,
            () -> kernel.store().run(mine, to, null, 0, 0, 0, tiles),
            200_000_000)
      };
      return "  input %.3f, products %.3f, output %.3f, activation %.3f, store %.3f%n"
          .formatted(Arrays.stream(steps).mapToObj(step -> step * scale).toArray());
    }

    void run(int part, int parts) {
      FloatBuffer from = source.asBuffer();
      FloatBuffer to = destination.asBuffer();
      int blocks = shape.blocks();
      kernel.run(
          scratch[part], from, to, null, 0, blocks * part / parts, blocks * (part + 1) / parts);
    }
  }

  /** Of the thread, so that others on the machine count as little as can be. */
  private static long now() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  /** The least milliseconds for one run, from samples of a millisecond at least. */
  private static double time(LongSupplier clock, Runnable task, long nanoseconds) {
    double best = Double.MAX_VALUE;
    long start = clock.getAsLong();
    int runs = 1;
    while (clock.getAsLong() - start < nanoseconds) {
      long before = clock.getAsLong();
      for (int i = 0; i < runs; i++) {
        task.run();
      }
      long spent = clock.getAsLong() - before;
      if (spent < 1_000_000) {
        runs *= 2;
      } else {
        best = Math.min(best, (double) spent / runs);
      }
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

  private void measure(int parts, int[] blockSizes) throws Exception {
    Runnable direct = direct();
    CyclicBarrier barrier = new CyclicBarrier(2);
    IntConsumer[] job = new IntConsumer[1];
    Thread second =
        new Thread(
            () -> {
              Dnnl.get().openMp().setThreads(1);
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
    for (int size : blockSizes) {
      Winograd winograd = new Winograd(size, parts, 2);
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
      time(WinogradBenchmark::now, single, 1_000_000_000);
      for (int i = 0; i < ROUNDS; i++) {
        plain[i] = time(WinogradBenchmark::now, direct, 40_000_000);
        one[i] = time(WinogradBenchmark::now, single, 40_000_000);
        two[i] = time(System::nanoTime, pair, 40_000_000);
        ratio[i] = plain[i] / one[i];
      }
      double largest = 0;
      for (long i = 0; i < destination.capacity(); i++) {
        largest = Math.max(largest, Math.abs((double) destination.get(i) - reference.get(i)));
      }
      System.out.printf(
          "%dx%d %dx%d n%d %s %d parts, block %3d: direct %.3f ms, winograd %.3f (x%.2f), 2 threads %.3f (x%.2f of 1); %s, %.1f MB scratch, error %.1e%n",
          channels,
          outputs,
          height,
          width,
          images,
          tile,
          parts,
          size,
          least(plain),
          least(one),
          median(ratio),
          least(two),
          least(one) / least(two),
          winograd.kernel.implementation(),
          winograd.kernel.scratchBytes() / 1e6,
          largest);
      System.out.print(winograd.stages());
    }
    job[0] = null;
    barrier.await();
    second.join();
  }

  public static void main(String[] args) throws Exception {
    Dnnl.get().openMp().setThreads(1);
    for (String line : args.length == 0 ? SHAPES : new String[] {String.join(" ", args)}) {
      String[] words = line.split(" ", -1);
      int[] channels = pair(words[0]);
      int[] size = pair(words[1]);
      new WinogradBenchmark(
              channels[0],
              channels[1],
              size[0],
              size[1],
              Integer.parseInt(words[2]),
              Tile.valueOf(words[3]))
          .measure(
              Integer.parseInt(words[4]),
              Arrays.stream(words).skip(5).mapToInt(Integer::parseInt).toArray());
    }
  }

  private static int[] pair(String text) {
    return Arrays.stream(text.split("x", -1)).mapToInt(Integer::parseInt).toArray();
  }
}
