package io.github.rtmjava.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.app.FakeEngine.Act;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** When models are made ready for batches: before anything runs, and only for what has some. */
@Timeout(120)
class WarmUpTest {
  @TempDir Path dir;

  @BeforeEach
  void forget() {
    FakeEngine.takeUses();
  }

  @Test
  void bothModelsOfSeveralPicturesAreWarmedUpBeforeTheFirst() throws IOException {
    Pictures.write(dir.resolve("in/a.png"), Pictures.BRIGHT);
    Pictures.write(dir.resolve("in/b.png"), Pictures.WHITE);
    assertEquals(
        List.of(Act.COMPILE, Act.COMPILE, Act.WARM_UP, Act.WARM_UP, Act.RUN),
        infer().subList(0, 5));
  }

  @Test
  void aPictureAloneIsNotWaitedFor() throws IOException {
    Pictures.write(dir.resolve("in/a.png"), Pictures.WHITE);
    List<Act> acts = infer();
    assertFalse(acts.contains(Act.WARM_UP));
    assertTrue(acts.contains(Act.RUN));
  }

  private List<Act> infer() {
    Cli.Outcome outcome =
        Cli.infer(dir.resolve("in").toString(), "-o", dir.resolve("out").toString());
    assertEquals(0, outcome.code(), outcome.err());
    return FakeEngine.takeUses().stream().map(FakeEngine.Use::act).toList();
  }
}
