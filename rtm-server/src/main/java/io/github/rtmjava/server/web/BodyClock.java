package io.github.rtmjava.server.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Invocable;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * Wakes whoever waits for bytes of a body when its time is over: a read fails then with a {@link
 * TimeoutException} as its cause, however few bytes come, or none. Bodies for which nobody has set
 * a time, see {@link #until}, are read as ever.
 */
public final class BodyClock extends Handler.Wrapper {
  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    return super.handle(new Timed(request), response, callback);
  }

  /**
   * Sets the time by which the rest of a body has to be there.
   *
   * @param nanoTime as of {@link System#nanoTime}
   */
  static void until(HttpServletRequest request, long nanoTime) {
    Timed timed = Request.as(ServletContextRequest.getServletContextRequest(request), Timed.class);
    if (timed != null) {
      timed.until(nanoTime);
    }
  }

  /** A request with an end to its body. May be used by several threads at once. */
  private static final class Timed extends Request.Wrapper {
    private boolean limited;
    private long end;
    private Content.@Nullable Chunk late;

    Timed(Request request) {
      super(request);
    }

    synchronized void until(long nanoTime) {
      limited = true;
      end = nanoTime;
    }

    @Override
    public void demand(Runnable demandCallback) {
      Demand demand = new Demand(demandCallback);
      synchronized (this) {
        if (limited) {
          long left = Math.max(0, end - System.nanoTime());
          demand.alarm =
              getComponents()
                  .getScheduler()
                  .schedule(() -> expire(demand), left, TimeUnit.NANOSECONDS);
        }
      }
      super.demand(demand);
    }

    private void expire(Demand demand) {
      Runnable waiting = demand.take();
      if (waiting != null) {
        synchronized (this) {
          late = Content.Chunk.from(new TimeoutException("the body takes too long"));
        }
        getComponents().getExecutor().execute(waiting);
      }
    }

    @Override
    public Content.@Nullable Chunk read() {
      synchronized (this) {
        if (late != null) {
          return late;
        }
      }
      return super.read();
    }
  }

  /** Somebody who waits, and is woken once: by bytes or by the clock. */
  private static final class Demand implements Invocable.Task {
    private final AtomicReference<@Nullable Runnable> waiting;
    private final InvocationType type;
    private volatile Scheduler.@Nullable Task alarm;

    Demand(Runnable callback) {
      this.waiting = new AtomicReference<>(callback);
      this.type = Invocable.getInvocationType(callback);
    }

    @Nullable Runnable take() {
      return waiting.getAndSet(null);
    }

    @Override
    public void run() {
      Scheduler.Task set = alarm;
      if (set != null) {
        set.cancel();
      }
      Runnable callback = take();
      if (callback != null) {
        callback.run();
      }
    }

    @Override
    public InvocationType getInvocationType() {
      return type;
    }
  }
}
