package io.github.rtmjava.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NewFilesTest {
  @TempDir Path dir;

  @Test
  void allAppearTogether() throws IOException {
    Path folder = dir.resolve("made/on/demand");
    try (NewFiles files = NewFiles.in(folder)) {
      files.write("a.txt", out -> out.write('a'));
      files.write("b.txt", out -> out.write('b'));
      assertEquals(List.of(), visible(folder));
      assertEquals(List.of(), files.written());
      files.commit();
      assertEquals(List.of(folder.resolve("a.txt"), folder.resolve("b.txt")), files.written());
    }
    assertEquals(List.of("a.txt", "b.txt"), names(folder));
    assertEquals("b", Files.readString(folder.resolve("b.txt")));
  }

  @Test
  void whereOneFailsNoneAppearsAndTheOldOnesStay() throws IOException {
    Files.writeString(dir.resolve("a.txt"), "old");
    try (NewFiles files = NewFiles.in(dir)) {
      files.write("a.txt", out -> out.write('a'));
      assertThrows(
          IOException.class,
          () ->
              files.write(
                  "b.txt",
                  out -> {
                    out.write('b');
                    throw new IOException("full");
                  }));
    }
    assertEquals(List.of("a.txt"), names(dir));
    assertEquals("old", Files.readString(dir.resolve("a.txt")));
  }

  @Test
  void whatIsInItsPlaceIsToldWhereALaterOneCannotBePut() throws IOException {
    try (NewFiles files = NewFiles.in(dir)) {
      files.write("a.txt", out -> out.write('a'));
      files.write("b.txt", out -> out.write('b'));
      Files.createDirectories(dir.resolve("b.txt/full"));
      assertThrows(IOException.class, files::commit);
      assertEquals(List.of(dir.resolve("a.txt")), files.written());
    }
    assertEquals(List.of("a.txt", "b.txt"), names(dir));
  }

  private static List<String> visible(Path folder) throws IOException {
    return names(folder).stream().filter(name -> !name.startsWith(".")).toList();
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
