package io.github.rtmjava.engine;

import io.github.rtmjava.model.Model;
import io.github.rtmjava.nn.Network;
import io.github.rtmjava.nn.Value;
import io.github.rtmjava.runtime.Closer;
import io.github.rtmjava.tensor.Tensor;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Owns a compiled network and lends its sessions to any number of threads, each with input buffers
 * that are used again and again.
 *
 * <p>There are no more sessions than were asked for, by default as many as processors; further
 * callers wait their turn. A session keeps the memory of its largest batch. It is closed, and
 * another one opened in its place, when its last {@value #FORGETTING} batches were less than a
 * quarter of that; one that nobody has needed for a minute is closed when another one comes back.
 */
public final class ModelRunner implements AutoCloseable {
  /** Far longer than a batch takes: what waits so long waits for something that hangs. */
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private static final Duration IDLE = Duration.ofMinutes(1);

  /** Batches after which a larger one is forgotten. */
  static final int FORGETTING = 64;

  private final CompiledModel compiled;
  private final int sessions;
  private final Duration patience;
  private final long idleNanos;
  private final Semaphore permits;

  /** Guarded by itself. The last to have come back comes first: its memory is in the caches. */
  private final Deque<LentSession> free = new ArrayDeque<>();

  private volatile boolean closed;

  /** Takes over the compiled network: it is closed together with this runner. */
  public ModelRunner(CompiledModel compiled) {
    this(compiled, Runtime.getRuntime().availableProcessors(), PATIENCE);
  }

  /**
   * Takes over the compiled network.
   *
   * @param sessions that there are at most, at least 1
   * @param patience how long callers wait for one of them
   */
  public ModelRunner(CompiledModel compiled, int sessions, Duration patience) {
    this(compiled, sessions, patience, IDLE);
  }

  ModelRunner(CompiledModel compiled, int sessions, Duration patience, Duration idle) {
    if (sessions < 1) {
      throw new IllegalArgumentException("expected at least one session, found " + sessions);
    }
    this.compiled = compiled;
    this.sessions = sessions;
    this.patience = patience;
    this.idleNanos = idle.toNanos();
    this.permits = new Semaphore(sessions, /* fair= */ true);
  }

  /** Compiles a model's network, the one that reads pictures, and takes it over. */
  public static ModelRunner of(Model model, Engine engine, EngineOptions options)
      throws IOException {
    return of(model.network(), model, engine, options);
  }

  /** Compiles one of a model's networks and takes it over. */
  public static ModelRunner of(Network network, Model model, Engine engine, EngineOptions options)
      throws IOException {
    return new ModelRunner(engine.compile(network, model.weights(), options));
  }

  /** What runs the network, for people. */
  public String description() {
    return compiled.description();
  }

  /** Makes ready for batches of these sizes, see {@link CompiledModel#warmUp}. */
  public void warmUp(int... batches) {
    compiled.warmUp(batches);
  }

  /**
   * Runs one batch through a network with one input.
   *
   * @param batch number of images, at least 1
   * @param fill writes the input [batch, 3, H, W], which holds what an earlier run left there
   * @param read makes a result of the outputs, which are valid only while it runs
   * @throws IllegalStateException if this runner is closed, or the network has more inputs
   * @throws EngineException if the engine fails, or no session becomes free in time or before the
   *     thread is interrupted
   */
  public <R> R run(int batch, Consumer<Tensor> fill, Function<Map<String, Tensor>, R> read) {
    if (compiled.network().inputs().size() != 1) {
      throw new IllegalStateException(
          "expected a network with one input, found " + compiled.network().inputs());
    }
    Value only = compiled.network().inputs().get(0);
    LentSession session = lend();
    try {
      Map<String, Tensor> inputs = session.inputs(batch);
      fill.accept(Objects.requireNonNull(inputs.get(only.name())));
      return read.apply(session.run(inputs));
    } finally {
      takeBack(session);
    }
  }

  /**
   * Runs one batch.
   *
   * @param batch number of images, at least 1
   * @param fill writes the inputs [batch, …], which are given by name and hold what an earlier run
   *     left there
   * @param read makes a result of the outputs, which are valid only while it runs
   * @throws IllegalStateException if this runner is closed
   * @throws EngineException as for {@link #run}
   */
  public <R> R runAll(
      int batch, Consumer<Map<String, Tensor>> fill, Function<Map<String, Tensor>, R> read) {
    LentSession session = lend();
    try {
      Map<String, Tensor> inputs = session.inputs(batch);
      fill.accept(inputs);
      return read.apply(session.run(inputs));
    } finally {
      takeBack(session);
    }
  }

  private LentSession lend() {
    requireOpen();
    await();
    try {
      requireOpen();
      LentSession session;
      synchronized (free) {
        session = free.pollFirst();
      }
      return session != null
          ? session
          : new LentSession(compiled.newSession(), compiled.network().inputs());
    } catch (RuntimeException | Error e) {
      permits.release();
      throw e;
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the model is closed");
    }
  }

  private void await() {
    if (permits.tryAcquire()) {
      return;
    }
    try {
      if (!permits.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new EngineException(
            "waited %s s for one of the %s sessions of %s; run fewer at a time, or give the model more sessions"
                .formatted(patience.toSeconds(), sessions, compiled.network().name()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EngineException(
          "interrupted while waiting for a session of " + compiled.network().name(), e);
    }
  }

  private void takeBack(LentSession session) {
    LentSession unneeded = session;
    try {
      if (!closed && !session.keepsTooMuch()) {
        session.rest();
        synchronized (free) {
          free.addFirst(session);
          unneeded = pollIdle();
        }
      }
      if (unneeded != null) {
        unneeded.close();
      }
    } finally {
      permits.release();
      if (closed) {
        closeFree();
      }
    }
  }

  /** The session that has waited longest if that is too long, out of the free ones; or null. */
  private @Nullable LentSession pollIdle() {
    LentSession longest = free.peekLast();
    return longest != null && longest.restsSince(idleNanos) ? free.pollLast() : null;
  }

  /** Closes every session that is not in use, the others as they come back, and the network. */
  @Override
  public void close() {
    closed = true;
    try (Closer all = new Closer()) {
      all.add(compiled);
      all.add(this::closeFree);
    }
  }

  private void closeFree() {
    try (Closer all = new Closer()) {
      synchronized (free) {
        free.forEach(all::add);
        free.clear();
      }
    }
  }
}
