package io.github.rtmjava.server.camera;

import io.github.rtmjava.image.VideoFrame;
import io.github.rtmjava.server.model.ServedModel;
import io.github.rtmjava.server.recording.LiveRecording;
import io.github.rtmjava.server.web.ProblemException;
import io.github.rtmjava.server.web.Problems;
import io.github.rtmjava.server.web.Reason;
import io.github.rtmjava.video.VideoException;
import io.github.rtmjava.video.VideoInfo;
import io.github.rtmjava.video.VideoOptions;
import io.github.rtmjava.video.VideoReader;
import io.github.rtmjava.video.VideoSource;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A camera at the server: one reader and one chain of tracker and filters, however many watch.
 * While nobody does it is closed, so that its light is off and nothing is computed for nobody.
 *
 * <p>May be used by several threads at once.
 */
final class CameraFeed implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(CameraFeed.class.getName());

  /** How long it stays open for somebody who loads the page again. */
  private static final Duration LINGER = Duration.ofSeconds(3);

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** Who gave pictures for so long does not wait for what failed before. */
  private static final Duration STEADY = PATIENCE.multipliedBy(2);

  private static final String FOUND = ", found ";
  private static final double SHORTEST_STEP = 1e-3;
  private static final long LAST_WORDS_MILLIS = 2_000;

  private final String name;
  private final VideoSource source;
  private final @Nullable String model;
  private final Surroundings around;
  private final Board board = new Board();
  private final CameraRecordings recordings = new CameraRecordings();

  // Guarded by this.
  private int watchers;
  private int poseWatchers;
  private long leftAt;
  private long posesLeftAt;
  private boolean closed;
  private int width;
  private int height;
  private @Nullable Thread thread;

  // Owned by the thread that reads.
  private @Nullable PoseChain chain;
  private long read;
  private long begun;
  private double time = Double.NEGATIVE_INFINITY;

  /**
   * A camera that nobody watches yet.
   *
   * @param model that looks at it; null for the first
   */
  CameraFeed(String name, VideoSource source, @Nullable String model, Surroundings around) {
    this.name = name;
    this.source = source;
    this.model = model;
    this.around = around;
  }

  String name() {
    return name;
  }

  /** The model that looks at it, in use until it is closed. */
  ServedModel lease() throws IOException {
    return around.models().lease(model);
  }

  Board board() {
    return board;
  }

  /** Pixels of its pictures, as last seen. */
  synchronized int width() {
    return width;
  }

  /** Pixels of its pictures, as last seen. */
  synchronized int height() {
    return height;
  }

  synchronized int watchers() {
    return watchers;
  }

  /**
   * Looks whether it is there.
   *
   * @throws IOException if it gives no picture
   */
  void check() throws IOException {
    String found = "no picture";
    try (VideoReader reader = open()) {
      if (reader.read().isPresent()) {
        return;
      }
    } catch (VideoException e) {
      found = said(e);
    }
    throw new IOException(
        "expected pictures of the camera '%s' (--camera), found %s; check that it is connected and"
                .formatted(name, found)
            + " switched on, and its address, user and password");
  }

  private VideoReader open() throws VideoException {
    VideoReader reader = VideoReader.open(source, VideoOptions.all().withPatience(PATIENCE));
    VideoInfo info = reader.info();
    synchronized (this) {
      width = info.width();
      height = info.height();
    }
    return reader;
  }

  /** What was found, without where: an address may hold more than its user and password. */
  private String said(VideoException e) {
    String message = String.valueOf(e.getMessage()).replace(source.name() + ": ", "");
    int found = message.lastIndexOf(FOUND);
    return found < 0 ? message : message.substring(found + FOUND.length());
  }

  /** Somebody watches from now on, until {@link #leave}. */
  synchronized void join(boolean withPoses) {
    if (closed) {
      throw ending();
    }
    watchers++;
    poseWatchers += withPoses ? 1 : 0;
    if (thread == null) {
      Thread made = new Thread(this::run, "rtm camera " + name);
      made.setDaemon(true);
      made.start();
      thread = made;
    }
    notifyAll();
  }

  synchronized void leave(boolean withPoses) {
    watchers--;
    poseWatchers -= withPoses ? 1 : 0;
    leftAt = System.nanoTime();
    posesLeftAt = withPoses ? leftAt : posesLeftAt;
  }

  /** Keeps what is seen from now on, as long as anybody watches the people. */
  LiveRecording record(String client) {
    synchronized (this) {
      if (closed) {
        throw ending();
      }
      if (poseWatchers == 0) {
        throw new ProblemException(
            Reason.CONFLICT,
            "expected somebody who watches the camera, found nobody; ask for /v1/live first");
      }
    }
    LiveRecording made = around.recordings().begin(client);
    recordings.add(made);
    return made;
  }

  private static ProblemException ending() {
    return new ProblemException(Reason.UNAVAILABLE, "the service is about to end");
  }

  private synchronized boolean isWatched() {
    return !closed && (watchers > 0 || System.nanoTime() - leftAt < LINGER.toNanos());
  }

  private synchronized boolean needsPoses() {
    return poseWatchers > 0;
  }

  private synchronized boolean mayNeedPoses() {
    return poseWatchers > 0 || System.nanoTime() - posesLeftAt < LINGER.toNanos();
  }

  private synchronized boolean awaitWatcher() throws InterruptedException {
    while (!closed && watchers == 0) {
      wait();
    }
    return !closed;
  }

  private void run() {
    try {
      while (awaitWatcher()) {
        try {
          attend();
        } finally {
          endChain();
        }
        board.tell(CameraState.IDLE);
      }
    } catch (InterruptedException e) {
      // It is closed.
    } finally {
      board.tell(CameraState.ENDED);
    }
  }

  /** Reads while somebody watches, again and again where it goes away. */
  private void attend() throws InterruptedException {
    Backoff backoff = new Backoff();
    boolean lost = false;
    board.tell(CameraState.OPENING);
    while (isWatched()) {
      long before = read;
      long from = System.nanoTime();
      String end = readOn();
      if (!isWatched()) {
        return;
      }
      if (end.isEmpty() && read > before) {
        continue; // A file is played again.
      }
      if (System.nanoTime() - from > STEADY.toNanos()) {
        backoff.reset();
      }
      Duration pause = backoff.pause();
      if (!lost || read > before) {
        LOG.log(
            System.Logger.Level.WARNING,
            "the camera '%s' gives no pictures (%s); it is tried again".formatted(name, end));
      }
      lost = true;
      board.tell(CameraState.lost(pause));
      pause(pause);
      if (isWatched()) {
        around
            .metrics()
            .count(
                "rtm_camera_reconnects", "Attempts to reach a lost camera again", "camera", name);
      }
    }
  }

  /** Waits, but no longer than somebody watches. */
  private synchronized void pause(Duration pause) throws InterruptedException {
    long end = System.nanoTime() + pause.toNanos();
    for (long left = pause.toNanos(); left > 0 && isWatched(); left = end - System.nanoTime()) {
      long step = Math.min(left, LINGER.toNanos() / 4);
      TimeUnit.NANOSECONDS.timedWait(this, Math.max(step, 1_000_000));
    }
  }

  /**
   * Reads until it ends or nobody watches.
   *
   * @return what is wrong; empty where a file has come to its end
   */
  private String readOn() throws InterruptedException {
    try (VideoReader reader = open()) {
      Pace pace = Pace.of(reader.info());
      for (Optional<VideoFrame> next = reader.read(); next.isPresent(); next = reader.read()) {
        pace.await(next.get().time());
        if (!isWatched()) {
          return "";
        }
        if (!board.state().is(CameraState.Kind.READING)) {
          LOG.log(System.Logger.Level.DEBUG, "the camera '{0}' gives pictures", name);
          board.tell(CameraState.READING);
        }
        take(next.get());
      }
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      if (reader.info().live()) {
        return reason(reader);
      }
      Pace.afterTheLast(reader.info());
      return "";
    } catch (RuntimeException | OutOfMemoryError e) {
      LOG.log(System.Logger.Level.ERROR, "the camera '%s' failed".formatted(name), e);
      return "it failed";
    } catch (VideoException e) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      return said(e);
    }
  }

  private static String reason(VideoReader reader) {
    return reader.problems().stream().reduce((first, last) -> last).orElse("it has ended");
  }

  private void take(VideoFrame frame) {
    long arrival = System.nanoTime();
    if (read == 0) {
      begun = arrival;
    }
    time = Math.max((arrival - begun) / 1e9, time + SHORTEST_STEP);
    Picture picture = new Picture(read++, time, frame.image(), arrival, System.currentTimeMillis());
    around.count(name, "read");
    board.show(Shot.plain(picture));
    if (needsPoses()) {
      look(picture);
    } else if (chain != null && !mayNeedPoses()) {
      endChain();
    }
  }

  private void look(Picture picture) {
    PoseChain current = chain;
    if (current == null) {
      try {
        current = new PoseChain(around, lease(), name, this::found);
      } catch (IOException | ProblemException e) {
        around.count(name, Problems.of(e).reason().id());
        return;
      }
      chain = current;
    }
    current.offer(picture);
  }

  private void found(Shot.Poses poses, Shot shot) {
    recordings.keep(poses.frame(), poses.about());
    board.showPoses(shot);
  }

  private void endChain() {
    recordings.endAll("nobody watches the camera any more");
    PoseChain old = chain;
    chain = null;
    if (old != null) {
      old.close();
    }
  }

  /** Ends it for everybody; whoever watches is told. */
  @Override
  public void close() {
    Thread reader;
    synchronized (this) {
      closed = true;
      reader = thread;
      notifyAll();
    }
    board.tell(CameraState.ENDED);
    if (reader != null) {
      reader.interrupt(); // which ends every wait, FFmpeg's too
      try {
        reader.join(LAST_WORDS_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
