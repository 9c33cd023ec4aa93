package io.github.rtmjava.onednn;

import io.github.rtmjava.onednn.natives.KernelTask;
import java.util.List;

/** Tasks that one thread does one after another. */
final class SequentialTasks implements KernelTask {
  private final KernelTask[] tasks;

  SequentialTasks(List<? extends KernelTask> tasks) {
    this.tasks = tasks.toArray(KernelTask[]::new);
  }

  @Override
  public void run() {
    for (KernelTask task : tasks) {
      task.run();
    }
  }

  @Override
  public String implementation() {
    return tasks.length == 0 ? "nothing" : tasks[0].implementation();
  }
}
