package io.github.rtmjava.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.model.Model;
import io.github.rtmjava.model.ModelListener;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OfficialFilesTest {
  @TempDir Path folder;
  private final List<String> notices = new ArrayList<>();

  @Test
  void anOfficialFileIsKnownUnderAnyName() throws IOException {
    Model model = open("people.pth", TestModels.checkpoint(0)).orElseThrow();
    assertEquals("rtmdet-pico", model.name());
    assertEquals(224, model.spec().input().width());
    assertEquals("Apache-2.0", model.provenance().licence());
    assertEquals(TestModels.FILE, model.provenance().source());
    assertEquals(1, notices.size());
    assertTrue(
        notices.get(0).endsWith("people.pth is the official rtmdet-pico (" + TestModels.FILE + ")"),
        notices.get(0));
  }

  @Test
  void underItsOwnNameThereIsNothingToSay() throws IOException {
    assertEquals(
        "rtmdet-pico", open(TestModels.FILE, TestModels.checkpoint(0)).orElseThrow().name());
    assertEquals(List.of(), notices);
  }

  @Test
  void anotherFileUnderAnOfficialNameIsPointedOut() throws IOException {
    Model model = open(TestModels.FILE, TestModels.checkpoint(1)).orElseThrow();
    assertEquals("unknown", model.provenance().licence());
    assertEquals(1, notices.size());
    assertTrue(notices.get(0).contains("and another content"), notices.get(0));
  }

  @Test
  void aFileOfOnesOwnIsOpenedWithoutAWord() throws IOException {
    assertEquals("mine", open("mine.pth", TestModels.checkpoint(1)).orElseThrow().name());
    assertEquals(List.of(), notices);
  }

  @Test
  void mirrorsThatAreNoAddressesMatterToTheZooOnly() throws IOException {
    System.setProperty("rtm.mirror", "no address");
    try {
      Path file = Files.write(folder.resolve("mine.pth"), TestModels.checkpoint(1));
      assertEquals(
          "mine",
          new OfficialFiles().open(file.toString(), ModelListener.NONE).orElseThrow().name());
      assertTrue(new ZooSource().recipe(file.toString()).isEmpty());
      IllegalArgumentException e =
          assertThrows(
              IllegalArgumentException.class,
              () -> new ZooSource().open("rtmw3d-l", ModelListener.NONE));
      assertTrue(e.getMessage().startsWith("RTM_MIRROR: expected"), e.getMessage());
    } finally {
      System.clearProperty("rtm.mirror");
    }
  }

  @Test
  void foldersAndMissingFilesAreForOthers() throws IOException {
    OfficialFiles files = files();
    assertTrue(files.open(folder.toString(), ModelListener.NONE).isEmpty());
    assertTrue(files.open(folder.resolve("none.pth").toString(), ModelListener.NONE).isEmpty());
    assertTrue(files.open("rtmw3d-l", ModelListener.NONE).isEmpty());
  }

  private Optional<Model> open(String name, byte[] content) throws IOException {
    Path file = Files.write(folder.resolve(name), content);
    return files()
        .open(
            file.toString(),
            new ModelListener() {
              @Override
              public void notice(String line) {
                notices.add(line);
              }
            });
  }

  private OfficialFiles files() {
    ZooEntry entry =
        TestModels.entry(
            TestModels.checkpoint(0), URI.create("https://a.example/" + TestModels.FILE));
    return new OfficialFiles(() -> TestModels.zoo(folder.resolve("cache"), entry));
  }
}
