package io.github.rtmjava.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SavingTest {
  @Test
  void namesAreOwnResultsAndFormats() {
    Saving saving = Saving.of(List.of("json", "CSV", " trc", "csv"));
    assertEquals(Set.of(Saved.JSON), saving.own());
    assertEquals(List.of("csv", "trc"), saving.formats().stream().map(f -> f.id()).toList());
  }

  @Test
  void everyNameOfTheHelpIsKnownAndDiffersFromTheOthers() {
    List<String> names = new Saving.Names();
    assertEquals(names.size(), new HashSet<>(names).size());
    Saving all = Saving.of(names);
    assertEquals(names.size(), all.own().size() + all.formats().size());
  }

  @Test
  void anUnknownNameIsToldWithThoseThatAreKnown() {
    IllegalArgumentException thrown =
        assertThrows(IllegalArgumentException.class, () -> Saving.of(List.of("json", "fbx")));
    assertTrue(thrown.getMessage().contains("'fbx'"), thrown.getMessage());
    assertTrue(thrown.getMessage().contains("overlay"), thrown.getMessage());
    assertTrue(thrown.getMessage().contains("glb"), thrown.getMessage());
  }
}
