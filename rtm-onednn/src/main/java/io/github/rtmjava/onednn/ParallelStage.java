package io.github.rtmjava.onednn;

import io.github.rtmjava.onednn.natives.KernelTask;
import java.util.List;

/**
 * Tasks that run in parallel, with a barrier after them.
 *
 * @param name of the step that it belongs to
 * @param tasks by part; shorter where the last parts have nothing to do
 */
record ParallelStage(String name, List<KernelTask> tasks) {
  ParallelStage {
    tasks = List.copyOf(tasks);
  }
}
