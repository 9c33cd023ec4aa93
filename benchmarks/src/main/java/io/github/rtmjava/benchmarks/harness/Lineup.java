package io.github.rtmjava.benchmarks.harness;

import io.github.rtmjava.engine.Precision;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Every engine that runs a model, each in its process, the baseline first, outputs compared. */
final class Lineup implements AutoCloseable {
  private final List<WorkerProcess> started = new ArrayList<>();
  private final List<Entrant> entrants = new ArrayList<>();

  private Lineup() {}

  /**
   * Starts one process after the other.
   *
   * @param refused variants that are known to be impossible; this adds those that it finds
   * @throws IOException if an engine does not run the model in float32
   */
  static Lineup of(
      ModelFiles files, List<Variant> variants, int threads, int batch, Set<Variant> refused)
      throws IOException {
    Lineup lineup = new Lineup();
    try {
      for (Variant variant : variants) {
        if (!refused.contains(variant)) {
          WorkerProcess worker = WorkerProcess.start(files, variant, threads, batch);
          lineup.started.add(worker);
          if (worker.isReady()) {
            lineup.admit(worker);
          } else if (variant.precision() == Precision.FLOAT32) {
            throw new IOException("%s does not run: %s".formatted(variant, worker.refusal()));
          } else {
            refused.add(variant);
          }
        }
      }
      return lineup;
    } catch (IOException | RuntimeException | Error e) {
      lineup.close();
      throw e;
    }
  }

  private void admit(WorkerProcess worker) throws IOException {
    if (worker.variant().isBaseline()) {
      worker.keepOutputs();
      entrants.add(new Entrant(worker, 0));
    } else {
      entrants.add(new Entrant(worker, worker.difference()));
    }
  }

  List<Entrant> entrants() {
    return entrants;
  }

  @Override
  public void close() throws IOException {
    for (WorkerProcess worker : started) {
      worker.close();
    }
  }
}
