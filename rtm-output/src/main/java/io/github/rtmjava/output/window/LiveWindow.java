package io.github.rtmjava.output.window;

import io.github.rtmjava.image.Image;
import java.awt.Dimension;
import java.awt.Graphics;
import java.awt.GraphicsEnvironment;
import java.awt.HeadlessException;
import java.awt.event.KeyAdapter;
import java.awt.event.KeyEvent;
import java.awt.event.WindowAdapter;
import java.awt.event.WindowEvent;
import java.awt.image.BufferedImage;
import javax.swing.JComponent;
import javax.swing.JFrame;
import javax.swing.SwingUtilities;
import javax.swing.WindowConstants;
import org.jspecify.annotations.Nullable;

/**
 * A window in which pictures follow each other. Its user closes it, or presses Escape or Q. May be
 * used by any thread.
 */
public final class LiveWindow implements AutoCloseable {
  private final JFrame window;
  private final View view = new View();
  private volatile boolean closed;

  private LiveWindow(String title) {
    window = new JFrame(title);
  }

  /**
   * Opens a window.
   *
   * @return null where there is no display
   */
  public static @Nullable LiveWindow open(String title) {
    if (GraphicsEnvironment.isHeadless()) {
      return null;
    }
    try {
      LiveWindow live = new LiveWindow(title);
      SwingUtilities.invokeLater(live::fill);
      return live;
    } catch (HeadlessException e) {
      return null;
    }
  }

  /**
   * Shows the next picture.
   *
   * @return whether the window is still open
   */
  public boolean show(Image image) {
    if (!closed) {
      view.show(image.toBufferedImage());
    }
    return !closed;
  }

  @Override
  public void close() {
    closed = true;
    SwingUtilities.invokeLater(window::dispose);
  }

  private void fill() {
    window.setDefaultCloseOperation(WindowConstants.DISPOSE_ON_CLOSE);
    window.addWindowListener(
        new WindowAdapter() {
          @Override
          public void windowClosed(WindowEvent e) {
            closed = true;
          }
        });
    window.addKeyListener(
        new KeyAdapter() {
          @Override
          public void keyPressed(KeyEvent e) {
            if (e.getKeyCode() == KeyEvent.VK_ESCAPE || e.getKeyCode() == KeyEvent.VK_Q) {
              window.dispose();
            }
          }
        });
    window.add(view);
  }

  /** The picture, as large as the window lets it be. */
  private final class View extends JComponent {
    private static final long serialVersionUID = 1L;

    private transient @Nullable BufferedImage picture;

    void show(BufferedImage next) {
      SwingUtilities.invokeLater(
          () -> {
            boolean first = picture == null;
            picture = next;
            if (first) {
              setPreferredSize(new Dimension(next.getWidth(), next.getHeight()));
              window.pack();
              window.setLocationByPlatform(true);
              window.setVisible(true);
            }
            repaint();
          });
    }

    @Override
    protected void paintComponent(Graphics graphics) {
      BufferedImage shown = picture;
      if (shown == null) {
        return;
      }
      double scale =
          Math.min(
              (double) getWidth() / shown.getWidth(), (double) getHeight() / shown.getHeight());
      int width = (int) (shown.getWidth() * scale);
      int height = (int) (shown.getHeight() * scale);
      graphics.drawImage(
          shown, (getWidth() - width) / 2, (getHeight() - height) / 2, width, height, null);
    }
  }
}
