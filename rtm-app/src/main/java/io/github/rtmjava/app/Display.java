package io.github.rtmjava.app;

import io.github.rtmjava.image.Image;
import io.github.rtmjava.output.window.ImageWindow;
import java.awt.AWTError;
import java.awt.Window;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;
import javax.swing.SwingUtilities;
import org.jspecify.annotations.Nullable;

/** Shows pictures one after another; where there is no display, says so once and goes on. */
final class Display {
  private static final int POLL_MILLIS = 100;
  private static final double NANOS_PER_SECOND = 1e9;

  private final Progress progress;
  private final @Nullable Double seconds;
  private boolean absent;

  /**
   * A display.
   *
   * @param seconds after which each window is closed; null to wait until its user closes it
   */
  Display(Progress progress, @Nullable Double seconds) {
    this.progress = progress;
    this.seconds = seconds;
  }

  /** Opens a window and waits until it is closed. */
  void show(Image image, String title) {
    if (absent) {
      return;
    }
    if (opened(image, title)) {
      awaitClosing();
    } else {
      absent = true;
      progress.note("--show: there is no display here; the run goes on without");
    }
  }

  private static boolean opened(Image image, String title) {
    try {
      return ImageWindow.show(image, title);
    } catch (AWTError | LinkageError e) {
      return false;
    }
  }

  private void awaitClosing() {
    try {
      SwingUtilities.invokeAndWait(() -> {});
      long start = System.nanoTime();
      while (Arrays.stream(Window.getWindows()).anyMatch(Window::isDisplayable)) {
        if (seconds != null && System.nanoTime() - start >= seconds * NANOS_PER_SECOND) {
          SwingUtilities.invokeAndWait(
              () -> Arrays.stream(Window.getWindows()).forEach(Window::dispose));
          return;
        }
        Thread.sleep(POLL_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (InvocationTargetException e) {
      throw new IllegalStateException(e);
    }
  }
}
