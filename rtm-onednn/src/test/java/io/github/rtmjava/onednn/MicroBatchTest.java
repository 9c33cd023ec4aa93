package io.github.rtmjava.onednn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class MicroBatchTest {
  @Test
  void sharesOneImageAmongAllThreads() {
    assertEquals(List.of(new MicroBatch(0, 1)), MicroBatch.of(1, 2, 8));
  }

  @Test
  void givesEachThreadImagesOfItsOwn() {
    assertEquals(List.of(new MicroBatch(2, 4)), MicroBatch.of(8, 2, 8));
    assertEquals(List.of(new MicroBatch(2, 4), new MicroBatch(2, 1)), MicroBatch.of(10, 2, 8));
  }

  @Test
  void takesNoMoreImagesAtOnceThanFitTheCaches() {
    assertEquals(List.of(new MicroBatch(2, 2), new MicroBatch(2, 2)), MicroBatch.of(8, 2, 2));
    assertEquals(List.of(new MicroBatch(2, 1), new MicroBatch(2, 1)), MicroBatch.of(4, 2, 1));
  }

  @Test
  void letsMostThreadsWorkOnWhatIsLeft() {
    assertEquals(List.of(new MicroBatch(10, 1)), MicroBatch.of(10, 16, 8));
    assertEquals(
        List.of(new MicroBatch(16, 1), new MicroBatch(0, 1), new MicroBatch(0, 1)),
        MicroBatch.of(18, 16, 8));
  }

  @Test
  void runsEveryImageOnce() {
    for (int threads = 1; threads <= 17; threads++) {
      for (int batch = 1; batch <= 70; batch++) {
        int images = 0;
        int most = 1 << batch % 4;
        for (MicroBatch microBatch : MicroBatch.of(batch, threads, most)) {
          assertTrue(microBatch.members() <= threads);
          assertTrue(microBatch.images() <= most);
          images += Math.max(1, microBatch.members()) * microBatch.images();
        }
        assertEquals(batch, images);
      }
    }
  }
}
