package io.github.rtmjava.compiler.tuning;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TuningCacheTest {
  @TempDir Path folder;

  @Test
  void timesOfABusyMachineAreWrittenOnlyWhereAllAre() {
    Path file = folder.resolve("deep/times.properties");
    TuningCache usual = TuningCache.at(file);
    usual.put("busy", 7, /* keep= */ false);
    usual.put("quiet", 8, /* keep= */ true);
    usual.save();
    assertEquals(7, usual.get("busy"));
    assertEquals(-1, TuningCache.at(file).get("busy"));
    assertEquals(8, TuningCache.at(file).get("quiet"));

    TuningCache all = TuningCache.at(file, /* all= */ true);
    all.put("busy", 9, /* keep= */ false);
    all.save();
    assertEquals(9, TuningCache.at(file).get("busy"));
    assertEquals(8, TuningCache.at(file).get("quiet"));
  }
}
