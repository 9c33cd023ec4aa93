package io.github.rtmjava.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NewFolderTest {
  @TempDir Path dir;

  @Test
  void aFolderTakesThePlaceOfTheOld() throws IOException {
    Path target = dir.resolve("deep/results");
    for (String text : List.of("a", "b")) {
      try (NewFolder folder = NewFolder.at(target)) {
        Files.writeString(folder.path().resolve(text), text);
        folder.commit();
      }
      assertEquals(List.of(text), names(target));
      assertEquals(List.of("results"), names(target.getParent()));
    }
  }

  @Test
  void closedBeforeTheCommitNothingRemains() throws IOException {
    try (NewFolder folder = NewFolder.at(dir.resolve("results"))) {
      Files.writeString(folder.path().resolve("1.txt"), "half");
    }
    assertEquals(List.of(), names(dir));
  }

  @Test
  void onlyFoldersThatMayBeReplacedAre() throws IOException {
    Path target = Files.createDirectory(dir.resolve("results"));
    put(target, "a");
    put(target, "b");
    Files.writeString(target.resolve("of the user"), "kept");
    assertThrows(FileAlreadyExistsException.class, () -> put(target, "c"));
    assertEquals(List.of("b", "of the user"), names(target));
    assertEquals(List.of("results"), names(dir));
  }

  @Test
  void aFileIsNotReplaced() throws IOException {
    Path target = Files.writeString(dir.resolve("results"), "a file");
    assertThrows(FileAlreadyExistsException.class, () -> NewFolder.at(target));
  }

  /** Puts a folder with one file in the place of one that is empty or has such a file. */
  private static void put(Path target, String text) throws IOException {
    Set<Set<String>> own = Set.of(Set.of("a"), Set.of("b"));
    try (NewFolder folder = NewFolder.at(target, own::contains)) {
      Files.writeString(folder.path().resolve(text), text);
      folder.commit();
    }
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
