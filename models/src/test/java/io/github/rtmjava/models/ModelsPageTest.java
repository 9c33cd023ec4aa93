package io.github.rtmjava.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code docs/models.md}; with {@code -Drtm.page=write} it is written anew. */
class ModelsPageTest {
  private static final ZooManifest MANIFEST = ZooManifest.official();

  @Test
  void thePageIsUpToDate() throws IOException {
    Path file = Path.of(System.getProperty("basedir", "."), "..", "docs", "models.md");
    String page = ModelsPage.of(MANIFEST, Latency.measured());
    if ("write".equals(System.getProperty("rtm.page"))) {
      Files.writeString(file, page);
    }
    String found = Files.readString(file).replace("\r\n", "\n");
    assertTrue(page.equals(found), "docs/models.md is out of date: run models/page");
  }

  @Test
  void everyModelAndEveryNameIsThere() {
    String page = ModelsPage.of(MANIFEST, List.of());
    MANIFEST.models().forEach(entry -> assertTrue(page.contains("| [`" + entry.name() + "`]")));
    MANIFEST.recipes().stream()
        .flatMap(recipe -> recipe.names().stream())
        .forEach(name -> assertTrue(page.contains("`" + name + "`"), name));
    assertFalse(page.contains("[0]"), "a figure without a source");
  }

  @Test
  void whatWasMeasuredIsAColumn() {
    Latency latency = new Latency("rtmw-m-256x192", "onednn", "2 cores", 12.34, "0123456");
    String page = ModelsPage.of(MANIFEST, List.of(latency));
    String row =
        page.lines().filter(l -> l.startsWith("| [`rtmw-m-256x192`]")).findFirst().orElseThrow();
    assertTrue(row.contains(" | 12.3 | "), row);
    assertTrue(page.contains("| published | onednn, ms (A) | licence |"));
    assertTrue(page.contains("- A: 2 cores, commit 0123456\n"));
    assertEquals(-1, ModelsPage.of(MANIFEST, List.of()).indexOf(" ms ("));
  }

  @Test
  void whatWasMeasuredIsOfModelsThatAreHere() {
    for (Latency latency : Latency.measured()) {
      assertTrue(
          MANIFEST.models().stream().anyMatch(entry -> entry.name().equals(latency.model())),
          latency.model());
    }
  }
}
