package io.github.rtmjava.app;

import io.github.rtmjava.engine.Processors;
import io.github.rtmjava.files.Interruption;
import io.github.rtmjava.image.Picture;
import io.github.rtmjava.pose3d.Inference;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes what was found in pictures, several at a time, whatever becomes of each, and says in their
 * order what came of it.
 */
final class PictureRun {
  private static final int MOST_WRITERS = 4;
  private static final int MOST_SECONDS = 60;

  private final PictureJob job;
  private final Progress progress;
  private final OutputNames names;
  private final @Nullable Sheets sheets;
  private final Interruption interruption;
  private final int writers;
  private final Deque<Written> writing = new ArrayDeque<>();
  private final WrittenFiles files;
  private int begun;
  private int failed;
  private int done;
  private int people;

  /**
   * A run.
   *
   * @param names of the results; the pictures come first
   * @param sheets get everything in its order; null for none
   */
  PictureRun(
      PictureJob job,
      Progress progress,
      OutputNames names,
      @Nullable Sheets sheets,
      Interruption interruption) {
    this.job = job;
    this.progress = progress;
    this.names = names;
    this.sheets = sheets;
    this.interruption = interruption;
    this.files = new WrittenFiles(job.folder());
    int cores = Processors.count();
    this.writers = job.display() == null ? Math.min(MOST_WRITERS, Math.max(2, cores / 2)) : 1;
  }

  /** Whether all pictures could be done. */
  boolean run(Stream<Inference> results) {
    ExecutorService pool = Executors.newFixedThreadPool(writers);
    try {
      Iterator<Inference> each = results.iterator();
      while (hasNext(each)) {
        begin(each.next(), pool);
        while (writing.size() > (job.display() == null ? writers : 0)) {
          finish(writing.remove());
        }
      }
      while (!writing.isEmpty()) {
        finish(writing.remove());
      }
      int pages = pages();
      if (interruption.requested()) {
        progress.note("stopped after " + Counted.of(begun, "picture", "pictures"));
      }
      if (!files.isEmpty() || pages > 0) {
        progress.result(summary(pages));
      }
      return failed == 0 && !interruption.requested();
    } finally {
      end(pool);
    }
  }

  /** Not where the run is to stop: waiting for the next picture is broken off. */
  private boolean hasNext(Iterator<Inference> each) {
    try {
      return interruption.breakable(() -> !interruption.requested() && each.hasNext());
    } catch (RuntimeException e) {
      if (interruption.requested()) {
        return false;
      }
      throw e;
    }
  }

  private void begin(Inference result, ExecutorService pool) {
    String stem = names.stems().get(begun++);
    List<Path> made = new ArrayList<>();
    int number = begun;
    Future<?> future = pool.submit(() -> write(result, stem, number, made));
    writing.add(new Written(result, stem, made, future));
  }

  /** Nobody may write any more when what is unfinished is removed. */
  private static void end(ExecutorService pool) {
    pool.shutdownNow();
    try {
      pool.awaitTermination(MOST_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Void write(Inference result, String stem, int number, List<Path> made)
      throws IOException {
    if (result instanceof Inference.Found found) {
      job.run(found, stem, number, made);
    }
    return null;
  }

  private void finish(Written written) {
    Inference result = written.result;
    try {
      written.writing.get();
      if (result instanceof Inference.Found found) {
        if (sheets != null) {
          sheets.add(found);
        }
        count(found);
      } else if (result instanceof Inference.Failed bad) {
        fail(bad.picture(), bad.problem());
      }
    } catch (ExecutionException e) {
      fail(result.picture(), e.getCause() == null ? e : e.getCause());
    } catch (IOException e) {
      fail(result.picture(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while results were written");
    }
    files.add(written.stem, written.made);
    interruption.step();
    progress.step();
  }

  private void fail(Picture picture, Throwable problem) {
    failed++;
    progress.problem(picture, problem);
  }

  private void count(Inference.Found found) {
    int size = found.result().size();
    done++;
    people += size;
    OutsideBoxes.remarks(found.picture().name(), found.result(), found.image())
        .forEach(progress::note);
    if (size == 0) {
      progress.note(
          found.picture()
              + ": nobody found; a lower --bbox-thr lets in boxes that are less certain");
    }
  }

  private int pages() {
    if (sheets == null) {
      return 0;
    }
    try {
      return sheets.finish().size();
    } catch (IOException e) {
      failed++;
      progress.note("rtm: " + Errors.line(e));
      return 0;
    }
  }

  private String summary(int pages) {
    String sheet = pages == 1 ? "a sheet" : pages + " sheets";
    String all =
        pages == 0
            ? files.toString()
            : files.isEmpty() ? sheet + " to " + job.folder() : files + " and " + sheet;
    String found = Counted.of(people, "person", "people");
    return done == 1
        ? "wrote %s: %s".formatted(all, found)
        : "wrote %s: %s in %s pictures".formatted(all, found, done);
  }

  /** A result and the writing of its files. */
  private record Written(Inference result, String stem, List<Path> made, Future<?> writing) {}
}
