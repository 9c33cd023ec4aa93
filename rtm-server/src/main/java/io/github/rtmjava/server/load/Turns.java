package io.github.rtmjava.server.load;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;

/**
 * Lets so many go on at a time; the others wait for their turn, first come, first served. Live
 * pictures of many connections share a service evenly in this way, and who waits can put in a newer
 * one meanwhile: it is made use of when the turn comes, not before.
 *
 * <p>May be used by several threads at once.
 */
public final class Turns {
  private final int most;
  private final Executor later;

  // Guarded by this.
  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private int taken;

  /**
   * All places are free.
   *
   * @param most who go on at a time at most
   * @param later runs those who had to wait
   */
  public Turns(int most, Executor later) {
    this.most = most;
    this.later = later;
  }

  /**
   * Asks for a turn.
   *
   * @param turn what is done then, at once where a place is free; whoever has had one is to {@link
   *     #leave}
   */
  public void ask(Runnable turn) {
    synchronized (this) {
      if (taken >= most) {
        waiting.add(turn);
        return;
      }
      taken++;
    }
    turn.run();
  }

  /** Gives a place back, to the one who has waited for longest. */
  public void leave() {
    Runnable next;
    synchronized (this) {
      next = waiting.poll();
      if (next == null) {
        taken--;
        return;
      }
    }
    later.execute(next);
  }
}
