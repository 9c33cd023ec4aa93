package io.github.rtmjava.server.camera;

import io.github.rtmjava.engine.Deadline;
import io.github.rtmjava.image.Image;
import io.github.rtmjava.motion.smooth.LiveSmoother;
import io.github.rtmjava.motion.smooth.SmoothOptions;
import io.github.rtmjava.pose.PoseFrame;
import io.github.rtmjava.pose.PoseResult;
import io.github.rtmjava.pose3d.FollowOptions;
import io.github.rtmjava.pose3d.PoseFollower;
import io.github.rtmjava.pose3d.PoseOptions;
import io.github.rtmjava.server.load.Ticket;
import io.github.rtmjava.server.metrics.ServerMetrics.Stage;
import io.github.rtmjava.server.model.ServedModel;
import io.github.rtmjava.server.web.ProblemException;
import io.github.rtmjava.server.web.Problems;
import java.time.Duration;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * From a camera's pictures to its people: one tracker and one set of filters. One picture is looked
 * at at a time, together with those of everybody else; the newest of the others waits.
 */
final class PoseChain implements AutoCloseable {
  /** A frame that would have to wait longer is of no use to anybody. */
  private static final Duration LATEST = Duration.ofSeconds(2);

  private final Surroundings around;
  private final ServedModel model;
  private final String camera;
  private final BiConsumer<Shot.Poses, Shot> out;
  private final PoseFollower follower;
  private final LiveSmoother smoother = new LiveSmoother(SmoothOptions.LIVE);

  // Guarded by this.
  private @Nullable Picture waiting;
  private boolean busy;
  private boolean closed;
  private long dropped;

  /**
   * A chain that has seen nobody.
   *
   * @param model which it gives back in the end
   * @param out takes what is found, one after the other
   */
  PoseChain(
      Surroundings around, ServedModel model, String camera, BiConsumer<Shot.Poses, Shot> out) {
    this.around = around;
    this.model = model;
    this.camera = camera;
    this.out = out;
    this.follower =
        model.inferencer().follower(FollowOptions.DEFAULT.withLive(true), PoseOptions.DEFAULT);
  }

  /** Looks at a picture, as soon as may be, unless a newer one comes before. */
  void offer(Picture picture) {
    synchronized (this) {
      if (closed) {
        return;
      }
      if (busy) {
        if (waiting != null) {
          drop("dropped");
        }
        waiting = picture;
        return;
      }
      busy = true;
    }
    begin(picture);
  }

  private synchronized void drop(String why) {
    dropped++;
    around.count(camera, why);
  }

  private void begin(Picture picture) {
    Image image = picture.image();
    long bytes = (long) image.width() * image.height() * Image.CHANNELS;
    Ticket ticket;
    try {
      ticket = around.admission().admit(model.cost(), 1, bytes, Deadline.in(LATEST));
    } catch (ProblemException e) {
      drop(e.reason().id());
      next();
      return;
    }
    long begun = System.nanoTime();
    ticket.begun();
    try {
      var unused =
          follower
              .submit(image, picture.time())
              .handleAsync(
                  (poses, failure) -> {
                    end(picture, ticket, begun, poses, failure);
                    return true;
                  },
                  around.workers());
    } catch (RuntimeException e) {
      end(picture, ticket, begun, null, e);
    }
  }

  private void end(
      Picture picture,
      Ticket ticket,
      long begun,
      @Nullable PoseFrame poses,
      @Nullable Throwable failure) {
    try (ticket) {
      if (poses == null) {
        drop(
            Problems.of(failure == null ? new IllegalStateException("no poses") : failure)
                .reason()
                .id());
      } else {
        ticket.computed();
        found(picture, poses, begun);
      }
    } catch (RuntimeException e) {
      drop(Problems.of(e).reason().id());
    } finally {
      next();
    }
  }

  private void found(Picture picture, PoseFrame raw, long begun) {
    long done = System.nanoTime();
    around.metrics().took(Stage.COMPUTE, done - begun);
    around.metrics().picture(model.name(), raw.result().size());
    around.count(camera, "answered");
    PoseResult smooth = smoother.step(raw.time(), raw.result());
    PoseFrame frame = new PoseFrame(picture.number(), picture.time(), smooth);
    long before;
    synchronized (this) {
      before = dropped;
    }
    Shot.Poses found =
        new Shot.Poses(
            frame,
            model.inferencer().recording(camera, smooth.width(), smooth.height(), 0, 0),
            before,
            begun,
            done);
    out.accept(found, new Shot(picture, found));
  }

  private void next() {
    Picture next;
    synchronized (this) {
      next = closed ? null : waiting;
      waiting = null;
      if (next == null) {
        busy = false;
        if (closed) {
          model.close();
        }
        return;
      }
    }
    begin(next);
  }

  /** Looks at nothing any more; the model is given back after the picture under way. */
  @Override
  public synchronized void close() {
    closed = true;
    waiting = null;
    if (!busy) {
      model.close();
    }
  }
}
