package io.github.rtmjava.image;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PictureSearchTest {
  @TempDir Path dir;

  @BeforeEach
  void makeFiles() throws IOException {
    for (String name :
        List.of(
            "b.jpg",
            "a.PNG",
            "notes.txt",
            ".hidden.jpg",
            "sub/c.webp",
            "sub/deep/d.jpg",
            "x[1].jpg")) {
      Path file = dir.resolve(name);
      Files.createDirectories(file.getParent());
      Files.createFile(file);
    }
  }

  @Test
  void foldersGiveTheirPicturesInOrder() {
    assertEquals(List.of("a.PNG", "b.jpg", "x[1].jpg"), names(dir.toString()));
  }

  @Test
  void filesAreTakenWhateverTheirName() {
    assertEquals(List.of("notes.txt"), names(dir.resolve("notes.txt").toString()));
  }

  @Test
  void patternsAreExpanded() {
    assertEquals(List.of("b.jpg", "x[1].jpg"), names(dir + "/*.jpg"));
    assertEquals(List.of("sub/c.webp"), names(dir + "/s*/*.webp"));
    assertEquals(List.of("a.PNG", "b.jpg"), names(dir + "/{a.PNG,b.jpg}"));
    assertEquals(List.of("sub/deep/d.jpg"), names(dir + "/*/**.jpg"));
  }

  @Test
  void nameThatLooksLikeAPatternIsAName() {
    assertEquals(List.of("x[1].jpg"), names(dir + "/x[1].jpg"));
  }

  @Test
  void eachPictureComesOnce() {
    assertEquals(
        List.of("b.jpg", "a.PNG", "x[1].jpg"),
        names(dir + "/b.jpg", dir.toString(), dir + "/sub/../b.jpg"));
  }

  @Test
  void whatNamesNothingIsAProblem() {
    PictureSearch files =
        PictureSearch.of(
            List.of(
                dir + "/none.jpg",
                dir + "/*.gif",
                dir.resolve("sub/deep/..").toString(),
                dir + "/["));
    assertEquals(3, files.problems().size(), files.problems().toString());
    assertEquals(dir + "/[: no file matches this pattern", files.problems().get(2));
    assertEquals(dir + "/none.jpg: there is no such file or folder", files.problems().get(0));
    assertEquals(dir + "/*.gif: no file matches this pattern", files.problems().get(1));
    assertEquals(1, files.pictures().size());
  }

  @Test
  void folderWithoutPicturesIsAProblem() throws IOException {
    Files.createDirectory(dir.resolve("empty"));
    assertEquals(1, PictureSearch.of(List.of(dir + "/empty")).problems().size());
  }

  private List<String> names(String... arguments) {
    PictureSearch files = PictureSearch.of(Stream.of(arguments).toList());
    assertEquals(List.of(), files.problems());
    return files.pictures().stream()
        .map(file -> dir.relativize(file.file().orElseThrow()).toString().replace('\\', '/'))
        .toList();
  }
}
