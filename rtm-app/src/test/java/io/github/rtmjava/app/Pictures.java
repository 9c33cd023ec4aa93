package io.github.rtmjava.app;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;

/** Pictures of one grey. */
public final class Pictures {
  public static final int DARK = 0;
  public static final int DIM = 150;
  public static final int BRIGHT = 200;
  public static final int WHITE = 255;

  private Pictures() {}

  /** Writes a square picture in the format that the name ends in, and the folders above it. */
  public static Path write(Path file, int grey) throws IOException {
    Files.createDirectories(file.getParent());
    BufferedImage picture =
        new BufferedImage(FakeDetector.SIDE, FakeDetector.SIDE, BufferedImage.TYPE_INT_RGB);
    int[] pixels = new int[FakeDetector.SIDE * FakeDetector.SIDE];
    Arrays.fill(pixels, grey * 0x010101);
    picture.setRGB(0, 0, FakeDetector.SIDE, FakeDetector.SIDE, pixels, 0, FakeDetector.SIDE);
    String name = file.toString();
    String format = name.substring(name.lastIndexOf('.') + 1);
    if (!ImageIO.write(picture, format, file.toFile())) {
      throw new IOException("the JDK writes no " + format);
    }
    return file;
  }
}
