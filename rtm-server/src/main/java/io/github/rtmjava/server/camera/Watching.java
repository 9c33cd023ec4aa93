package io.github.rtmjava.server.camera;

import io.github.rtmjava.image.Canvas;
import io.github.rtmjava.image.Images;
import io.github.rtmjava.server.camera.CameraState.Kind;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;

/** Writes to one watcher what is newest whenever the one before has gone. */
final class Watching {
  /** Silence after which it is looked whether somebody is still there. */
  private static final Duration BEAT = Duration.ofSeconds(5);

  private static final int DARK = 0x202428;
  private static final int LIGHT = 0xd0d4d8;
  private static final double TEXT_PER_WIDTH = 0.024;

  private final CameraFeed feed;
  private final LiveQuery query;
  private CameraState told = CameraState.IDLE;
  private long number = -1;
  private long frames;

  Watching(CameraFeed feed, LiveQuery query) {
    this.feed = feed;
    this.query = query;
  }

  /**
   * Goes on until the camera or the watcher has ended.
   *
   * @throws IOException if nobody takes it any more
   */
  void run(String hello, OutputStream out) throws IOException, InterruptedException {
    out.write(query.form().hello(hello));
    out.flush();
    while (!told.is(Kind.ENDED) && frames < query.frames()) {
      // Nothing of the frame is held while it is written, which may take long.
      byte[] next = next();
      out.write(next);
      out.flush();
    }
  }

  private byte[] next() throws IOException, InterruptedException {
    Board.View view = feed.board().await(query.needsPoses(), told, number, BEAT);
    CameraState state = view.state();
    Shot shot = view.shot();
    if (!state.equals(told)) {
      told = state;
      return query
          .form()
          .state(json(state), () -> state.is(Kind.READING) ? new byte[0] : card(state));
    }
    if (shot == null) {
      return query.form().beat(json(state), () -> card(state));
    }
    number = shot.number();
    frames++;
    return query.form().shot(shot, query);
  }

  private String json(CameraState state) {
    return state.json(feed.name()).toString();
  }

  private byte[] card(CameraState state) throws IOException {
    int width = Math.max(320, query.size() == 0 ? feed.width() : query.size());
    int height = feed.width() == 0 ? width * 3 / 4 : width * feed.height() / feed.width();
    String text = state.detail().isEmpty() ? "waiting for the camera" : state.detail();
    double size = width * TEXT_PER_WIDTH;
    try (Canvas canvas = Canvas.blank(width, Math.max(8, height), DARK)) {
      double left = Math.max(0, (width - Canvas.textWidth(text, size)) / 2);
      canvas.text(text, left, canvas.height() / 2.0, size, LIGHT);
      return Images.jpeg(canvas.toImage());
    }
  }
}
