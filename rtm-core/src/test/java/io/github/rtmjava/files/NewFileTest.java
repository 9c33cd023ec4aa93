package io.github.rtmjava.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NewFileTest {
  @TempDir private Path dir;

  @Test
  void aCompleteFileTakesThePlaceOfTheOld() throws IOException {
    Path target = dir.resolve("deep/result.txt");
    NewFile.write(target, out -> out.write('a'));
    NewFile.write(target, out -> out.write('b'));
    assertEquals("b", Files.readString(target));
    assertEquals(List.of("result.txt"), names(target.getParent()));
  }

  @Test
  void whatFailsLeavesTheOldFileAndNothingElse() throws IOException {
    Path target = dir.resolve("result.txt");
    Files.writeString(target, "old");
    assertThrows(
        IOException.class,
        () ->
            NewFile.write(
                target,
                out -> {
                  out.write(new byte[100_000]);
                  throw new IOException("full");
                }));
    assertEquals("old", Files.readString(target));
    assertEquals(List.of("result.txt"), names(dir));
  }

  @Test
  void whatIsWrittenBitByBitAppearsWithTheCommit() throws IOException {
    Path target = dir.resolve("result.txt");
    try (NewFile file = NewFile.at(target)) {
      file.out().write('a');
      file.out().write('b');
      assertTrue(Files.notExists(target));
      file.commit();
    }
    assertEquals("ab", Files.readString(target));
    assertEquals(List.of("result.txt"), names(dir));
  }

  @Test
  void closedBeforeTheCommitNothingRemains() throws IOException {
    try (NewFile file = NewFile.at(dir.resolve("result.txt"))) {
      file.out().write('a');
    }
    assertEquals(List.of(), names(dir));
  }

  @Test
  void aFileOfAnotherNameTakesThePlaceOfTheOld() throws IOException {
    Path target = Files.writeString(dir.resolve("model.pth"), "old");
    Path part = Files.writeString(dir.resolve("model.pth.part"), "new");
    NewFile.putDurably(part, target);
    assertEquals("new", Files.readString(target));
    assertEquals(List.of("model.pth"), names(dir));
  }

  @Test
  void aFolderIsNotReplaced() {
    assertThrows(FileAlreadyExistsException.class, () -> NewFile.write(dir, out -> {}));
  }

  @Test
  void aDeviceIsNotReplaced() {
    Path device = Path.of("/dev/null");
    assumeTrue(Files.exists(device), "there are no such devices");
    assertThrows(FileAlreadyExistsException.class, () -> NewFile.write(device, out -> {}));
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(f -> f.getFileName().toString()).toList();
    }
  }
}
