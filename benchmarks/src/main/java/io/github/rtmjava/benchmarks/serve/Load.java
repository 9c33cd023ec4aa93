package io.github.rtmjava.benchmarks.serve;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * Requests for the poses of pictures. Times are in microseconds, and of an open loop from the
 * moment at which a request was due, not from the one at which it could be sent: a server that
 * stalls does not keep its clients from coming.
 */
final class Load {
  private static final long LONGEST_MICROS = TimeUnit.MINUTES.toMicros(5);
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  private final HttpClient client = HttpClient.newHttpClient();
  private final URI poses;
  private final List<byte[]> pictures;

  /**
   * Load on a server.
   *
   * @param address of it
   * @param pictures JPEG files, asked for in turns
   */
  Load(URI address, List<byte[]> pictures) {
    this.poses = address.resolve("/v1/poses?keypoint_names=false");
    this.pictures = pictures;
  }

  /**
   * What became of requests.
   *
   * @param seconds from the first to the last answer
   * @param accepted times of those that were answered
   * @param refused times of those with 429
   * @param failed all others
   */
  record Outcome(double seconds, Histogram accepted, Histogram refused, int failed) {
    double rate() {
      return accepted.getTotalCount() / seconds;
    }

    /** Of the accepted ones, milliseconds. */
    double millis(double percentile) {
      return accepted.getValueAtPercentile(percentile) / 1e3;
    }

    double refusedMillis(double percentile) {
      return refused.getValueAtPercentile(percentile) / 1e3;
    }

    double refusedShare() {
      long all = accepted.getTotalCount() + refused.getTotalCount() + failed;
      return all == 0 ? 0 : (double) refused.getTotalCount() / all;
    }
  }

  private HttpRequest request(int number) {
    return HttpRequest.newBuilder(poses)
        .timeout(PATIENCE)
        .header("Content-Type", "image/jpeg")
        .POST(HttpRequest.BodyPublishers.ofByteArray(pictures.get(number % pictures.size())))
        .build();
  }

  /** So many clients, each with one request after the other. */
  Outcome closed(int clients, Duration time) throws IOException {
    Counts counts = new Counts();
    ExecutorService pool = Executors.newFixedThreadPool(clients);
    long start = System.nanoTime();
    AtomicInteger number = new AtomicInteger();
    List<Future<?>> all = new ArrayList<>();
    for (int i = 0; i < clients; i++) {
      all.add(
          pool.submit(
              () -> {
                while (System.nanoTime() - start < time.toNanos()) {
                  long from = System.nanoTime();
                  HttpResponse<byte[]> answer =
                      client.send(
                          request(number.getAndIncrement()),
                          HttpResponse.BodyHandlers.ofByteArray());
                  counts.add(answer.statusCode(), System.nanoTime() - from);
                }
                return null;
              }));
    }
    try {
      for (Future<?> each : all) {
        each.get();
      }
    } catch (InterruptedException | ExecutionException e) {
      throw new IOException(e);
    } finally {
      pool.shutdownNow();
    }
    return counts.outcome(System.nanoTime() - start);
  }

  /** So many requests in a second, whatever becomes of them. */
  Outcome open(double rate, Duration time) throws IOException {
    Counts counts = new Counts();
    List<CompletableFuture<?>> all = new ArrayList<>();
    long start = System.nanoTime();
    long count = Math.max(1, Math.round(rate * time.toNanos() / 1e9));
    for (int i = 0; i < count; i++) {
      long due = start + Math.round(i / rate * 1e9);
      for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
        LockSupport.parkNanos(left);
      }
      all.add(
          client
              .sendAsync(request(i), HttpResponse.BodyHandlers.ofByteArray())
              .handle(
                  (answer, failure) -> {
                    counts.add(failure == null ? answer.statusCode() : 0, System.nanoTime() - due);
                    return null;
                  }));
    }
    CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).join();
    return counts.outcome(System.nanoTime() - start);
  }

  /** Counts answers, of several threads. */
  private static final class Counts {
    private final Histogram accepted = new ConcurrentHistogram(LONGEST_MICROS, 3);
    private final Histogram refused = new ConcurrentHistogram(LONGEST_MICROS, 3);
    private final AtomicInteger failed = new AtomicInteger();

    void add(int status, long nanos) {
      long micros = Math.min(LONGEST_MICROS, nanos / 1000);
      switch (status) {
        case 200 -> accepted.recordValue(micros);
        case 429 -> refused.recordValue(micros);
        default -> failed.incrementAndGet();
      }
    }

    Outcome outcome(long nanos) {
      return new Outcome(nanos / 1e9, accepted, refused, failed.get());
    }
  }
}
