package io.github.rtmjava.app;

import io.github.rtmjava.image.Image;
import io.github.rtmjava.motion.smooth.LiveSmoother;
import io.github.rtmjava.output.draw.Overlay;
import io.github.rtmjava.output.draw.Trails;
import io.github.rtmjava.output.window.LiveWindow;
import io.github.rtmjava.pose.PoseResult;
import io.github.rtmjava.pose3d.Followed;
import io.github.rtmjava.video.VideoWriter;
import java.awt.AWTError;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What is drawn while frames come: in a window, where that is asked for; and into a video, where
 * the source cannot be read again.
 */
final class LiveView implements AutoCloseable {
  private final Overlay overlay;
  private final LiveSmoother smoother;
  private final Trails trails = new Trails();
  private final @Nullable LiveWindow window;
  private final @Nullable VideoWriter video;
  private boolean open = true;

  LiveView(
      Overlay overlay,
      LiveSmoother smoother,
      @Nullable LiveWindow window,
      @Nullable VideoWriter video) {
    this.overlay = overlay;
    this.smoother = smoother;
    this.window = window;
    this.video = video;
  }

  /** A window, or null with a remark where there is no display. */
  static @Nullable LiveWindow window(String title, Progress progress) {
    LiveWindow window;
    try {
      window = LiveWindow.open(title);
    } catch (AWTError | LinkageError e) {
      window = null;
    }
    if (window == null) {
      progress.note("--show: there is no display here; the run goes on without");
    }
    return window;
  }

  /** Draws a frame, if anything is to be drawn. */
  void show(Followed next) throws IOException {
    if (window == null && video == null) {
      return;
    }
    PoseResult smooth = smoother.step(next.frame().time(), next.poses().result());
    trails.add(next.poses().with(smooth));
    Image drawn = overlay.draw(next.frame().image(), smooth, trails);
    if (window != null) {
      open = window.show(drawn);
    }
    if (video != null) {
      video.write(drawn, next.frame().time());
    }
  }

  /** Whether its user has not closed the window. */
  boolean isOpen() {
    return open;
  }

  /** Completes the video. */
  void finish() throws IOException {
    if (video != null) {
      video.finish();
    }
  }

  @Override
  public void close() {
    if (window != null) {
      window.close();
    }
    if (video != null) {
      video.close();
    }
  }
}
