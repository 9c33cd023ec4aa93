package io.github.rtmjava.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadAheadTest {
  @TempDir Path dir;

  @Test
  void picturesComeInTheirOrderWhateverBecomesOfOthers() throws IOException {
    Path first = Pictures.write(dir.resolve("a.png"), Pictures.BRIGHT);
    Path broken = Files.writeString(dir.resolve("b.png"), "no picture");
    Path missing = dir.resolve("c.png");
    Path last = Pictures.write(dir.resolve("d.png"), Pictures.DARK);
    try (ReadAhead images = new ReadAhead(List.of(first, broken, missing, last))) {
      byte[] bright = images.take().bgr();
      assertThrows(IOException.class, images::take);
      assertThrows(IOException.class, images::take);
      byte[] dark = images.take().bgr();
      assertEquals(Pictures.BRIGHT, Byte.toUnsignedInt(bright[0]));
      assertEquals(Pictures.DARK, Byte.toUnsignedInt(dark[0]));
      assertThrows(NoSuchElementException.class, images::take);
    }
  }
}
