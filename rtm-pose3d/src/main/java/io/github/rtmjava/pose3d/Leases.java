package io.github.rtmjava.pose3d;

import io.github.rtmjava.runtime.Closer;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Things that are opened with the first lease of a key and closed with the last one.
 *
 * @param <K> what they are opened with
 * @param <V> the things
 */
final class Leases<K, V extends AutoCloseable> {
  private final Opener<K, V> opener;

  /** Guarded by itself. */
  private final Map<K, Shared> open = new HashMap<>();

  Leases(Opener<K, V> opener) {
    this.opener = opener;
  }

  /** Opens one thing. */
  interface Opener<K, V> {
    V open(K key) throws IOException;
  }

  /** Who leases a thing while it is being opened waits for it. */
  Lease lease(K key) throws IOException {
    Shared shared;
    synchronized (open) {
      shared = open.computeIfAbsent(key, Shared::new);
      shared.leases++;
    }
    try {
      return new Lease(shared, shared.get());
    } catch (IOException | RuntimeException | Error e) {
      leave(shared);
      throw e;
    }
  }

  /** The last one closes the thing. */
  private void leave(Shared shared) {
    @Nullable V last;
    synchronized (open) {
      shared.leases--;
      if (shared.leases > 0) {
        return;
      }
      open.remove(shared.key);
      last = shared.thing;
    }
    Closer.closeAll(last);
  }

  /** The right to use a thing. */
  final class Lease implements AutoCloseable {
    private final Shared shared;
    private final V thing;
    private final AtomicBoolean ended = new AtomicBoolean();

    private Lease(Shared shared, V thing) {
      this.shared = shared;
      this.thing = thing;
    }

    V thing() {
      return thing;
    }

    /** Does nothing the second time. */
    @Override
    public void close() {
      if (ended.compareAndSet(false, true)) {
        leave(shared);
      }
    }
  }

  private final class Shared {
    private final K key;

    /** Guarded by the map. */
    private int leases;

    private volatile @Nullable V thing;

    Shared(K key) {
      this.key = key;
    }

    /** Whoever comes after a failure tries again. */
    synchronized V get() throws IOException {
      V opened = thing;
      if (opened == null) {
        opened = Objects.requireNonNull(opener.open(key));
        thing = opened;
      }
      return opened;
    }
  }
}
