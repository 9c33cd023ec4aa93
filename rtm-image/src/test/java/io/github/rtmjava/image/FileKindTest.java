package io.github.rtmjava.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileKindTest {
  @ParameterizedTest
  @CsvSource({
    "heic, '', HEIC",
    "heix, mif1, HEIC",
    "heim, '', HEIC",
    "heis, '', HEIC",
    "hevc, msf1, HEIC",
    "hevx, '', HEIC",
    "hevm, '', HEIC",
    "hevs, '', HEIC",
    "mif1, heic, HEIC",
    "mif2, '', HEIC",
    "msf1, hevc, HEIC",
    "miaf, '', HEIC",
    "avif, mif1, AVIF",
    "avis, '', AVIF",
    "mif1, avif, AVIF",
    "msf1, avis, AVIF",
    "crx , isom, CR3",
    "isom, mp42, a video",
    "qt  , '', a video",
    "mp42, mif1, a video"
  })
  void brandsTell(String main, String other, String expected) {
    String brand = (main + "    ").substring(0, 4);
    ByteBuffer box = ByteBuffer.allocate(40).putInt(other.isEmpty() ? 16 : 20);
    box.put(Samples.latin1("ftyp" + brand + "\0\0\0\0" + other));
    assertTrue(
        FileKind.of(box.array()).description().contains(expected),
        () -> FileKind.of(box.array()).description());
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u00ff\n\u00fa\u007f", "\0\0\0\fJXL \r\n\u0087\n"})
  void jpegXlIsToldByItsStreamAndByItsFile(String head) {
    assertEquals("a JPEG XL picture", FileKind.of(Samples.latin1(head)).description());
  }

  @ParameterizedTest
  @ValueSource(strings = {"jpg", "png", "bmp", "tiff", "webp", "gif"})
  void picturesThatAreReadAreTold(String format) {
    assertEquals(FileKind.Medium.PICTURE, FileKind.of(Samples.file(format)).medium());
  }

  @Test
  void otherFilesAreTold() {
    assertEquals("a web page or an SVG drawing", description("<!DOCTYPE html>"));
    assertEquals("a file of another kind", description("\0".repeat(100)));
    assertEquals("an empty file", description(""));
    assertTrue(description("#EXTM3U\nfile:///etc/passwd").contains("playlist"));
  }

  @Test
  void beginningsOfAnyLengthAreLookedAt() {
    for (String format : new String[] {"jpg", "png", "bmp", "tiff", "webp", "gif"}) {
      byte[] file = Samples.file(format);
      for (int length = 0; length < 60; length++) {
        assertNotEquals("", FileKind.of(Arrays.copyOf(file, length)).description());
      }
    }
  }

  @Test
  void theMessageNamesTheKind() {
    ImageException e =
        assertThrows(
            ImageException.class,
            () -> Images.decode(Samples.latin1("\0\0\0\30ftypheim\0\0\0\0mif1"), "a.jpg"));
    assertTrue(String.valueOf(e.getMessage()).contains("found a HEIC picture; convert it first"));
  }

  private static String description(String head) {
    return FileKind.of(Samples.latin1(head)).description();
  }
}
