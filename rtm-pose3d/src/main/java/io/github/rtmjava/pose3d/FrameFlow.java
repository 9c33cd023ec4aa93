package io.github.rtmjava.pose3d;

import io.github.rtmjava.image.VideoFrame;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Frames in, everybody in them out, in the same order. Each step has a thread of its own: while the
 * caller works on one group of frames, the poses of the next are looked at, people are spotted in
 * the one after it, and the one after that is decoded.
 *
 * <p>Bounded: one group waits between two steps, of at most the batch size and about {@value
 * #GROUP_PIXELS} pixels. Of a live source a group is one frame, and a newer one takes the place of
 * one that waits to be looked at.
 */
final class FrameFlow implements Iterator<Followed> {
  private static final long GROUP_PIXELS = 12_000_000;

  private final Following following;
  private final boolean live;
  private final int batchSize;
  private final Pipe<List<VideoFrame>> decoded = new Pipe<>(1);
  private final Pipe<List<Spotted>> spotted = new Pipe<>(1);
  private final Pipe<List<Followed>> looked = new Pipe<>(1);
  private final Workers source = new Workers("rtm frames", 1);
  private final Workers models = new Workers("rtm poses", 2);
  private final Deque<Followed> ready = new ArrayDeque<>();

  /** Begins at once. */
  FrameFlow(Iterator<VideoFrame> frames, Following following, boolean live, int batchSize) {
    this.following = following;
    this.live = live;
    this.batchSize = live ? 1 : batchSize;
    run(source, decoded, () -> decode(frames));
    run(models, spotted, this::spot);
    run(models, looked, this::look);
  }

  /** Everything; closing it stops the work. */
  Stream<Followed> stream() {
    return StreamSupport.stream(
            Spliterators.spliteratorUnknownSize(this, Spliterator.ORDERED | Spliterator.NONNULL),
            false)
        .onClose(this::close);
  }

  @Override
  public boolean hasNext() {
    while (ready.isEmpty()) {
      List<Followed> group;
      try {
        group = looked.take();
      } catch (InterruptedException e) {
        stop();
        Thread.currentThread().interrupt();
        throw new CancellationException("interrupted while poses were looked for");
      }
      if (group == null) {
        stop();
        throwFailure();
        return false;
      }
      ready.addAll(group);
    }
    return true;
  }

  @Override
  public Followed next() {
    if (!hasNext()) {
      throw new NoSuchElementException("there are no more frames");
    }
    return ready.remove();
  }

  private void decode(Iterator<VideoFrame> frames) throws InterruptedException {
    while (frames.hasNext()) {
      List<VideoFrame> group = new ArrayList<>();
      long pixels = 0;
      do {
        VideoFrame frame = frames.next();
        group.add(frame);
        pixels += (long) frame.image().width() * frame.image().height();
      } while (group.size() < batchSize && pixels < GROUP_PIXELS && frames.hasNext());
      if (live) {
        decoded.putLatest(group);
      } else {
        decoded.put(group);
      }
    }
  }

  private void spot() throws InterruptedException {
    for (List<VideoFrame> group = decoded.take(); group != null; group = decoded.take()) {
      spotted.put(following.spot(group));
    }
    passOn(decoded, spotted);
  }

  private void look() throws InterruptedException {
    for (List<Spotted> group = spotted.take(); group != null; group = spotted.take()) {
      looked.put(following.look(group, decoded.dropped()));
    }
    passOn(spotted, looked);
  }

  private static void passOn(Pipe<?> from, Pipe<?> to) {
    Throwable failure = from.failure();
    if (failure != null) {
      to.fail(failure);
    }
  }

  private void throwFailure() {
    Throwable failure = looked.failure();
    if (failure instanceof RuntimeException problem) {
      throw problem;
    }
    if (failure instanceof Error problem) {
      throw problem;
    }
    if (failure != null) {
      throw new IllegalStateException("frames could not be taken from their source", failure);
    }
  }

  private void stop() {
    source.stop();
    models.stop();
  }

  private void close() {
    source.stop();
    models.rest();
  }

  private static void run(Workers threads, Pipe<?> target, Step step) {
    threads.execute(
        () -> {
          try {
            step.run();
            target.end();
          } catch (InterruptedException e) {
            target.end();
          } catch (RuntimeException | Error e) {
            target.fail(e);
          }
        });
  }

  private interface Step {
    void run() throws InterruptedException;
  }
}
