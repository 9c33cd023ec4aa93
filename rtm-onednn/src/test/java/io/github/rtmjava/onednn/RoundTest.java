package io.github.rtmjava.onednn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class RoundTest {
  @Test
  void sharesOneImageAmongAllThreads() {
    assertEquals(List.of(new Round(0, 1)), Round.of(1, 2, 8));
  }

  @Test
  void givesEachThreadImagesOfItsOwn() {
    assertEquals(List.of(new Round(2, 4)), Round.of(8, 2, 8));
    assertEquals(List.of(new Round(2, 4), new Round(2, 1)), Round.of(10, 2, 8));
  }

  @Test
  void takesNoMoreImagesAtOnceThanFitTheCaches() {
    assertEquals(List.of(new Round(2, 2), new Round(2, 2)), Round.of(8, 2, 2));
    assertEquals(List.of(new Round(2, 1), new Round(2, 1)), Round.of(4, 2, 1));
  }

  @Test
  void letsMostThreadsWorkOnWhatIsLeft() {
    assertEquals(List.of(new Round(10, 1)), Round.of(10, 16, 8));
    assertEquals(List.of(new Round(16, 1), new Round(0, 1), new Round(0, 1)), Round.of(18, 16, 8));
  }

  @Test
  void runsEveryImageOnce() {
    for (int threads = 1; threads <= 17; threads++) {
      for (int batch = 1; batch <= 70; batch++) {
        int images = 0;
        int most = 1 << batch % 4;
        for (Round round : Round.of(batch, threads, most)) {
          assertTrue(round.members() <= threads);
          assertTrue(round.images() <= most);
          images += Math.max(1, round.members()) * round.images();
        }
        assertEquals(batch, images);
      }
    }
  }
}
