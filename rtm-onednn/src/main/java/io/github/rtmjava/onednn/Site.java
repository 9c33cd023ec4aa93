package io.github.rtmjava.onednn;

import io.github.rtmjava.compiler.Slot;
import io.github.rtmjava.compiler.Step;
import io.github.rtmjava.onednn.natives.Block;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Where the steps of one executable are put together: its memory, its parts, its weights. */
interface Site {
  Area area(Slot slot);

  /** Into how many parts the work of a step is cut; one where there are several images. */
  int parts();

  int images();

  /** What makes the primitives that a part runs. */
  Primitives primitives(int part);

  /** What a part lends to its kernels. */
  Winograd.Workplace workplace(int part);

  PackedWeights weights();

  /** Memory for one step only, as many bytes from the arena. */
  Block temporary(long bytes);

  /**
   * One of two places where steps keep a map in float32 that lies elsewhere in another type; each
   * holds the largest such map, until the end of the step.
   */
  Block conversions(int which);

  /** Adds a stage of tasks that go together. */
  void add(Step step, List<? extends Task> tasks);

  /** Makes one task for each part that has something of {@code extent} to do. */
  default <T extends Task> List<T> split(int extent, Function<Share, T> make) {
    List<T> tasks = new ArrayList<>();
    int parts = Math.min(parts(), extent);
    for (int part = 0; part < parts; part++) {
      int from = (int) ((long) extent * part / parts);
      int to = (int) ((long) extent * (part + 1) / parts);
      tasks.add(make.apply(new Share(part, from, to)));
    }
    return tasks;
  }

  /** What a part does: {@code from} to {@code to - 1}. */
  record Share(int part, int from, int to) {
    int size() {
      return to - from;
    }
  }
}
