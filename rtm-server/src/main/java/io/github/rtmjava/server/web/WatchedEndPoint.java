package io.github.rtmjava.server.web;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.Executor;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * A connection of which somebody hears at once that the other side has closed it, also while its
 * owner does not read: HTTP/1.1 reads nothing more between a request and its answer. What else
 * comes meanwhile is kept for the owner, as far as there is room.
 */
final class WatchedEndPoint extends SocketChannelEndPoint {
  private static final int ROOM = 16 << 10;

  private final Executor executor;
  private final Callback watcher = new Watcher();

  /** Bytes that the owner has not seen yet, to be read; null for none. */
  private @Nullable ByteBuffer ahead;

  private @Nullable Runnable gone;

  /** Whether it is the watcher who waits for bytes; then the owner may wait behind it. */
  private boolean watching;

  private @Nullable Callback owner;

  /**
   * A connection.
   *
   * @param executor tells the owner of bytes that are there already
   */
  WatchedEndPoint(
      SocketChannel channel,
      ManagedSelector selector,
      SelectionKey key,
      Scheduler scheduler,
      Executor executor) {
    super(channel, selector, key, scheduler);
    this.executor = executor;
  }

  /** Watches until the other side has gone, which is told once, or {@link #unwatch}. */
  void watch(Runnable whenGone) {
    synchronized (this) {
      gone = whenGone;
      if (watching || isFull()) {
        return;
      }
      watching = true;
    }
    arm();
  }

  synchronized void unwatch() {
    gone = null;
  }

  private void arm() {
    if (!super.tryFillInterested(watcher)) {
      synchronized (this) {
        watching = false;
      }
    }
  }

  private boolean isFull() {
    return ahead != null && ahead.remaining() == ROOM;
  }

  private void readable() {
    Callback next;
    Runnable left = null;
    boolean again = false;
    synchronized (this) {
      watching = false;
      next = owner;
      owner = null;
      if (next == null && gone != null) {
        if (isAtEnd()) {
          left = gone;
          gone = null;
        } else if (!isFull()) {
          watching = true;
          again = true;
        }
      }
    }
    if (next != null) {
      next.succeeded();
    }
    if (again) {
      arm();
    }
    if (left != null) {
      left.run();
    }
  }

  private boolean isAtEnd() {
    ByteBuffer kept = ahead;
    ByteBuffer room = ByteBuffer.allocate(ROOM);
    if (kept != null) {
      room.put(kept);
    }
    try {
      boolean end = getChannel().read(room) < 0;
      ahead = room.flip().hasRemaining() ? room : null;
      return end;
    } catch (IOException e) {
      ahead = null;
      return true;
    }
  }

  private void failed(Throwable failure) {
    Callback next;
    Runnable left;
    synchronized (this) {
      watching = false;
      next = owner;
      owner = null;
      left = gone;
      gone = null;
    }
    if (next != null) {
      next.failed(failure);
    }
    if (left != null) {
      left.run();
    }
  }

  @Override
  public synchronized int fill(ByteBuffer buffer) throws IOException {
    ByteBuffer kept = ahead;
    if (kept == null) {
      return super.fill(buffer);
    }
    int from = BufferUtil.flipToFill(buffer);
    int filled = BufferUtil.put(kept, buffer);
    BufferUtil.flipToFlush(buffer, from);
    if (!kept.hasRemaining()) {
      ahead = null;
    }
    return filled;
  }

  @Override
  public void fillInterested(Callback callback) {
    if (!isServed(callback)) {
      super.fillInterested(callback);
    }
  }

  @Override
  public boolean tryFillInterested(Callback callback) {
    return isServed(callback) || super.tryFillInterested(callback);
  }

  /** Whether the owner needs not wait by itself. */
  private synchronized boolean isServed(Callback callback) {
    if (ahead != null) {
      executor.execute(callback::succeeded);
      return true;
    }
    if (watching && owner == null) {
      owner = callback;
      return true;
    }
    return false;
  }

  @Override
  public synchronized boolean isFillInterested() {
    return watching ? owner != null : super.isFillInterested();
  }

  private final class Watcher implements Callback {
    @Override
    public void succeeded() {
      readable();
    }

    @Override
    public void failed(Throwable failure) {
      WatchedEndPoint.this.failed(failure);
    }
  }
}
