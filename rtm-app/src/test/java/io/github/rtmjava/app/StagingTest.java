package io.github.rtmjava.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StagingTest {
  @TempDir Path dir;

  @Test
  void onlyCommittedFilesRemain() throws IOException {
    Path target = dir.resolve("made/on/demand");
    try (Staging staging = Staging.in(target)) {
      Files.writeString(staging.path("done.txt"), "new");
      Files.writeString(staging.path("half.txt"), "half");
      staging.commit("done.txt");
    }
    try (Stream<Path> files = Files.list(target)) {
      assertEquals(List.of(target.resolve("done.txt")), files.toList());
    }
  }

  @Test
  void committingReplacesWhatWasThere() throws IOException {
    Files.writeString(dir.resolve("x.txt"), "old");
    try (Staging staging = Staging.in(dir)) {
      Files.writeString(staging.path("x.txt"), "new");
      staging.commit("x.txt");
    }
    assertEquals("new", Files.readString(dir.resolve("x.txt")));
  }
}
