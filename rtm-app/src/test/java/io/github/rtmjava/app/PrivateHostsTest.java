package io.github.rtmjava.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Addresses that lead to other hosts of this machine. */
@Timeout(120)
class PrivateHostsTest {
  @TempDir Path dir;
  private MovedFiles moved;

  @BeforeEach
  void start() throws IOException {
    Path picture = Pictures.write(dir.resolve("in/day.png"), Pictures.BRIGHT);
    Avi.write(dir.resolve("in/clip.avi"), 10, new int[4]);
    moved = new MovedFiles(dir.resolve("in"), picture);
  }

  @AfterEach
  void stop() {
    moved.close();
  }

  @Test
  void aPictureIsReadOnlyWhereTheyAreAllowed() {
    assertRefusedWithout("day.png", "day.json");
  }

  @Test
  void aVideoIsReadOnlyWhereTheyAreAllowed() {
    assertRefusedWithout("clip.avi", "clip.jsonl");
  }

  private void assertRefusedWithout(String name, String result) {
    Cli.Outcome refused = infer(name);
    assertEquals(1, refused.code(), refused.err());
    assertTrue(refused.err().contains("--allow-private-hosts"), refused.err());
    assertFalse(refused.err().contains("\tat "), refused.err());
    assertFalse(Files.exists(dir.resolve("out").resolve(result)));
    Cli.Outcome allowed = infer(name, "--allow-private-hosts");
    assertEquals(0, allowed.code(), allowed.err());
    assertTrue(Files.exists(dir.resolve("out").resolve(result)), allowed.err());
  }

  private Cli.Outcome infer(String name, String... more) {
    String[] usual = {
      "infer",
      moved.address(name),
      "-o",
      dir.resolve("out").toString(),
      "--save",
      "json",
      "--model",
      "fake-pose",
      "--detector",
      "fake-detector",
      "--engine",
      "fake"
    };
    String[] words = new String[usual.length + more.length];
    System.arraycopy(usual, 0, words, 0, usual.length);
    System.arraycopy(more, 0, words, usual.length, more.length);
    return Cli.run(words);
  }
}
