package io.github.rtmjava.app;

import io.github.rtmjava.image.Image;
import io.github.rtmjava.output.ImageWindow;
import java.awt.AWTError;
import java.awt.Window;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;
import javax.swing.SwingUtilities;

/** Shows pictures one after another; where there is no display, says so once and goes on. */
final class Display {
  private static final int POLL_MILLIS = 100;

  private final Progress progress;
  private boolean absent;

  Display(Progress progress) {
    this.progress = progress;
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

  private static void awaitClosing() {
    try {
      SwingUtilities.invokeAndWait(() -> {});
      while (Arrays.stream(Window.getWindows()).anyMatch(Window::isDisplayable)) {
        Thread.sleep(POLL_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (InvocationTargetException e) {
      throw new IllegalStateException(e);
    }
  }
}
