package io.github.rtmjava.server.recording;

import io.github.rtmjava.files.Unfinished;
import io.github.rtmjava.pose.PoseSpool;
import io.github.rtmjava.server.config.ServerLimits;
import io.github.rtmjava.server.metrics.ServerMetrics;
import io.github.rtmjava.server.web.ProblemException;
import io.github.rtmjava.server.web.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * All recordings of a service, in a temporary folder that vanishes with it. Each is kept for a time
 * after its end; a client that makes too many loses its oldest.
 *
 * <p>May be used by several threads at once.
 */
public final class Recordings implements AutoCloseable {
  private static final int ID_BYTES = 16;

  private final ServerLimits limits;
  private final SecureRandom random = new SecureRandom();
  private final Map<String, LiveRecording> all = new LinkedHashMap<>();
  private final AtomicLong bytes = new AtomicLong();
  private final ScheduledExecutorService broom;
  private @Nullable Unfinished folder;
  private boolean closed;

  /** None yet. */
  public Recordings(ServerLimits limits, ServerMetrics metrics) {
    this.limits = limits;
    broom =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "rtm recordings");
              thread.setDaemon(true);
              return thread;
            });
    long period = Math.min(60_000, Math.max(100, limits.recordAge().toMillis() / 4));
    var unused = broom.scheduleWithFixedDelay(this::sweep, period, period, TimeUnit.MILLISECONDS);
    metrics.gauge("rtm_recordings", "Recordings that are kept", this::count);
    metrics.gauge("rtm_recordings_bytes", "Their frames on disk", bytes::get);
  }

  /**
   * Begins one.
   *
   * @param client whose it is, for the limit
   * @throws ProblemException if there are too many
   */
  public LiveRecording begin(String client) {
    full(0)
        .ifPresent(
            why -> {
              throw new ProblemException(
                  Reason.MEMORY_FULL, why + "; try again later", limits.recordAge());
            });
    byte[] id = new byte[ID_BYTES];
    random.nextBytes(id);
    synchronized (this) {
      if (closed) {
        throw new ProblemException(Reason.UNAVAILABLE, "the service is about to end");
      }
      try {
        makeRoom(client);
        LiveRecording made =
            new LiveRecording(
                this, HexFormat.of().formatHex(id), client, PoseSpool.in(workFolder()));
        all.put(made.id(), made);
        return made;
      } catch (IOException e) {
        throw new ProblemException(Reason.INTERNAL, "nothing can be recorded here now");
      }
    }
  }

  private void makeRoom(String client) throws IOException {
    List<LiveRecording> own =
        all.values().stream().filter(other -> other.client().equals(client)).toList();
    if (own.size() < limits.recordings()) {
      return;
    }
    LiveRecording oldest =
        own.stream()
            .filter(LiveRecording::hasEnded)
            .findFirst()
            .orElseThrow(
                () ->
                    new ProblemException(
                        Reason.STREAMS_FULL,
                        "expected at most %s recordings of a client at a time, found more"
                            .formatted(limits.recordings())));
    all.remove(oldest.id());
    oldest.close();
  }

  /** A folder for what is made of them; the monitor is the caller's. */
  private Path workFolder() throws IOException {
    Unfinished known = folder;
    if (known == null) {
      known = Unfinished.in(Path.of(System.getProperty("java.io.tmpdir")));
      Files.createDirectory(known.path());
      folder = known;
    }
    return known.path();
  }

  /** A temporary folder, for somebody who removes it by closing it. */
  synchronized Unfinished newFolder() throws IOException {
    Unfinished made = Unfinished.in(workFolder());
    Files.createDirectory(made.path());
    return made;
  }

  /** One that is kept. */
  public synchronized Optional<LiveRecording> find(String id) {
    return Optional.ofNullable(all.get(id));
  }

  /** Why no frame can be added to one of so many frames, if none can. */
  Optional<String> full(int frames) {
    if (frames >= limits.recordFrames()) {
      return Optional.of("a recording has at most %s frames".formatted(limits.recordFrames()));
    }
    return bytes.get() >= limits.recordBytes()
        ? Optional.of("recordings fill the disk space that they may")
        : Optional.empty();
  }

  void grown(long by) {
    bytes.addAndGet(by);
  }

  private synchronized int count() {
    return all.size();
  }

  private void sweep() {
    List<LiveRecording> old = new ArrayList<>();
    synchronized (this) {
      for (LiveRecording recording : List.copyOf(all.values())) {
        if (recording.age() > limits.recordAge().toNanos()) {
          all.remove(recording.id());
          old.add(recording);
        }
      }
    }
    old.forEach(Recordings::close);
  }

  private static void close(LiveRecording recording) {
    try {
      recording.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Removes all of them. */
  @Override
  public void close() {
    broom.shutdownNow();
    List<LiveRecording> rest;
    Unfinished made;
    synchronized (this) {
      closed = true;
      rest = List.copyOf(all.values());
      all.clear();
      made = folder;
      folder = null;
    }
    try {
      rest.forEach(Recordings::close);
    } finally {
      remove(made);
    }
  }

  private static void remove(@Nullable Unfinished folder) {
    try {
      if (folder != null) {
        folder.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
