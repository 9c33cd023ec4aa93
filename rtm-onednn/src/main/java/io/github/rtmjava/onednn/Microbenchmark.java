package io.github.rtmjava.onednn;

import io.github.rtmjava.compiler.MemoryPlan;
import io.github.rtmjava.compiler.tuning.Candidate;
import io.github.rtmjava.compiler.tuning.TuningProgram;
import io.github.rtmjava.engine.Precision;
import io.github.rtmjava.onednn.natives.KernelTask;
import io.github.rtmjava.runtime.Closer;
import java.util.List;

/** One convolution, done on the calling thread again and again to see how long it takes. */
final class Microbenchmark implements AutoCloseable {
  /** What has met a second image is not compiled anew for batches. */
  private static final int IMAGES = 2;

  private final Closer memory = new Closer();
  private final List<KernelTask> tasks;

  Microbenchmark(Candidate candidate, Precision precision) {
    TuningProgram program = new TuningProgram(List.of(candidate));
    MemoryPlan plan = program.plan(new OnednnBackend(precision), precision);
    try (Closer opened = new Closer()) {
      PackedWeights weights = opened.add(PackedWeights.blank(plan.program().weights()));
      Executable executable = opened.add(Executable.of(plan, weights, IMAGES, 1));
      executable.clear();
      tasks =
          executable.stages().stream()
              .filter(stage -> program.candidates().containsKey(stage.name()))
              .flatMap(stage -> stage.tasks().stream())
              .toList();
      memory.add(weights);
      memory.add(executable);
      opened.release();
    }
  }

  /** The shortest of some runs, in nanoseconds. */
  long least(long spellNanos) {
    long least = Long.MAX_VALUE;
    long start = System.nanoTime();
    do {
      long begin = System.nanoTime();
      tasks.forEach(KernelTask::run);
      least = Math.min(least, System.nanoTime() - begin);
    } while (System.nanoTime() - start < spellNanos);
    return least;
  }

  @Override
  public void close() {
    memory.close();
  }
}
