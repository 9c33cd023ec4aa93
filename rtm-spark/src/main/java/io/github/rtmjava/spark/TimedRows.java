package io.github.rtmjava.spark;

import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.spark.sql.Row;
import org.apache.spark.util.LongAccumulator;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a batch, how many of them failed, and the time that a task spends in making them: the
 * rest of its time is Spark's.
 */
final class TimedRows implements Iterator<Row> {
  private static final int ERROR = BatchColumns.schema().fieldIndex("error");

  private final Supplier<Iterator<Row>> making;
  private final LongAccumulator milliseconds;
  private final LongAccumulator failed;
  private @Nullable Iterator<Row> rows;
  private long nanoseconds;

  /**
   * Rows that are made as they are asked for.
   *
   * @param making opens what makes them, which takes time too
   */
  TimedRows(Supplier<Iterator<Row>> making, LongAccumulator milliseconds, LongAccumulator failed) {
    this.making = making;
    this.milliseconds = milliseconds;
    this.failed = failed;
  }

  @Override
  public boolean hasNext() {
    long start = System.nanoTime();
    boolean any = rows().hasNext();
    add(start);
    return any;
  }

  @Override
  public Row next() {
    long start = System.nanoTime();
    Row row = rows().next();
    add(start);
    if (!row.isNullAt(ERROR)) {
      failed.add(1L);
    }
    return row;
  }

  private Iterator<Row> rows() {
    Iterator<Row> known = rows;
    if (known == null) {
      known = making.get();
      rows = known;
    }
    return known;
  }

  /** What is less than a millisecond is kept for the next time. */
  private void add(long start) {
    nanoseconds += System.nanoTime() - start;
    long whole = TimeUnit.NANOSECONDS.toMillis(nanoseconds);
    if (whole > 0) {
      milliseconds.add(whole);
      nanoseconds -= TimeUnit.MILLISECONDS.toNanos(whole);
    }
  }
}
