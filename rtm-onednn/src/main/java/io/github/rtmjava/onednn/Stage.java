package io.github.rtmjava.onednn;

import java.util.List;

/**
 * Work that the parts of an executable do at the same time, before any of them goes on.
 *
 * @param name of the step that it belongs to
 * @param tasks by part; shorter where the last parts have nothing to do
 */
record Stage(String name, List<Task> tasks) {
  Stage {
    tasks = List.copyOf(tasks);
  }
}
