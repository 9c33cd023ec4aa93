package io.github.rtmjava.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DrawingsTest {
  @TempDir Path dir;

  private final Image image =
      Image.fromBufferedImage(new BufferedImage(5, 3, BufferedImage.TYPE_INT_RGB));

  @Test
  void aDrawingIsAPictureWithAMark() throws IOException {
    Path drawn = dir.resolve("drawn.png");
    Drawings.write(image, drawn);
    assertTrue(Drawings.isOne(drawn));
    assertArrayEquals(image.bgr(), Images.read(drawn).bgr());
    // A reader that checks the sums of all parts.
    BufferedImage read = ImageIO.read(drawn.toFile());
    assertNotNull(read);
    assertEquals(5, read.getWidth());
  }

  @Test
  void nothingElseCarriesIt() throws IOException {
    Path plain = dir.resolve("plain.png");
    Images.write(image, plain);
    assertFalse(Drawings.isOne(plain));
    assertFalse(Drawings.isOne(dir));
    assertFalse(Drawings.isOne(dir.resolve("missing.png")));
  }

  @Test
  void brokenFilesEndTheSearch() throws IOException {
    byte[] whole = Drawings.marked(Images.png(image));
    for (int length = 0; length < whole.length; length++) {
      Path cut = Files.write(dir.resolve("cut.png"), Arrays.copyOf(whole, length));
      assertEquals(length >= 33 + 8 + 17, Drawings.isOne(cut), "" + length);
    }
    byte[] endless = {0, 0, 0, 0, 'f', 't', 'y', 'p', 0, 0, 0, 1, 'm', 'o', 'o', 'v', -1, -1};
    assertFalse(Drawings.isOne(Files.write(dir.resolve("endless.mp4"), endless)));
  }
}
