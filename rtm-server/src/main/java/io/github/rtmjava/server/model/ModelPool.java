package io.github.rtmjava.server.model;

import io.github.rtmjava.engine.BatchLimits;
import io.github.rtmjava.engine.CompiledModel;
import io.github.rtmjava.geometry.Box;
import io.github.rtmjava.image.Image;
import io.github.rtmjava.pose3d.PoseConfig;
import io.github.rtmjava.pose3d.PoseInferencer;
import io.github.rtmjava.runtime.Closer;
import io.github.rtmjava.server.metrics.ServerMetrics;
import io.github.rtmjava.server.web.ProblemException;
import io.github.rtmjava.server.web.Reason;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The models that requests may ask for, by the names that the operator gave them. They are loaded
 * when the service starts, as far as memory allows, or when they are first asked for; where memory
 * ends those go that have not been used for longest, never one that is in use.
 *
 * <p>May be used by several threads at once.
 */
public final class ModelPool implements AutoCloseable {
  private static final Duration LATER = Duration.ofSeconds(5);
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final BatchLimits BATCHES = new BatchLimits(16, Duration.ZERO, 2, 1 << 16);

  private final Map<String, Slot> slots = new LinkedHashMap<>();
  private final long memory;
  private final ServerMetrics metrics;
  private long clock;
  private boolean closed;

  /**
   * A pool, with nothing loaded.
   *
   * @param models by name; the first is asked where a request names none
   * @param memory bytes of native memory of all loaded ones together at most
   */
  public ModelPool(Map<String, PoseConfig> models, long memory, ServerMetrics metrics) {
    models.forEach((name, config) -> slots.put(name, new Slot(name, shared(config))));
    this.memory = memory;
    this.metrics = metrics;
    metrics.gauge("rtm_models_loaded", "Models that are loaded", this::loaded);
    metrics.gauge("rtm_models_bytes", "Their native memory, estimated", this::bytes);
  }

  /** With batches of all callers; how much waits is the service's to say. */
  private static PoseConfig shared(PoseConfig config) {
    return config.batches() != null ? config : config.withBatches(BATCHES);
  }

  /** The names, the first one first. */
  public List<String> names() {
    return List.copyOf(slots.keySet());
  }

  /**
   * Loads as many as there is memory for, in their order, and makes each ready: compiled, measured
   * and run.
   *
   * @throws IOException if one cannot be opened
   */
  public void loadAll() throws IOException {
    // All at once are in use, so that none makes room for a later one.
    List<ServedModel> loaded = new ArrayList<>();
    try {
      for (Slot slot : slots.values()) {
        loaded.add(lease(slot));
      }
    } catch (ProblemException e) {
      if (e.reason() != Reason.MEMORY_FULL) {
        throw e;
      }
      // The rest is loaded when it is asked for.
    } finally {
      loaded.forEach(ServedModel::close);
    }
  }

  /**
   * A model for a request.
   *
   * @param name null for the first
   * @throws ProblemException if there is none of that name, or no memory for it now
   * @throws IOException if it cannot be opened
   */
  public ServedModel lease(@Nullable String name) throws IOException {
    return lease(slot(name));
  }

  /** A model for a request, if it is loaded; nothing is loaded for it. */
  public Optional<ServedModel> leaseLoaded(String name) {
    Slot slot = slot(name);
    synchronized (this) {
      PoseInferencer ready = slot.inferencer;
      if (ready == null || closed) {
        return Optional.empty();
      }
      slot.users++;
      return Optional.of(new ServedModel(this, slot, ready));
    }
  }

  /**
   * Refuses a name that no model has.
   *
   * @param name null for the first
   */
  public void requireKnown(@Nullable String name) {
    var unused = slot(name);
  }

  private Slot slot(@Nullable String name) {
    Slot slot = name == null ? slots.values().iterator().next() : slots.get(name);
    if (slot == null) {
      throw new ProblemException(
          Reason.NOT_FOUND,
          "expected a model out of %s, found '%s'"
              .formatted(String.join(", ", slots.keySet()), name));
    }
    return slot;
  }

  private ServedModel lease(Slot slot) throws IOException {
    synchronized (this) {
      awaitLoaded(slot);
      if (closed) {
        throw new ProblemException(Reason.UNAVAILABLE, "the service is about to end");
      }
      slot.used = ++clock;
      slot.users++;
      PoseInferencer ready = slot.inferencer;
      if (ready != null) {
        return new ServedModel(this, slot, ready);
      }
      slot.loading = true;
    }
    return load(slot);
  }

  /** The monitor is the caller's. */
  private void awaitLoaded(Slot slot) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    try {
      while (slot.loading && !closed) {
        long millis = (end - System.nanoTime()) / 1_000_000;
        if (millis <= 0) {
          throw stillLoading();
        }
        wait(millis);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw stillLoading();
    }
  }

  private static ProblemException stillLoading() {
    return new ProblemException(
        Reason.UNAVAILABLE, "the model is being loaded; try again later", LATER);
  }

  private ServedModel load(Slot slot) throws IOException {
    @Nullable PoseInferencer opened = null;
    try {
      opened = slot.config.open();
      ready(opened, slot);
      long bytes = bytes(opened, slot.config);
      settle(slot, opened, bytes);
      metrics.count("rtm_models_opened", "Models that were loaded", "model", slot.name);
      return new ServedModel(this, slot, opened);
    } catch (IOException | RuntimeException | Error e) {
      Closer.closeAll(opened);
      fail(slot);
      throw e;
    }
  }

  /** Compiles, measures and runs it, so that no request pays for that. */
  private static void ready(PoseInferencer model, Slot slot) {
    model.warmUp();
    Image grey = Image.ofBgr(640, 480, new byte[640 * 480 * Image.CHANNELS]);
    for (int i = 0; i < 2; i++) {
      long start = System.nanoTime();
      model.predict(grey);
      if (model.takesBoxes()) {
        model.predict(grey, List.of(new Box(160, 40, 480, 440)));
      }
      slot.cost.estimate((double) (System.nanoTime() - start));
    }
  }

  private static long bytes(PoseInferencer model, PoseConfig config) {
    CompiledModel.Memory memory = model.memory();
    BatchLimits limits = config.batches();
    long images = limits == null ? 1 : (long) limits.sessions() * limits.mostImages();
    return memory.weights() + memory.session() * images;
  }

  /** Gives a loaded model its place; those that have not been used for longest make room. */
  private synchronized void settle(Slot slot, PoseInferencer opened, long bytes) {
    if (closed) {
      throw new ProblemException(Reason.UNAVAILABLE, "the service is about to end");
    }
    while (bytes() > 0 && bytes() + bytes > memory) {
      Slot idle =
          slots.values().stream()
              .filter(other -> other.inferencer != null && other.users == 0)
              .min(Comparator.comparingLong(other -> other.used))
              .orElseThrow(
                  () ->
                      new ProblemException(
                          Reason.MEMORY_FULL,
                          "there is no memory for the model '%s' beside those in use; try again later"
                              .formatted(slot.name),
                          LATER));
      opened(idle).ifPresent(Closer::closeAll);
      metrics.count("rtm_models_closed", "Models that made room", "model", idle.name);
    }
    slot.inferencer = opened;
    slot.bytes = bytes;
    slot.loading = false;
    notifyAll();
  }

  private static Optional<PoseInferencer> opened(Slot slot) {
    PoseInferencer inferencer = slot.inferencer;
    slot.inferencer = null;
    slot.bytes = 0;
    return Optional.ofNullable(inferencer);
  }

  private synchronized void fail(Slot slot) {
    slot.loading = false;
    slot.users--;
    notifyAll();
  }

  synchronized void leave(Slot slot) {
    slot.users--;
    notifyAll();
  }

  private synchronized long bytes() {
    return slots.values().stream().mapToLong(slot -> slot.bytes).sum();
  }

  private synchronized long loaded() {
    return slots.values().stream().filter(slot -> slot.inferencer != null).count();
  }

  /** What each model is: loaded or not, and what runs it. */
  public synchronized Map<String, Optional<String>> states() {
    Map<String, Optional<String>> states = new LinkedHashMap<>();
    slots.forEach(
        (name, slot) ->
            states.put(
                name, Optional.ofNullable(slot.inferencer).map(PoseInferencer::description)));
    return states;
  }

  /** Closes all models, whoever uses them; what they compute fails. */
  @Override
  public void close() {
    List<PoseInferencer> open;
    synchronized (this) {
      closed = true;
      notifyAll();
      open = slots.values().stream().flatMap(slot -> opened(slot).stream()).toList();
    }
    Closer.closeAll(open.toArray(AutoCloseable[]::new));
  }
}
