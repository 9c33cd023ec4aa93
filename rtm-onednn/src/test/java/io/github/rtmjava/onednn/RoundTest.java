package io.github.rtmjava.onednn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class RoundTest {
  @Test
  void sharesOneImageAmongAllThreads() {
    assertEquals(List.of(new Round(0, 1)), Round.of(1, 2));
  }

  @Test
  void givesEachThreadImagesOfItsOwn() {
    assertEquals(List.of(new Round(2, 4)), Round.of(8, 2));
    assertEquals(List.of(new Round(2, 4), new Round(2, 1)), Round.of(10, 2));
  }

  @Test
  void letsMostThreadsWorkOnWhatIsLeft() {
    assertEquals(List.of(new Round(10, 1)), Round.of(10, 16));
    assertEquals(List.of(new Round(16, 1), new Round(0, 1), new Round(0, 1)), Round.of(18, 16));
  }

  @Test
  void runsEveryImageOnce() {
    for (int threads = 1; threads <= 17; threads++) {
      for (int batch = 1; batch <= 70; batch++) {
        int images = 0;
        for (Round round : Round.of(batch, threads)) {
          assertTrue(round.members() <= threads);
          images += Math.max(1, round.members()) * round.images();
        }
        assertEquals(batch, images);
      }
    }
  }
}
