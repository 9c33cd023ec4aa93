package io.github.rtmjava.app;

import io.github.rtmjava.image.Picture;
import io.github.rtmjava.pose3d.Inference;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes what was found in pictures, several at a time, whatever becomes of each, and says in their
 * order what came of it.
 */
final class PictureRun {
  private static final int MOST_WRITERS = 4;

  private final PictureJob job;
  private final Progress progress;
  private final Path output;
  private final OutputNames names;
  private final @Nullable Sheets sheets;
  private final int writers;
  private final Deque<Written> writing = new ArrayDeque<>();
  private int started;
  private int failed;
  private int done;
  private int people;
  private String last = "";

  /**
   * A run.
   *
   * @param sheets get everything in its order; null for none
   */
  PictureRun(
      PictureJob job, Progress progress, Path output, OutputNames names, @Nullable Sheets sheets) {
    this.job = job;
    this.progress = progress;
    this.output = output;
    this.names = names;
    this.sheets = sheets;
    int cores = Runtime.getRuntime().availableProcessors();
    this.writers = job.display() == null ? Math.min(MOST_WRITERS, Math.max(2, cores / 2)) : 1;
  }

  /** Whether all pictures could be done. */
  boolean run(Stream<Inference> results) {
    ExecutorService pool = Executors.newFixedThreadPool(writers);
    try {
      results.forEach(
          result -> {
            int number = ++started;
            writing.add(new Written(result, pool.submit(() -> write(result, number))));
            while (writing.size() > (job.display() == null ? writers : 0)) {
              finish(writing.remove());
            }
          });
      while (!writing.isEmpty()) {
        finish(writing.remove());
      }
    } finally {
      pool.shutdownNow();
    }
    int pages = pages();
    if (done > 0) {
      progress.result(summary(pages));
    }
    return failed == 0;
  }

  private Void write(Inference result, int number) throws IOException {
    if (result instanceof Inference.Found found) {
      job.run(found, names.stem(found.picture().name()), number);
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
    last = names.stem(found.picture().name());
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
      return sheets.finish();
    } catch (IOException e) {
      failed++;
      progress.note("rtm: " + Errors.line(e));
      return 0;
    }
  }

  private String summary(int pages) {
    String files = Stream.concat(own(), others()).collect(Collectors.joining(" and "));
    String sheet = pages == 0 ? "" : pages == 1 ? "a sheet" : pages + " sheets";
    String all = files.isEmpty() ? sheet : sheet.isEmpty() ? files : files + " and " + sheet;
    String found = Counted.of(people, "person", "people");
    return done == 1
        ? "wrote %s: %s".formatted(all, found)
        : "wrote %s to %s: %s in %s pictures".formatted(all, output, found, done);
  }

  private Stream<String> own() {
    Stream<String> endings =
        job.saving().own().stream().map(Saved::ending).filter(ending -> !ending.isEmpty());
    if (done == 1) {
      return endings.map(ending -> output.resolve(last + ending).toString());
    }
    List<String> each = endings.map(ending -> done + " " + ending).toList();
    return each.isEmpty() ? Stream.of() : Stream.of(String.join(" and ", each) + " files");
  }

  private Stream<String> others() {
    return job.saving().formats().stream()
        .map(
            format ->
                done == 1 ? output.resolve(format.files(last)).toString() : format.files("NAME"));
  }

  /** A result and the writing of its files. */
  private record Written(Inference result, Future<?> writing) {}
}
