package io.github.rtmjava.onednn;

import io.github.rtmjava.engine.EngineException;
import io.github.rtmjava.engine.ShutdownHold;
import java.time.Duration;

/**
 * Through which all of this process goes that computes in oneDNN. A process that ends unloads the
 * library, which crashes whoever is still in it: at exit the gate closes, and the end waits for
 * those inside.
 */
final class ExitGate {
  private static final Duration HELD = Duration.ofSeconds(60);
  private static final Duration INSIDE = Duration.ofSeconds(10);

  private final Gate gate = new Gate();

  private ExitGate() {
    try {
      Runtime.getRuntime().addShutdownHook(new Thread(this::end, "rtm-onednn-exit"));
    } catch (IllegalStateException e) {
      gate.close(); // it is ending
    }
  }

  private static final class Holder {
    static final ExitGate INSTANCE = new ExitGate();
  }

  static ExitGate get() {
    return Holder.INSTANCE;
  }

  Gate gate() {
    return gate;
  }

  /** Does something inside; a process that ends need not free what it has. */
  void unlessEnding(Runnable work) {
    if (gate.enter()) {
      try {
        work.run();
      } finally {
        gate.leave();
      }
    }
  }

  /** What is said to whom the gate does not let in. */
  static EngineException refused() {
    return new EngineException("the process is ending, so no model runs any more");
  }

  private void end() {
    try {
      ShutdownHold.awaitNone(HELD);
      gate.close();
      gate.awaitEmpty(INSIDE);
    } catch (InterruptedException e) {
      gate.close();
      Thread.currentThread().interrupt();
    }
  }
}
