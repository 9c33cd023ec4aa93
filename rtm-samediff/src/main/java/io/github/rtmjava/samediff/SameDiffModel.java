package io.github.rtmjava.samediff;

import io.github.rtmjava.engine.CompiledModel;
import io.github.rtmjava.engine.EngineException;
import io.github.rtmjava.engine.Session;
import io.github.rtmjava.nn.Network;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.nd4j.autodiff.samediff.SameDiff;

/** A SameDiff graph with the one thread that runs it for all sessions. */
final class SameDiffModel implements CompiledModel {
  private final Network network;
  private final String description;
  private final boolean cpu;
  private final InferenceThread thread;
  private final SameDiff graph;
  private final Set<SameDiffSession> sessions = new HashSet<>();
  private boolean closed;
  private boolean freed; // read and written on the thread only

  SameDiffModel(
      Network network, SameDiff graph, InferenceThread thread, boolean cpu, String description) {
    this.network = network;
    this.graph = graph;
    this.thread = thread;
    this.cpu = cpu;
    this.description = description;
  }

  @Override
  public Network network() {
    return network;
  }

  @Override
  public String description() {
    return description;
  }

  @Override
  public Session newSession() {
    SameDiffSession session = new SameDiffSession(this, new BatchedExecution(network, graph, cpu));
    synchronized (sessions) {
      if (closed) {
        throw new IllegalStateException("the model is closed; compile it again");
      }
      sessions.add(session);
    }
    return session;
  }

  /**
   * Runs a session's work.
   *
   * @throws IllegalStateException if the model is closed
   */
  <T> T onThread(Callable<T> work) {
    try {
      return thread.call(
          () -> {
            if (freed) {
              throw new IllegalStateException("the model is closed; compile it again");
            }
            return work.call();
          });
    } catch (IOException e) {
      throw new EngineException("ND4J failed: " + e.getMessage(), e);
    }
  }

  /** Frees a session that is closed. */
  void release(SameDiffSession session) {
    synchronized (sessions) {
      if (!sessions.remove(session)) {
        return;
      }
    }
    free(session::free);
  }

  private void free(Runnable work) {
    try {
      thread.free(work);
    } catch (IOException e) {
      throw new EngineException("ND4J failed: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    List<SameDiffSession> open;
    synchronized (sessions) {
      if (closed) {
        return;
      }
      closed = true;
      open = List.copyOf(sessions);
      sessions.clear();
    }
    try {
      free(
          () -> {
            freed = true;
            open.forEach(SameDiffSession::free);
            SameDiffEmitter.close(graph);
          });
    } finally {
      thread.close();
    }
  }
}
