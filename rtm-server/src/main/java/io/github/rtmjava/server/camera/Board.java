package io.github.rtmjava.server.camera;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The newest of a camera, for any number of watchers: whoever is slow finds what is newest then,
 * and nothing is kept for them.
 */
final class Board {
  private CameraState state = CameraState.IDLE;
  private @Nullable Shot picture;
  private @Nullable Shot poses;

  /**
   * What there is.
   *
   * @param shot newer than what was known; null if there is none
   */
  record View(CameraState state, @Nullable Shot shot) {}

  synchronized CameraState state() {
    return state;
  }

  /** Tells a state; pictures from before a loss are shown to nobody any more. */
  synchronized void tell(CameraState now) {
    // What has ended is told nothing else.
    if (!state.is(CameraState.Kind.ENDED) && !state.equals(now)) {
      state = now;
      if (!now.is(CameraState.Kind.READING)) {
        picture = null;
        poses = null;
      }
      notifyAll();
    }
  }

  /** Shows a picture as it is. */
  synchronized void show(Shot plain) {
    picture = plain;
    notifyAll();
  }

  /** Shows a picture with its people. */
  synchronized void showPoses(Shot found) {
    if (state.is(CameraState.Kind.READING)) {
      poses = found;
      notifyAll();
    }
  }

  /**
   * Waits for something new.
   *
   * @param withPoses whether pictures without people do not count
   * @param known the state that is known
   * @param number of the frame that is known; negative for none
   * @param most after which what is there is told, new or not
   */
  synchronized View await(boolean withPoses, CameraState known, long number, Duration most)
      throws InterruptedException {
    long end = System.nanoTime() + most.toNanos();
    while (true) {
      Shot newest = withPoses ? poses : picture;
      Shot shot = newest != null && newest.number() > number ? newest : null;
      long left = end - System.nanoTime();
      if (shot != null || !state.equals(known) || left <= 0) {
        return new View(state, shot);
      }
      TimeUnit.NANOSECONDS.timedWait(this, Math.max(left, 1_000_000));
    }
  }
}
