package io.github.rtmjava.spark;

import io.github.rtmjava.app.batch.BatchEngine;
import io.github.rtmjava.app.batch.BatchJob;
import io.github.rtmjava.app.batch.BatchNews;
import io.github.rtmjava.app.batch.BatchSummary;
import java.io.IOException;
import java.util.concurrent.CancellationException;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.SparkSession;

/** {@code rtm batch} on Spark. */
public final class SparkBatch implements BatchEngine {
  @Override
  public BatchSummary run(BatchJob job, BatchNews news) throws IOException {
    boolean mine = SparkSession.getDefaultSession().isEmpty();
    SparkSession session = Sessions.open(job);
    try {
      return new BatchRun(session, job, news).run();
    } catch (IOException | RuntimeException e) {
      throw told(e, session);
    } catch (Exception e) { // Spark, being Scala, throws checked ones without saying so
      session.sparkContext().cancelAllJobs();
      if (e instanceof InterruptedException) {
        throw (CancellationException) new CancellationException("stopped").initCause(e);
      }
      throw told(e, session);
    } finally {
      if (mine) {
        SparkContext context = session.sparkContext();
        session.stop();
        context.stop();
      }
    }
  }

  /** What a task said, which Spark wraps. */
  private static IOException told(Exception e, SparkSession session) {
    if (e instanceof CancellationException known) {
      throw known;
    }
    if (session.sparkContext().isStopped()) {
      return new IOException(
          "%s: the cluster has ended this run, or nobody could start an executor; Spark's log says why"
              .formatted(session.sparkContext().master()),
          e);
    }
    Throwable deepest = e;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    return e instanceof IOException known && deepest == e
        ? known
        : new IOException(Problem.line(deepest), e);
  }
}
