package io.github.rtmjava.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.converter.Conversion;
import io.github.rtmjava.converter.ConversionOptions;
import io.github.rtmjava.files.Sha256;
import io.github.rtmjava.model.ModelListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelCacheTest {
  private static final String KEY = "pico";

  @TempDir Path dir;

  @Test
  void theRecordIsThatOfTheBundleWhereverAStoreIsCutShort() throws IOException {
    ModelCache cache = new ModelCache(dir.resolve("cache"));
    Path bundle = cache.bundle(KEY);
    Path record = bundle.resolveSibling(KEY + ".json");
    Path next = bundle.resolveSibling(KEY + ".json.next");
    put(cache, 0);
    byte[] oldBundle = Files.readAllBytes(bundle);
    byte[] oldRecord = Files.readAllBytes(record);
    put(cache, 1);
    byte[] newBundle = Files.readAllBytes(bundle);
    byte[] newRecord = Files.readAllBytes(record);
    assertNotEquals(List.of(oldBundle), List.of(newBundle));
    assertFalse(Files.exists(next));

    // Killed before the bundle comes, and after it.
    Files.write(next, newRecord);
    Files.write(record, oldRecord);
    for (byte[] content : List.of(oldBundle, newBundle)) {
      Files.write(bundle, content);
      CachedModel origin = cache.origin(KEY).orElseThrow();
      assertEquals(Sha256.of(bundle), origin.bundleSha256());
      assertEquals(content == oldBundle ? "0" : "1", origin.sha256());
    }
    assertEquals(List.of(), cache.leftovers());
    Files.write(bundle, oldBundle);
    assertEquals(List.of(new ModelCache.Leftover(KEY, next)), cache.leftovers());

    put(cache, 1);
    assertFalse(Files.exists(next));
    assertEquals("1", cache.origin(KEY).orElseThrow().sha256());
  }

  @Test
  void aFolderThatCannotBeMadeIsNamed() throws IOException {
    Path file = Files.writeString(dir.resolve("file"), "no folder");
    ModelCache cache = new ModelCache(file.resolve("cache"));
    IOException e =
        assertThrows(
            IOException.class, () -> cache.locked(KEY, "a model", ModelListener.NONE, () -> KEY));
    assertTrue(
        e.getMessage().startsWith(file.resolve("cache") + ": expected a folder")
            && e.getMessage().contains("RTM_CACHE"),
        e.getMessage());
  }

  private void put(ModelCache cache, int content) throws IOException {
    Path file = Files.write(dir.resolve("m.pth"), TestModels.checkpoint(content));
    cache.put(
        KEY,
        Conversion.open(file, ConversionOptions.DEFAULT),
        new CachedModel(KEY, "m.pth", "file", 1, "" + content, false, "2026-01-01", ""));
  }
}
