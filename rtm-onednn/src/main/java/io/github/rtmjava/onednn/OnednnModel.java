package io.github.rtmjava.onednn;

import io.github.rtmjava.compiler.MemoryPlan;
import io.github.rtmjava.compiler.tuning.TunedPlans;
import io.github.rtmjava.engine.CompiledModel;
import io.github.rtmjava.engine.LayerTime;
import io.github.rtmjava.engine.Session;
import io.github.rtmjava.nn.Network;
import io.github.rtmjava.onednn.natives.NativeMemory;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A program with its weights in native memory. */
final class OnednnModel implements CompiledModel {
  private final Network network;
  private final TunedPlans plans;
  private final int threads;
  private final String description;
  private final PackedWeights weights;
  private final Set<OnednnSession> sessions = new HashSet<>();

  /** Made when the model is compiled, so that errors and costs come then; the first session's. */
  private final AtomicReference<@Nullable Executable> spare = new AtomicReference<>();

  /** Nothing is freed under a run. */
  private final Gate gate = new Gate();

  OnednnModel(Network network, TunedPlans plans, int threads, String description) {
    this.network = network;
    this.plans = plans;
    this.threads = threads;
    this.description = description;
    weights = new PackedWeights(plans.program().weights(), threads);
    try {
      spare.set(single());
    } catch (RuntimeException | Error e) {
      weights.close();
      throw e;
    }
  }

  @Override
  public Network network() {
    return network;
  }

  @Override
  public String description() {
    return description;
  }

  int threads() {
    return threads;
  }

  /** The names of an executable's outputs, in their order. */
  Set<String> outputs() {
    return plans.program().outputs().keySet();
  }

  /** How many images a thread takes at once at most. */
  int images() {
    return plans.images();
  }

  /** An executable for one image on all threads. */
  Executable single() {
    Executable made = spare.getAndSet(null);
    return made != null ? made : executable(plans.latency(), 1, threads);
  }

  /** An executable for several images on one thread. */
  Executable several(int images) {
    return executable(plans.throughput(), images, 1);
  }

  private Executable executable(MemoryPlan plan, int images, int parts) {
    return ThreadPool.get().alone(() -> Executable.of(plan, weights, images, parts));
  }

  private <T> T whileOpen(Supplier<T> work) {
    enter();
    try {
      return work.get();
    } finally {
      leave();
    }
  }

  /**
   * Keeps everything from being freed until {@link #leave}.
   *
   * @throws IllegalStateException if the model is closed
   */
  void enter() {
    if (!gate.enter()) {
      throw new IllegalStateException("the model is closed; compile it again");
    }
  }

  void leave() {
    gate.leave();
  }

  @Override
  public void warmUp(int... batches) {
    whileOpen(() -> threads);
    Set<Integer> sizes = new TreeSet<>();
    for (int batch : batches) {
      if (batch < 1) {
        throw new IllegalArgumentException("expected batches of at least 1 image, found " + batch);
      }
      for (MicroBatch microBatch : MicroBatch.of(batch, threads, images())) {
        if (microBatch.members() > 0) {
          sizes.add(microBatch.images());
        }
      }
    }
    if (!sizes.isEmpty() && plans.warmUp()) {
      // Weights are packed with the first executable that wants them.
      for (int size : sizes) {
        whileOpen(
            () -> {
              several(size).close();
              return size;
            });
      }
    }
  }

  @Override
  public List<LayerTime> profile(int runs) {
    return whileOpen(
        () -> {
          Executable executable = single();
          try (NativeMemory input = new NativeMemory(executable.inputBytes())) {
            input.clear();
            executable.setInputs(input.at(0));
            StageProfiler profiler =
                new StageProfiler(executable.stages(), executable.parts(), runs);
            for (int run = 0; run < runs; run++) {
              int now = run;
              ThreadPool.get()
                  .run(executable.parts(), (member, region) -> profiler.run(now, member, region));
            }
            return profiler.layers();
          } finally {
            keep(executable);
          }
        });
  }

  @Override
  public Memory memory() {
    return whileOpen(
        () -> {
          Executable executable = single();
          try {
            return new Memory(weights.bytes(), executable.bytes());
          } finally {
            keep(executable);
          }
        });
  }

  private void keep(Executable executable) {
    if (!spare.compareAndSet(null, executable)) {
      executable.close();
    }
  }

  @Override
  public Session newSession() {
    return whileOpen(
        () -> {
          OnednnSession made = new OnednnSession(this);
          synchronized (sessions) {
            sessions.add(made);
          }
          return made;
        });
  }

  /** A session that frees its memory itself. */
  void forget(OnednnSession session) {
    synchronized (sessions) {
      sessions.remove(session);
    }
  }

  @Override
  public void close() {
    if (!gate.close()) {
      return;
    }
    gate.awaitEmpty();
    List<OnednnSession> open;
    synchronized (sessions) {
      open = List.copyOf(sessions);
      sessions.clear();
    }
    open.forEach(OnednnSession::free);
    ExitGate.get().unlessEnding(this::free);
  }

  private void free() {
    Executable unused = spare.getAndSet(null);
    if (unused != null) {
      unused.close();
    }
    weights.close();
  }
}
