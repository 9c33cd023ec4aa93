package io.github.rtmjava.engine;

import io.github.rtmjava.nn.Network;
import io.github.rtmjava.runtime.Closer;
import io.github.rtmjava.tensor.Tensor;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Runs every batch at once and by itself on the thread that submits it: owns a compiled network and
 * lends its sessions to any number of threads, each with input buffers that are used again and
 * again.
 *
 * <p>There are no more sessions than were asked for, by default as many as processors; further
 * callers wait their turn. A session keeps the memory of its largest batch. It is closed, and
 * another one opened in its place, when its last {@value #FORGETTING} batches were less than a
 * quarter of that; one that nobody has needed for a minute is closed when another one comes back.
 */
public final class ModelRunner implements BatchRunner {
  /** Far longer than a batch takes: what waits so long waits for something that hangs. */
  static final Duration PATIENCE = Duration.ofMinutes(10);

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
    this(compiled, Processors.count(), PATIENCE);
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

  @Override
  public Network network() {
    return compiled.network();
  }

  @Override
  public String description() {
    return compiled.description();
  }

  @Override
  public CompiledModel.Memory memory() {
    return compiled.memory();
  }

  @Override
  public void warmUp(int... batches) {
    compiled.warmUp(batches);
  }

  /** Any number. */
  @Override
  public int mostImages() {
    return Integer.MAX_VALUE;
  }

  /**
   * Runs one batch on the calling thread.
   *
   * @return a future that is done already. It fails with an {@link EngineException} also if no
   *     session becomes free in time or before the thread is interrupted
   */
  @Override
  public <R> CompletableFuture<R> submit(
      int images,
      Deadline deadline,
      Consumer<Map<String, Tensor>> fill,
      Function<Map<String, Tensor>, R> read) {
    if (images < 1) {
      throw new IllegalArgumentException("expected at least one image, found " + images);
    }
    requireOpen();
    try {
      if (!await(deadline)) {
        throw new TimeoutException("the deadline passed before a session became free");
      }
      return CompletableFuture.completedFuture(runPermitted(images, fill, read));
    } catch (TimeoutException | RuntimeException | Error e) {
      return CompletableFuture.failedFuture(e);
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
   * @throws EngineException if the engine fails, or no session becomes free in time or before the
   *     thread is interrupted
   */
  public <R> R run(
      int batch, Consumer<Map<String, Tensor>> fill, Function<Map<String, Tensor>, R> read) {
    requireOpen();
    await(Deadline.NONE);
    return runPermitted(batch, fill, read);
  }

  private <R> R runPermitted(
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

  /**
   * Runs the first images of a batch.
   *
   * @param most images that there may be
   * @param fill writes inputs [most, …] and says how many images it has written; if none, nothing
   *     is run
   */
  void runFilled(
      int most, ToIntFunction<Map<String, Tensor>> fill, Consumer<Map<String, Tensor>> read) {
    requireOpen();
    await(Deadline.NONE);
    LentSession session = lend();
    try {
      int images = fill.applyAsInt(session.inputs(most));
      if (images > 0) {
        read.accept(session.run(session.inputs(images)));
      }
    } finally {
      takeBack(session);
    }
  }

  /** A session for one who holds a permit, which is released where there is none. */
  private LentSession lend() {
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

  /** Waits for a permit; false if the deadline passes before. */
  private boolean await(Deadline deadline) {
    if (deadline.hasPassed()) {
      return false;
    }
    if (permits.tryAcquire()) {
      return true;
    }
    try {
      long left = deadline.remainingNanos();
      if (permits.tryAcquire(Math.min(left, patience.toNanos()), TimeUnit.NANOSECONDS)) {
        return true;
      }
      if (left < patience.toNanos()) {
        return false;
      }
      throw new EngineException(
          "waited %s s for one of the %s sessions of %s; run fewer at a time, or give the model more sessions"
              .formatted(patience.toSeconds(), sessions, compiled.network().name()));
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
