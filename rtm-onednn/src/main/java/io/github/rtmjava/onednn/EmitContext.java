package io.github.rtmjava.onednn;

import io.github.rtmjava.compiler.Slot;
import io.github.rtmjava.compiler.Step;
import io.github.rtmjava.onednn.natives.CallBuilder;
import io.github.rtmjava.onednn.natives.KernelTask;
import io.github.rtmjava.onednn.natives.NativeMemory;
import io.github.rtmjava.onednn.natives.PrimitiveFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * What emitters put the steps of one executable together with: its memory, its parts, its weights.
 */
interface EmitContext {
  TensorView view(Slot slot);

  /** Into how many parts the work of a step is cut; one where there are several images. */
  int parts();

  int images();

  /** Begins a call that a part runs; {@code what} it does is for messages of errors. */
  default CallBuilder call(Partition part, String what) {
    return primitives(part.index()).call(what);
  }

  /** What makes the primitives that a part runs. */
  PrimitiveFactory primitives(int part);

  /** The scratch memory that a part's Winograd kernels share. */
  WinogradEmitter.SharedScratch sharedScratch(int part);

  PackedWeights weights();

  /** Memory for one step only, as many bytes from the arena. */
  NativeMemory temporary(long bytes);

  /**
   * One of two buffers in which steps keep a map in float32 that lies elsewhere in another type;
   * each holds the largest such map, until the end of the step.
   */
  NativeMemory conversions(int which);

  /** Adds a stage of tasks that go together. */
  void add(Step step, List<? extends KernelTask> tasks);

  /**
   * Partitions {@code extent} into equal ranges: one task for each part that has something to do.
   */
  default <T extends KernelTask> List<T> partition(int extent, Function<Partition, T> make) {
    List<T> tasks = new ArrayList<>();
    int parts = Math.min(parts(), extent);
    for (int part = 0; part < parts; part++) {
      int from = (int) ((long) extent * part / parts);
      int to = (int) ((long) extent * (part + 1) / parts);
      tasks.add(make.apply(new Partition(part, from, to)));
    }
    return tasks;
  }

  /** The range of work of a part: {@code from} to {@code to - 1}. */
  record Partition(int index, int from, int to) {
    int size() {
      return to - from;
    }
  }
}
