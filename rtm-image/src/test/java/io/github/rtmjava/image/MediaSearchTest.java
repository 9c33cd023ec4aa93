package io.github.rtmjava.image;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.awt.Color;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class MediaSearchTest {
  private static final byte[] HEIC = Samples.latin1("\0\0\0\24ftypheic\0\0\0\0mif1");
  private static final byte[] MP4 = Samples.latin1("\0\0\0\24ftypisom\0\0\0\0mp42");

  @TempDir Path dir;

  @Test
  void whatAFolderHoldsBesideIsNamedInOneLine() throws IOException {
    write("IMG_1.JPG", Samples.file("jpg"));
    for (String name : List.of("IMG_2.HEIC", "IMG_3.HEIC", "IMG_4.HEIC")) {
      write(name, HEIC);
    }
    write("x.avif", Samples.latin1("\0\0\0\24ftypavif\0\0\0\0mif1"));
    write("y.jxl", Samples.latin1("\u00ff\n"));
    write("notes.txt", Samples.latin1("hello"));
    MediaSearch found = MediaSearch.of(List.of(dir.toString()));
    assertEquals(List.of("IMG_1.JPG"), pictures(found));
    assertEquals(
        List.of("5 files left out: 3 .heic, 1 .avif, 1 .jxl (convert them first)"),
        found.remarks());
  }

  @Test
  void aKindUnderAnotherNameIsNamedToo() throws IOException {
    write("a.jpg", Samples.file("jpg"));
    write("b.jpg", HEIC);
    write("c.svg", Samples.latin1("<svg/>"));
    write("d.dng", Samples.tiff(Samples.picture(), 1));
    MediaSearch found = MediaSearch.of(List.of(dir.toString()));
    assertEquals(List.of("a.jpg"), pictures(found));
    assertEquals(
        List.of("3 files left out: 1 .dng, 1 .svg, 1 HEIC picture named .jpg (convert them first)"),
        found.remarks());
  }

  @Test
  void aFolderOfNothingElseIsAProblem() throws IOException {
    write("a.heic", HEIC);
    MediaSearch found = MediaSearch.of(List.of(dir.toString()));
    assertEquals(1, found.problems().size());
    assertEquals(List.of("1 file left out: 1 .heic (convert them first)"), found.remarks());
  }

  @Test
  void theContentDecidesAndNotTheName() throws IOException {
    write("noext", MP4);
    write("film.jpg", MP4);
    write("photo.mp4", Samples.file("jpg"));
    write("photo", Samples.file("webp"));
    write("raw.mjpeg", Samples.file("jpg"));
    write("film.avi", new byte[100]);
    for (List<String> names : List.of(List.of(dir.toString()), List.of(dir + "/*"))) {
      MediaSearch found = MediaSearch.of(names);
      assertEquals(List.of("photo", "photo.mp4"), pictures(found));
      assertEquals(List.of("film.avi", "film.jpg", "noext", "raw.mjpeg"), videos(found));
      assertEquals(List.of(), found.problems());
    }
  }

  @Test
  void picturesThatMoveAreVideos() throws IOException {
    write("moving.gif", Samples.animation(Color.RED, Color.BLUE));
    write("still.gif", Samples.animation(Color.RED));
    write("moving.webp", Samples.movingWebp(3));
    write("still.webp", Samples.file("webp"));
    byte[] frames = ByteBuffer.allocate(8).putInt(4).array();
    write("moving.png", Samples.withChunk(Samples.file("png"), "acTL", frames));
    write("still.png", Samples.file("png"));
    MediaSearch found = MediaSearch.of(List.of(dir.toString()));
    assertEquals(List.of("still.gif", "still.png", "still.webp"), pictures(found));
    assertEquals(List.of("moving.gif", "moving.png", "moving.webp"), videos(found));
    assertEquals(6, PictureSearch.of(List.of(dir.toString())).pictures().size());
  }

  @Test
  void cutFilesAreLookedAtToo() throws IOException {
    for (byte[] file :
        List.of(
            Samples.animation(Color.RED, Color.BLUE),
            Samples.movingWebp(2),
            Samples.tiff(Samples.picture(), 1))) {
      for (int length = 0; length < file.length; length += 7) {
        write("cut", Arrays.copyOf(file, length));
        MediaSearch found = MediaSearch.of(List.of(dir + "/cut"));
        assertEquals(1, found.pictures().size() + found.videos().size());
      }
    }
  }

  @Test
  void pagesThatAreNotReadAreCounted() throws IOException {
    byte[] one = Samples.tiff(Samples.picture(), 1);
    byte[] two = Arrays.copyOf(one, one.length + 1000);
    ByteBuffer bytes = ByteBuffer.wrap(two).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putInt(8 + 2 + 120, one.length); // the next directory
    bytes.putShort(one.length, (short) 1);
    Path file = write("pages.tif", two);
    assertEquals(
        List.of(file + ": it has 2 pages; the first one is read"),
        MediaSearch.of(List.of(file.toString())).remarks());
    assertEquals(List.of(), MediaSearch.of(List.of(write("one.tif", one).toString())).remarks());
  }

  private Path write(String name, byte[] content) throws IOException {
    return Files.write(dir.resolve(name), content);
  }

  private static List<String> pictures(MediaSearch found) {
    return found.pictures().stream().map(Picture::fileName).toList();
  }

  private static List<String> videos(MediaSearch found) {
    return found.videos().stream().map(file -> file.getFileName().toString()).toList();
  }
}
