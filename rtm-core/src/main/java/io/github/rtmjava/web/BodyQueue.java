package io.github.rtmjava.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The body of an answer, piece by piece, for a reader whose patience ends. */
public final class BodyQueue implements Flow.Subscriber<List<ByteBuffer>>, AutoCloseable {
  private final BlockingQueue<Piece> pieces = new LinkedBlockingQueue<>();
  private volatile Flow.@Nullable Subscription subscription;
  private volatile boolean closed;

  private sealed interface Piece {}

  private record Bytes(List<ByteBuffer> buffers) implements Piece {}

  private record End() implements Piece {}

  private record Failure(Throwable thrown) implements Piece {}

  /**
   * The next bytes; empty at the end.
   *
   * @throws WebException if nothing comes in time, or the connection breaks
   * @throws InterruptedIOException if the thread is interrupted, and it stays so
   */
  public List<ByteBuffer> next(Duration patience) throws IOException {
    Piece piece;
    try {
      piece = pieces.poll(Math.max(0, patience.toNanos()), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while a body was read");
    }
    if (piece instanceof Bytes bytes) {
      request();
      return bytes.buffers;
    }
    if (piece instanceof End) {
      return List.of();
    }
    throw WebException.temporary(
        piece instanceof Failure failure
            ? "the connection broke (%s)".formatted(WebException.reason(failure.thrown))
            : "nothing more came in time");
  }

  /**
   * The bytes up to the end, or so many if there are more.
   *
   * @param patience for each piece of them
   * @throws IOException as {@link #next}
   */
  public byte[] read(int most, Duration patience) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    List<ByteBuffer> pieces = next(patience);
    while (!pieces.isEmpty() && all.size() < most) {
      for (ByteBuffer piece : pieces) {
        byte[] bytes = new byte[Math.min(piece.remaining(), most - all.size())];
        piece.get(bytes);
        all.writeBytes(bytes);
      }
      pieces = next(patience);
    }
    return all.toByteArray();
  }

  @Override
  public void onSubscribe(Flow.Subscription source) {
    subscription = source;
    if (closed) {
      source.cancel();
    } else {
      source.request(1);
    }
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    if (buffers.isEmpty()) {
      request();
    } else {
      pieces.add(new Bytes(buffers));
    }
  }

  private void request() {
    Flow.Subscription source = subscription;
    if (source != null) {
      source.request(1);
    }
  }

  @Override
  public void onError(Throwable thrown) {
    pieces.add(new Failure(thrown));
  }

  @Override
  public void onComplete() {
    pieces.add(new End());
  }

  /** Lets the connection go. */
  @Override
  public void close() {
    closed = true;
    Flow.Subscription source = subscription;
    if (source != null) {
      source.cancel();
    }
  }
}
