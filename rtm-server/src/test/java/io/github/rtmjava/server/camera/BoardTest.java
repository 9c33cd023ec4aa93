package io.github.rtmjava.server.camera;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.github.rtmjava.image.Image;
import io.github.rtmjava.video.VideoInfo;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What watchers find, how frames are paced, and when a lost camera is tried again. */
final class BoardTest {
  private static final Image IMAGE = Image.ofBgr(1, 1, new byte[Image.CHANNELS]);

  private static Shot shot(int number) {
    return Shot.plain(new Picture(number, number, IMAGE, 0, 0));
  }

  @Test
  void whoWasAwayFindsTheNewestOnly() throws Exception {
    Board board = new Board();
    board.tell(CameraState.READING);
    for (int i = 0; i < 100; i++) {
      board.show(shot(i));
    }
    Board.View view = board.await(false, CameraState.READING, 3, Duration.ZERO);
    assertEquals(99, view.shot().number());
    assertNull(board.await(false, CameraState.READING, 99, Duration.ofMillis(5)).shot());
    assertNull(board.await(true, CameraState.READING, -1, Duration.ofMillis(5)).shot());
  }

  @Test
  void picturesFromBeforeALossAreShownToNobody() throws Exception {
    Board board = new Board();
    board.tell(CameraState.READING);
    board.show(shot(1));
    board.tell(CameraState.lost(Duration.ofSeconds(2)));
    Board.View view = board.await(false, CameraState.READING, -1, Duration.ofSeconds(60));
    assertEquals(CameraState.Kind.LOST, view.state().kind());
    assertNull(view.shot());
    board.tell(CameraState.ENDED);
    board.tell(CameraState.READING);
    assertEquals(CameraState.ENDED, board.state());
  }

  @Test
  void pausesGrowUpToABound() {
    Backoff backoff = new Backoff();
    Duration last = Duration.ZERO;
    for (int i = 0; i < 20; i++) {
      Duration pause = backoff.pause();
      assertEquals(last.isZero() ? 500 : Math.min(30_000, 2 * last.toMillis()), pause.toMillis());
      last = pause;
    }
    backoff.reset();
    assertEquals(500, backoff.pause().toMillis());
  }

  @Test
  void framesOfAFileAreDueWhenTheyWereTaken() {
    Pace pace = Pace.of(new VideoInfo("f", 1, 1, 25, 9, 1, 0, false, "mov", "h264", ""));
    assertEquals(0, pace.secondsUntil(0, 100));
    assertEquals(0.5, pace.secondsUntil(0.5, 100), 1e-9);
    assertEquals(0.4, pace.secondsUntil(1, 100.6), 1e-9);
    assertEquals(0, pace.secondsUntil(1.04, 105), "late ones are not made up for");
    assertEquals(0.04, pace.secondsUntil(1.08, 105), 1e-9);
    assertEquals(0, pace.secondsUntil(5000, 106), "nobody waits for a stamp that leaps");
  }
}
