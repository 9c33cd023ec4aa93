package io.github.rtmjava.output.window;

import io.github.rtmjava.image.Image;
import java.awt.Dimension;
import java.awt.GraphicsEnvironment;
import java.awt.HeadlessException;
import java.awt.Toolkit;
import java.awt.image.BufferedImage;
import javax.swing.ImageIcon;
import javax.swing.JFrame;
import javax.swing.JLabel;
import javax.swing.JScrollPane;
import javax.swing.SwingUtilities;
import javax.swing.WindowConstants;

/** Windows with pictures. */
public final class ImageWindow {
  private static final double PART_OF_SCREEN = 0.9;

  private ImageWindow() {}

  /**
   * Opens a window that lives until its user closes it.
   *
   * @return false where there is no display
   */
  public static boolean show(Image image, String title) {
    if (GraphicsEnvironment.isHeadless()) {
      return false;
    }
    Dimension screen;
    try {
      screen = Toolkit.getDefaultToolkit().getScreenSize();
    } catch (HeadlessException | LinkageError e) {
      return false;
    }
    double scale =
        Math.min(
            1,
            PART_OF_SCREEN
                * Math.min(
                    (double) screen.width / image.width(),
                    (double) screen.height / image.height()));
    BufferedImage picture = image.toBufferedImage();
    SwingUtilities.invokeLater(
        () -> {
          JFrame frame = new JFrame(title);
          frame.setDefaultCloseOperation(WindowConstants.DISPOSE_ON_CLOSE);
          ImageIcon icon =
              new ImageIcon(
                  picture.getScaledInstance(
                      (int) Math.max(1, image.width() * scale),
                      (int) Math.max(1, image.height() * scale),
                      java.awt.Image.SCALE_SMOOTH));
          frame.add(new JScrollPane(new JLabel(icon)));
          frame.pack();
          frame.setLocationByPlatform(true);
          frame.setVisible(true);
        });
    return true;
  }
}
