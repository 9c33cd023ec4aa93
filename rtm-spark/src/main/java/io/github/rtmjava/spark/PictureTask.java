package io.github.rtmjava.spark;

import io.github.rtmjava.image.Image;
import io.github.rtmjava.image.Images;
import io.github.rtmjava.pose.PoseResult;
import io.github.rtmjava.pose3d.PoseInferencer;
import io.github.rtmjava.pose3d.SharedInferencers;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * The pictures of one task, in their order: while a group of them is being looked at, the next is
 * read. There are at most these two, each of at most so many pictures and of about {@value #PIXELS}
 * pixels.
 */
final class PictureTask implements Iterator<Row> {
  private static final long PIXELS = 12_000_000;

  private final PictureSettings settings;
  private final Iterator<Source> sources;
  private final PoseInferencer inferencer;
  private final ExecutorService ahead =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread thread = new Thread(work, "rtm pictures");
            thread.setDaemon(true);
            return thread;
          });
  private @Nullable Future<List<Row>> pending;
  private Iterator<Row> ready = Collections.emptyIterator();

  private PictureTask(
      PictureSettings settings, Iterator<Source> sources, PoseInferencer inferencer) {
    this.settings = settings;
    this.sources = sources;
    this.inferencer = inferencer;
  }

  /** One picture and the row that it belongs to. */
  interface Source {
    /** What messages call it. */
    String name();

    /**
     * The bytes of its file.
     *
     * @param most more are refused
     */
    byte[] bytes(int most) throws IOException;

    /** The row that comes of it. */
    Row row(Object[] columns);
  }

  /** Begins, within a task of Spark, with whose end it ends. */
  static Iterator<Row> of(PictureSettings settings, Iterator<Source> sources) throws IOException {
    if (!sources.hasNext()) {
      return Collections.emptyIterator();
    }
    SharedInferencers.Lease lease = ExecutorModels.lease(settings.here());
    PictureTask task = new PictureTask(settings, sources, lease.inferencer());
    TaskContext.get()
        .addTaskCompletionListener(
            context -> {
              task.ahead.shutdownNow();
              ExecutorModels.giveBack(lease);
            });
    return task;
  }

  @Override
  public boolean hasNext() {
    while (!ready.hasNext() && (pending != null || sources.hasNext())) {
      Future<List<Row>> current = pending == null ? begin() : pending;
      pending = sources.hasNext() ? begin() : null;
      ready = await(current).iterator();
    }
    return ready.hasNext();
  }

  @Override
  public Row next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return ready.next();
  }

  /** Reads a group and has it looked at. */
  private Future<List<Row>> begin() {
    List<Read> group = new ArrayList<>();
    long pixels = 0;
    while (group.size() < settings.batchSize() && pixels < PIXELS && sources.hasNext()) {
      Read read = Read.of(sources.next(), settings.mostBytes());
      group.add(read);
      pixels += read.pixels();
    }
    return ahead.submit(() -> look(group));
  }

  private static List<Row> await(Future<List<Row>> group) {
    try {
      return group.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (CancellationException) new CancellationException("the task is stopped").initCause(e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error cause) {
        throw cause;
      }
      throw e.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException(e.getCause());
    }
  }

  /** Together, or where that fails one by one. */
  private List<Row> look(List<Read> group) {
    try {
      return lookTogether(group);
    } catch (RuntimeException | OutOfMemoryError e) {
      if (group.size() == 1) {
        return List.of(group.get(0).failed(e));
      }
      return group.stream().flatMap(read -> look(List.of(read)).stream()).toList();
    }
  }

  private List<Row> lookTogether(List<Read> group) {
    List<Image> images = group.stream().flatMap(read -> read.images().stream()).toList();
    Iterator<PoseResult> results = poses(images).iterator();
    List<Row> rows = new ArrayList<>();
    for (Read read : group) {
      if (read.image == null) {
        rows.add(read.source.row(PoseColumns.failed(read.problem)));
      } else {
        rows.add(read.source.row(PoseColumns.found(settings.framed(results.next()))));
      }
    }
    return rows;
  }

  private List<PoseResult> poses(List<Image> images) {
    if (!settings.boxes().isEmpty()) {
      return images.stream().map(image -> inferencer.predict(image, settings.boxes())).toList();
    }
    return images.isEmpty() ? List.of() : inferencer.predict(images);
  }

  /** A picture, and what was read from it or why nothing was. */
  private record Read(Source source, @Nullable Image image, String problem) {
    static Read of(Source source, int most) {
      try {
        return new Read(source, Images.decode(source.bytes(most), source.name()), "");
      } catch (IOException | RuntimeException | OutOfMemoryError e) {
        return new Read(source, null, Problem.line(e));
      }
    }

    List<Image> images() {
      return image == null ? List.of() : List.of(image);
    }

    long pixels() {
      return image == null ? 0 : (long) image.width() * image.height();
    }

    Row failed(Throwable thrown) {
      return source.row(PoseColumns.failed(Problem.line(thrown)));
    }
  }
}
