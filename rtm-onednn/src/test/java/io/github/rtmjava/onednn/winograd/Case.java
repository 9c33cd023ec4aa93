package io.github.rtmjava.onednn.winograd;

import io.github.rtmjava.onednn.natives.Dnnl;
import io.github.rtmjava.onednn.natives.Eltwise;
import io.github.rtmjava.onednn.natives.Resources;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** A convolution of random numbers, and its runs. */
record Case(
    WinogradShape shape,
    @Nullable Eltwise activation,
    boolean residual,
    float[] source,
    float[] oihw,
    float[] bias,
    float[] rest) {
  /** What the destination holds before, where nothing may be written. */
  static final float UNTOUCHED = 12345f;

  private static final int RESIDUAL_PADDING = 3;

  static Case of(WinogradShape shape, @Nullable Eltwise activation, boolean residual, long seed) {
    Random random = new Random(seed);
    int pixels = shape.images() * shape.height() * shape.width();
    int sums = shape.channels() * shape.tile().taps() * shape.tile().taps();
    return new Case(
        shape,
        activation,
        residual,
        normal(random, pixels * shape.sourcePitch(), 1),
        normal(random, shape.filters() * sums, 1 / Math.sqrt(sums)),
        normal(random, shape.filters(), .5),
        normal(random, pixels * residualPitch(shape), 1));
  }

  private static int residualPitch(WinogradShape shape) {
    return shape.filters() + RESIDUAL_PADDING;
  }

  private static float[] normal(Random random, int count, double deviation) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = (float) (random.nextGaussian() * deviation);
    }
    return numbers;
  }

  /** The whole destination, window and rest, after a run on so many threads. */
  float[] run(int threads) throws InterruptedException {
    FloatBuffer from = buffer(source);
    FloatBuffer added = buffer(rest);
    int pixels = shape.images() * shape.height() * shape.width();
    float[] result = new float[pixels * shape.destinationPitch()];
    Arrays.fill(result, UNTOUCHED);
    FloatBuffer to = buffer(result);
    try (WinogradWeights weights = WinogradWeights.of(shape, FloatBuffer.wrap(oihw));
        WinogradKernel kernel = new WinogradKernel(shape, weights, bias, activation)) {
      List<Thread> workers = new ArrayList<>();
      List<Throwable> failures = new ArrayList<>();
      for (int t = 0; t < threads; t++) {
        int first = shape.blocks() * t / threads;
        int end = shape.blocks() * (t + 1) / threads;
        Thread worker =
            new Thread(
                () -> {
                  Dnnl.get().openMp().setThreads(1);
                  try (Resources used = new Resources();
                      WinogradScratch scratch =
                          new WinogradScratch(
                              kernel,
                              Dnnl.get().stream(used),
                              used.block(kernel.scratchBytes()).at(0),
                              new TransformBuffers())) {
                    kernel.run(
                        scratch,
                        from,
                        to,
                        residual ? added : null,
                        residualPitch(shape),
                        first,
                        end);
                  }
                });
        worker.setUncaughtExceptionHandler((thread, failure) -> failures.add(failure));
        worker.start();
        workers.add(worker);
      }
      for (Thread worker : workers) {
        worker.join();
      }
      if (!failures.isEmpty()) {
        throw new AssertionError("a worker failed", failures.get(0));
      }
    }
    to.get(0, result);
    return result;
  }

  /** What the window should hold, pixel by pixel. */
  double[] expected() {
    double[] result = Convolution.of(shape, source, oihw, bias, activation);
    if (residual) {
      for (int i = 0; i < result.length; i++) {
        int pixel = i / shape.filters();
        result[i] += rest[pixel * residualPitch(shape) + i % shape.filters()];
      }
    }
    return result;
  }

  private static FloatBuffer buffer(float[] numbers) {
    FloatBuffer buffer =
        ByteBuffer.allocateDirect(numbers.length * Float.BYTES)
            .order(ByteOrder.nativeOrder())
            .asFloatBuffer();
    return buffer.put(0, numbers);
  }
}
