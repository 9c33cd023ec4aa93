package io.github.rtmjava.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.bundle.Bundles;
import io.github.rtmjava.converter.CheckpointSource;
import io.github.rtmjava.converter.Conversion;
import io.github.rtmjava.converter.ConversionOptions;
import io.github.rtmjava.model.Model;
import io.github.rtmjava.model.ModelListener;
import io.github.rtmjava.model.ModelSources;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OfficialNamingTest {
  @TempDir Path folder;
  private final List<String> notices = new ArrayList<>();

  @Test
  void anOfficialFileIsKnownUnderAnyName() throws IOException {
    Model model = open("people.pth", TestModels.checkpoint(0));
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
    assertEquals("rtmdet-pico", open(TestModels.FILE, TestModels.checkpoint(0)).name());
    assertEquals(List.of(), notices);
  }

  @Test
  void anotherFileUnderAnOfficialNameIsPointedOut() throws IOException {
    Model model = open(TestModels.FILE, TestModels.checkpoint(1));
    assertEquals("unknown", model.provenance().licence());
    assertEquals(1, notices.size());
    assertTrue(notices.get(0).contains("and another content"), notices.get(0));
  }

  @Test
  void aFileOfOnesOwnIsOpenedWithoutAWord() throws IOException {
    assertEquals("mine", open("mine.pth", TestModels.checkpoint(1)).name());
    assertEquals(List.of(), notices);
  }

  @Test
  void noFileOfOnesOwnFailsBecauseOfAMirrorThatIsNoAddress() throws IOException {
    System.setProperty("rtm.mirror", "no address");
    try {
      String file = Files.write(folder.resolve("mine.pth"), TestModels.checkpoint(1)).toString();
      String bundle = folder.resolve("mine.rtm").toString();
      Model model = ModelSources.open(file);
      assertEquals("mine", model.name());
      Bundles.write(Path.of(bundle), model, false);
      assertEquals("mine", ModelSources.open(bundle).name());
      for (String reference : List.of(file, bundle)) {
        assertTrue(ModelSources.recipe(reference).isEmpty());
        ModelSources.requireReachable(List.of(reference));
      }
      IllegalArgumentException e =
          assertThrows(IllegalArgumentException.class, () -> ModelSources.open("rtmw3d-l"));
      assertTrue(e.getMessage().startsWith("RTM_MIRROR: expected"), e.getMessage());
    } finally {
      System.clearProperty("rtm.mirror");
    }
  }

  @Test
  void bundlesKeepTheNamesThatTheyWereWrittenWith() throws IOException {
    Path pth = Files.write(folder.resolve("people.pth"), TestModels.checkpoint(0));
    Path bundle = folder.resolve("mine.rtm");
    Bundles.write(bundle, Conversion.open(pth, ConversionOptions.DEFAULT), false);
    assertEquals("people", ModelSources.open(bundle.toString()).name());
  }

  private Model open(String name, byte[] content) throws IOException {
    Path file = Files.write(folder.resolve(name), content);
    Model model = new CheckpointSource().open(file.toString(), ModelListener.NONE).orElseThrow();
    ZooEntry entry =
        TestModels.entry(
            TestModels.checkpoint(0), URI.create("https://a.example/" + TestModels.FILE));
    ModelListener listener =
        new ModelListener() {
          @Override
          public void notice(String line) {
            notices.add(line);
          }
        };
    return new OfficialNaming(new ZooNames(List.of(entry), List.of()))
        .named(file.toString(), model, listener)
        .orElse(model);
  }
}
