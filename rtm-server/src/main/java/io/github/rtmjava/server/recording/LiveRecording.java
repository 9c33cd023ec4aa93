package io.github.rtmjava.server.recording;

import io.github.rtmjava.pose.PoseFrame;
import io.github.rtmjava.pose.PoseSpool;
import io.github.rtmjava.pose.Recording;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Frames of one stream, from a start to an end. May be used by several threads at once. */
public final class LiveRecording {
  private final Recordings owner;
  private final String id;
  private final String client;
  private final PoseSpool spool;
  private @Nullable Recording about;
  private double first;
  private double last;
  private boolean ended;
  private String why = "asked for";
  private boolean closed;
  private long endNanos;

  LiveRecording(Recordings owner, String id, String client, PoseSpool spool) {
    this.owner = owner;
    this.id = id;
    this.client = client;
    this.spool = spool;
  }

  /** By which its files are asked for: 128 random bits. */
  public String id() {
    return id;
  }

  /** Number of frames so far. */
  public synchronized int frames() {
    return spool.size();
  }

  /**
   * Keeps a frame.
   *
   * @param source what the frames have in common, asked for with the first one
   * @return why it has ended with the frame before, if it has
   * @throws IOException if the frame cannot be written
   */
  public synchronized Optional<String> add(PoseFrame frame, Supplier<Recording> source)
      throws IOException {
    if (ended) {
      return Optional.of("it had ended");
    }
    Recording known = about;
    if (known == null) {
      known = source.get();
      about = known;
      first = frame.time();
    }
    if (known.width() != frame.result().width() || known.height() != frame.result().height()) {
      return Optional.of("the pictures have another size now");
    }
    Optional<String> full = owner.full(spool.size());
    if (full.isEmpty()) {
      long before = spool.bytes();
      last = frame.time();
      spool.add(new PoseFrame(spool.size(), last - first, frame.result()));
      owner.grown(spool.bytes() - before);
    }
    return full;
  }

  /** Keeps no more frames; nothing the second time. */
  public void end() {
    end("asked for");
  }

  /**
   * Keeps no more frames; nothing the second time.
   *
   * @param reason for people who read "It ended since …"
   */
  public synchronized void end(String reason) {
    if (!ended) {
      ended = true;
      why = reason;
      endNanos = System.nanoTime();
    }
  }

  /** Why it ended, once it has. */
  public synchronized String why() {
    return why;
  }

  /** What its frames have in common; empty where there is none. */
  synchronized Optional<Recording> about() {
    Recording known = about;
    if (known == null || spool.size() == 0) {
      return Optional.empty();
    }
    double seconds = last - first;
    double rate = spool.size() > 1 && seconds > 0 ? (spool.size() - 1) / seconds : 1;
    return Optional.of(
        new Recording(
            known.source(),
            known.width(),
            known.height(),
            rate,
            spool.size(),
            known.model(),
            known.frame(),
            known.keypointSet(),
            known.camera()));
  }

  /**
   * Gives all frames to a reader, in their order; others may use it meanwhile.
   *
   * @return whether all were there, or it was closed meanwhile
   */
  boolean read(Reader reader) throws IOException {
    int count = frames();
    for (int i = 0; i < count; i++) {
      PoseFrame frame;
      synchronized (this) {
        if (closed) {
          return false;
        }
        frame = spool.get(i);
      }
      reader.read(frame);
    }
    return true;
  }

  /** Takes frames. */
  interface Reader {
    void read(PoseFrame frame) throws IOException;
  }

  String client() {
    return client;
  }

  synchronized boolean hasEnded() {
    return ended;
  }

  /** Nanoseconds since its end; negative while it goes on. */
  synchronized long age() {
    return ended ? System.nanoTime() - endNanos : -1;
  }

  /** Removes its frames. */
  synchronized void close() throws IOException {
    if (!closed) {
      ended = true;
      closed = true;
      owner.grown(-spool.bytes());
      spool.close();
    }
  }
}
