package io.github.rtmjava.files;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "links need rights there")
class OriginalsTest {
  @TempDir Path dir;
  private Path photo;

  @BeforeEach
  void aPhoto() throws IOException {
    photo = Files.createDirectories(dir.resolve("photos/holiday")).resolve("a.png");
    Files.writeString(photo, "a photo");
  }

  @Test
  void aFileIsItselfUnderEveryName() throws IOException {
    Originals originals = Originals.of(List.of(photo, dir.resolve("missing")));
    Path link = Files.createSymbolicLink(dir.resolve("link.png"), photo);
    Path chain = Files.createSymbolicLink(dir.resolve("chain.png"), link);
    Path hard = Files.createLink(dir.resolve("hard.png"), photo);
    Path folder = Files.createSymbolicLink(dir.resolve("out"), photo.getParent());
    for (Path name :
        List.of(
            photo,
            link,
            chain,
            hard,
            folder.resolve("a.png"),
            dir.resolve("photos/../photos/holiday/a.png"),
            photo.getParent(),
            dir.resolve("photos"))) {
      assertThrows(
          FileAlreadyExistsException.class, () -> originals.requireOther(name), name.toString());
    }
    Path copy = Files.copy(photo, dir.resolve("copy.png"));
    Path broken = Files.createSymbolicLink(dir.resolve("broken"), dir.resolve("nowhere"));
    for (Path name : List.of(copy, broken, dir.resolve("new.png"), dir.resolve("missing"))) {
      assertDoesNotThrow(() -> originals.requireOther(name));
    }
  }

  @Test
  void aLinkThatIsReadStandsForWhatItLeadsTo() throws IOException {
    Path link = Files.createSymbolicLink(dir.resolve("link.png"), photo);
    assertThrows(
        FileAlreadyExistsException.class, () -> Originals.of(List.of(link)).requireOther(photo));
  }

  @Test
  void theFilesOfAFolderAreOriginals() throws IOException {
    Originals originals = Originals.of(List.of(photo.getParent()));
    assertThrows(FileAlreadyExistsException.class, () -> originals.requireOther(photo));
    assertDoesNotThrow(() -> originals.requireOther(photo.resolveSibling("b.png")));
  }

  @Test
  void namesInAFolder() throws IOException {
    Originals originals = Originals.of(List.of(photo));
    Files.createLink(dir.resolve("x.png"), photo);
    Files.writeString(dir.resolve("y.png"), "another");
    assertEquals(Set.of("photos", "x.png"), originals.namesIn(dir));
    assertEquals(Set.of("a.png"), originals.namesIn(photo.getParent()));
    assertEquals(Set.of(), originals.namesIn(dir.resolve("new")));
  }
}
