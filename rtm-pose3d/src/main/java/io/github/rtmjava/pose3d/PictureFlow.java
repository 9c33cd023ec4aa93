package io.github.rtmjava.pose3d;

import io.github.rtmjava.image.Image;
import io.github.rtmjava.image.Picture;
import io.github.rtmjava.pose.PoseResult;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Pictures in, what was found in them out, in the same order: while the caller works on one group
 * of pictures, the next is being looked at and the one after it is being read.
 *
 * <p>Bounded: besides the caller's there are at most {@value #GROUPS_AHEAD} groups ahead and one
 * being read, each of at most the batch size and about {@value #GROUP_PIXELS} pixels.
 */
final class PictureFlow implements Iterator<Inference> {
  private static final int GROUPS_AHEAD = 2;
  private static final long GROUP_PIXELS = 12_000_000;

  private final Iterator<Picture> pictures;
  private final Function<List<Image>, List<PoseResult>> find;
  private final int batchSize;
  private final Workers reader = new Workers("rtm pictures", 1);
  private final Workers finder = new Workers("rtm poses", 1);
  // Owned by the finder's thread.
  private final Deque<Future<Read>> reading = new ArrayDeque<>();
  private long pixels;
  // Owned by the caller's thread.
  private final Deque<Future<List<Inference>>> groups = new ArrayDeque<>();
  private final Deque<Inference> ready = new ArrayDeque<>();

  PictureFlow(
      Stream<Picture> pictures, Function<List<Image>, List<PoseResult>> find, int batchSize) {
    this.pictures = pictures.iterator();
    this.find = find;
    this.batchSize = batchSize;
  }

  /** Everything; closing it stops the work. */
  Stream<Inference> stream() {
    return StreamSupport.stream(
            Spliterators.spliteratorUnknownSize(this, Spliterator.ORDERED | Spliterator.NONNULL),
            false)
        .onClose(this::close);
  }

  @Override
  public boolean hasNext() {
    while (ready.isEmpty()) {
      if (finder.isStopped()) {
        return false;
      }
      while (groups.size() < GROUPS_AHEAD) {
        groups.add(finder.submit(this::nextGroup));
      }
      List<Inference> group = take(groups.remove());
      if (group.isEmpty()) {
        stop();
      }
      ready.addAll(group);
    }
    return true;
  }

  @Override
  public Inference next() {
    if (!hasNext()) {
      throw new NoSuchElementException("there are no more pictures");
    }
    return ready.remove();
  }

  private void stop() {
    finder.stop();
    reader.stop();
  }

  private void close() {
    reader.stop();
    finder.rest();
  }

  private List<Inference> take(Future<List<Inference>> group) {
    try {
      return group.get();
    } catch (InterruptedException e) {
      stop();
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while poses were looked for");
    } catch (ExecutionException e) {
      stop();
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException("pictures could not be taken from their source", e);
    }
  }

  /** Reads and looks at the next pictures; none at the end. */
  private List<Inference> nextGroup() throws InterruptedException, ExecutionException {
    List<Read> group = new ArrayList<>();
    long sum = 0;
    while (group.size() < batchSize && sum < GROUP_PIXELS && readAhead()) {
      Read read = reading.remove().get();
      group.add(read);
      if (read.image != null) {
        pixels = (long) read.image.width() * read.image.height();
        sum += pixels;
      }
    }
    readAhead();
    return look(group);
  }

  /** As many pictures as a group holds, as far as the size of the last one tells. */
  private boolean readAhead() {
    long most = Math.max(1, Math.min(batchSize, GROUP_PIXELS / Math.max(1, pixels)));
    while (reading.size() < most && pictures.hasNext()) {
      Picture picture = pictures.next();
      reading.add(reader.submit(() -> Read.of(picture)));
    }
    return !reading.isEmpty();
  }

  private List<Inference> look(List<Read> group) {
    List<Image> images = group.stream().flatMap(read -> Stream.ofNullable(read.image)).toList();
    List<PoseResult> results;
    try {
      results = images.isEmpty() ? List.of() : find.apply(images);
    } catch (RuntimeException | OutOfMemoryError e) {
      if (group.size() == 1) {
        return List.of(new Inference.Failed(group.get(0).picture, e));
      }
      // One of them may be at fault: the others are not to suffer for it.
      return group.stream().flatMap(read -> look(List.of(read)).stream()).toList();
    }
    List<Inference> out = new ArrayList<>();
    Iterator<PoseResult> next = results.iterator();
    for (Read read : group) {
      out.add(
          read.image == null
              ? new Inference.Failed(read.picture, Objects.requireNonNull(read.problem))
              : new Inference.Found(read.picture, read.image, next.next()));
    }
    return out;
  }

  /** A picture, and what was read from it or why nothing was. */
  private record Read(Picture picture, @Nullable Image image, @Nullable Throwable problem) {
    static Read of(Picture picture) {
      try {
        return new Read(picture, picture.read(), null);
      } catch (IOException | RuntimeException | OutOfMemoryError e) {
        return new Read(picture, null, e);
      }
    }
  }
}
