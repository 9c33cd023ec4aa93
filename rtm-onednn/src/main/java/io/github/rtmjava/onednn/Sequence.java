package io.github.rtmjava.onednn;

import java.util.List;

/** Tasks that one thread does one after another. */
final class Sequence implements Task {
  private final Task[] tasks;

  Sequence(List<? extends Task> tasks) {
    this.tasks = tasks.toArray(Task[]::new);
  }

  @Override
  public void run() {
    for (Task task : tasks) {
      task.run();
    }
  }

  @Override
  public String implementation() {
    return tasks.length == 0 ? "nothing" : tasks[0].implementation();
  }
}
