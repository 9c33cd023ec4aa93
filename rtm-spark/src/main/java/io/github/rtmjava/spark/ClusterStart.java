package io.github.rtmjava.spark;

import io.github.rtmjava.app.batch.BatchNews;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * What a run on a cluster begins with: models are sent, one executor opens them and measures, and a
 * setting that could not work is told before all others get to work.
 */
final class ClusterStart {
  private static final long REMARK_SECONDS = 30;
  private static final long LONGEST_HOURS = 24;

  private ClusterStart() {}

  /**
   * Prepares the executors for all jobs that this thread runs from now on.
   *
   * @param own folder of the command's own among the results
   * @throws IOException if executors cannot do it, in one line
   */
  static void prepare(
      JavaSparkContext spark, PictureSettings settings, FileSystem files, Path own, BatchNews news)
      throws IOException {
    ModelShipment.send(settings.model(), spark.sc());
    ModelShipment.send(settings.detector(), spark.sc());
    MeasuredWays.of(files, own).send(spark.sc());
    FirstLook found = look(spark, settings, news);
    if (!found.problem().isEmpty()) {
      throw new IOException(found.problem());
    }
    Overhead.require(spark.getConf(), found);
    found.ways().write(files, own);
    found.ways().send(spark.sc());
  }

  private static FirstLook look(JavaSparkContext spark, PictureSettings settings, BatchNews news)
      throws IOException {
    JavaFutureAction<List<FirstLook>> looking =
        spark.parallelize(List.of(settings), 1).map(FirstLook::take).collectAsync();
    try {
      try {
        return looking.get(REMARK_SECONDS, TimeUnit.SECONDS).get(0);
      } catch (TimeoutException e) {
        news.note("waiting for an executor of %s that opens the models".formatted(spark.master()));
        return looking.get(LONGEST_HOURS, TimeUnit.HOURS).get(0);
      }
    } catch (TimeoutException e) {
      throw new IOException(
          "%s: expected an executor within %s hours, found none; give the job fewer cores or less"
                  .formatted(spark.master(), LONGEST_HOURS)
              + " memory for each",
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("stopped", e);
    } catch (ExecutionException e) {
      throw new IOException(Problem.line(e.getCause() == null ? e : e.getCause()), e);
    } finally {
      looking.cancel(true);
    }
  }
}
