package io.github.rtmjava.onednn;

import static org.bytedeco.dnnl.global.dnnl.*;

import io.github.rtmjava.engine.EngineException;
import io.github.rtmjava.model.Weights;
import io.github.rtmjava.onednn.natives.CallBuilder;
import io.github.rtmjava.onednn.natives.Dnnl;
import io.github.rtmjava.onednn.natives.NativeMemory;
import io.github.rtmjava.onednn.natives.Operation;
import io.github.rtmjava.onednn.natives.PrimitiveFactory;
import io.github.rtmjava.onednn.natives.Resources;
import io.github.rtmjava.onednn.winograd.WinogradShape;
import io.github.rtmjava.onednn.winograd.WinogradWeights;
import io.github.rtmjava.tensor.DType;
import io.github.rtmjava.tensor.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.jspecify.annotations.Nullable;

/**
 * A model's weights in native memory, each once in every order in which some primitive wants it.
 * Primitives for other batch sizes or other parts of a map mostly want the same. Their memory is
 * there when it is asked for; what belongs in it, after {@link #pack}.
 */
final class PackedWeights implements AutoCloseable {
  /** What weights that are being packed may take of the Java heap: this part of it. */
  private static final int HEAP_SHARE = 4;

  private record Packed(dnnl_memory_desc order, NativeMemory block) {}

  private record PackingTask(long bytes, Runnable work) {}

  private final Dnnl dnnl = Dnnl.get();
  private final Weights source;
  private final int threads;
  private final boolean blank;
  private final Map<String, List<Packed>> packed = new HashMap<>();
  private final Map<String, List<WinogradWeights>> transformed = new HashMap<>();
  private final Map<String, float[]> vectors = new HashMap<>();
  private final Map<String, NativeMemory> rows = new HashMap<>();
  private final Resources resources = new Resources();

  /** What is to be packed yet. */
  private final List<PackingTask> open = new ArrayList<>();

  private final Object packing = new Object();
  private long bytes;
  private boolean closed;

  /**
   * Packs nothing yet.
   *
   * @param threads that pack
   */
  PackedWeights(Weights source, int threads) {
    this(source, threads, false);
  }

  private PackedWeights(Weights source, int threads, boolean blank) {
    this.source = source;
    this.threads = threads;
    this.blank = blank;
  }

  /** Zeros in place of all but vectors, for runs of which only the time matters. */
  static PackedWeights blank(Weights source) {
    return new PackedWeights(source, 1, true);
  }

  /** Bytes of native memory. */
  synchronized long bytes() {
    return bytes;
  }

  /** A short weight as floats. */
  synchronized float[] vector(String key) {
    return vectors.computeIfAbsent(key, k -> read(k).toFloats());
  }

  /** A weight as floats in their order in native memory. */
  synchronized NativeMemory rows(String key) {
    NativeMemory known = rows.get(key);
    if (known != null) {
      return known;
    }
    requireOpen();
    float[] values = vector(key);
    long size = (long) values.length * Float.BYTES;
    NativeMemory made = resources.block(size);
    made.view(0, size).asFloatBuffer().put(values);
    bytes += size;
    rows.put(key, made);
    return made;
  }

  /**
   * A weight [out, in, r, r] transformed for a convolution by Winograd's minimal filtering; perhaps
   * in another number of parts than the shape has, where it is there like that already.
   */
  synchronized WinogradWeights winograd(String key, WinogradShape shape) {
    for (WinogradWeights made : transformed.getOrDefault(key, List.of())) {
      if (made.suits(shape.inParts(made.parts()))) {
        return made;
      }
    }
    requireOpen();
    WinogradWeights made = WinogradWeights.allocate(shape);
    resources.add(made, made::close);
    bytes += made.bytes();
    open.add(
        new PackingTask(
            made.bytes(),
            () -> {
              if (blank) {
                made.clear();
              } else {
                transform(key, made);
              }
            }));
    transformed.computeIfAbsent(key, k -> new ArrayList<>()).add(made);
    return made;
  }

  private void transform(String key, WinogradWeights into) {
    into.transform(read(key).toFloat32().floats());
  }

  /** The weight as stored in the checkpoint, in float32; for engines' own orders. */
  Tensor read(String key) {
    try {
      return source.get(key);
    } catch (IOException e) {
      throw new UncheckedIOException("weight " + key + ": " + e.getMessage(), e);
    }
  }

  /**
   * A weight, packed in the order that a primitive wants.
   *
   * @param dims dimensions as the primitive sees the checkpoint's elements
   * @param strides distances of the checkpoint's elements along these dimensions
   */
  CallBuilder.Binding packed(String key, long[] dims, long[] strides) {
    return (wanted, owner) -> dnnl.memory(owner, wanted, block(key, dims, strides, wanted).at(0));
  }

  /** The same for dimensions that are the checkpoint's. */
  CallBuilder.Binding packed(String key, long... dims) {
    return packed(key, dims, Dnnl.rowMajor(dims));
  }

  private synchronized NativeMemory block(
      String key, long[] dims, long[] strides, dnnl_memory_desc wanted) {
    NativeMemory found = find(key, wanted);
    return found != null ? found : pack(key, dims, strides, wanted);
  }

  private @Nullable NativeMemory find(String key, dnnl_memory_desc wanted) {
    for (Packed entry : packed.getOrDefault(key, List.of())) {
      if (dnnl_memory_desc_equal(entry.order, wanted) != 0) {
        return entry.block;
      }
    }
    return null;
  }

  private NativeMemory pack(String key, long[] dims, long[] strides, dnnl_memory_desc wanted) {
    requireOpen();
    long size = dnnl_memory_desc_get_size(wanted);
    NativeMemory block = resources.block(size);
    dnnl_memory_desc order = Dnnl.copy(wanted);
    resources.add(order, () -> dnnl_memory_desc_destroy(order));
    bytes += size;
    packed.computeIfAbsent(key, k -> new ArrayList<>()).add(new Packed(order, block));
    open.add(
        new PackingTask(
            size,
            () -> {
              if (blank) {
                block.clear();
              } else {
                fill(key, dims, strides, order, block);
              }
            }));
    return block;
  }

  private void requireOpen() {
    if (closed) {
      throw new EngineException("the model is closed; compile it again");
    }
  }

  private void fill(
      String key, long[] dims, long[] strides, dnnl_memory_desc wanted, NativeMemory block) {
    Tensor tensor = read(key).toFloat32();
    long elements = 1;
    for (long dim : dims) {
      elements *= dim;
    }
    if (tensor.shape().elements() != elements) {
      throw new EngineException(
          "weight %s: expected %s elements, found %s".formatted(key, elements, tensor));
    }
    try (NativeMemory staged = new NativeMemory(elements * Float.BYTES);
        PrimitiveFactory primitives = new PrimitiveFactory()) {
      staged.view(0, elements * Float.BYTES).asFloatBuffer().put(tensor.floats());
      primitives.run(
          primitives
              .call("an order of weights")
              .argument(DNNL_ARG_FROM, Dnnl.strided(DType.FLOAT32, dims, strides), staged.at(0))
              .argument(DNNL_ARG_TO, Dnnl.copy(wanted), block.at(0))
              .make(Operation.reorder()));
    }
  }

  /**
   * Packs what has been asked for, the largest first, each on one of the threads.
   *
   * @throws UncheckedIOException if a weight cannot be read; the next call tries again
   */
  void pack() {
    synchronized (packing) {
      List<PackingTask> tasks;
      synchronized (this) {
        tasks = new ArrayList<>(open);
        open.clear();
      }
      if (tasks.isEmpty()) {
        return;
      }
      tasks.sort(Comparator.comparingLong(task -> -task.bytes));
      AtomicInteger next = new AtomicInteger();
      try {
        ThreadPool.get()
            .run(
                Math.min(threads, fitting(tasks)),
                (member, region) -> {
                  for (int i = next.getAndIncrement();
                      i < tasks.size();
                      i = next.getAndIncrement()) {
                    tasks.get(i).work.run();
                  }
                });
      } catch (RuntimeException | Error e) {
        synchronized (this) {
          open.addAll(tasks);
        }
        throw e;
      }
    }
  }

  /**
   * How many of the largest tasks fit into the Java heap at a time, with a copy of a weight each.
   */
  private static int fitting(List<PackingTask> tasks) {
    long left = Runtime.getRuntime().maxMemory() / HEAP_SHARE;
    int count = 0;
    while (count < tasks.size() && (count == 0 || tasks.get(count).bytes <= left)) {
      left -= tasks.get(count).bytes;
      count++;
    }
    return count;
  }

  @Override
  public synchronized void close() {
    closed = true;
    packed.clear();
    transformed.clear();
    resources.close();
  }
}
