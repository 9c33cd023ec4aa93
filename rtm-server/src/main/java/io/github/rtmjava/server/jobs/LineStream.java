package io.github.rtmjava.server.jobs;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a job from the first one on, as they come, in whole lines. Where the job ends
 * without having done everything, a last line says so: {@code {"state": "failed", "error": "…"}}.
 */
final class LineStream {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int BUFFER = 1 << 16;
  private static final long POLL_MILLIS = 200;

  private final Job job;
  private final Path lines;
  private final OutputStream out;
  private byte[] rest = new byte[0];

  LineStream(Job job, Path lines, OutputStream out) {
    this.job = job;
    this.lines = lines;
    this.out = out;
  }

  /**
   * Sends all of them, until the job has ended.
   *
   * @throws IOException if nobody takes them any more
   */
  void run() throws IOException {
    try (@Nullable InputStream in = awaitLines()) {
      if (in != null) {
        follow(in);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    JobEntry entry = job.entry();
    if (entry.state() != JobState.DONE) {
      String error = entry.error();
      String line =
          JSON.createObjectNode()
                  .put("state", entry.state().id())
                  .put("error", error == null ? "the job did not come to its end" : error)
              + "\n";
      out.write(line.getBytes(StandardCharsets.UTF_8));
    }
    out.flush();
  }

  /** Null if the job ends without any. */
  private @Nullable InputStream awaitLines() throws IOException, InterruptedException {
    while (true) {
      boolean ended = job.entry().state().ended();
      try {
        return Files.newInputStream(lines);
      } catch (NoSuchFileException e) {
        if (ended) {
          return null;
        }
      }
      job.await(POLL_MILLIS);
    }
  }

  private void follow(InputStream in) throws IOException, InterruptedException {
    byte[] part = new byte[BUFFER];
    while (true) {
      boolean more = job.entry().state() == JobState.RUNNING;
      for (int n = in.read(part); n > 0; n = in.read(part)) {
        send(part, n);
      }
      out.flush();
      if (!more) {
        return;
      }
      job.await(POLL_MILLIS);
    }
  }

  private void send(byte[] part, int length) throws IOException {
    int end = length;
    while (end > 0 && part[end - 1] != '\n') {
      end--;
    }
    if (end == 0) {
      int before = rest.length;
      rest = Arrays.copyOf(rest, before + length);
      System.arraycopy(part, 0, rest, before, length);
      return;
    }
    out.write(rest);
    out.write(part, 0, end);
    rest = Arrays.copyOfRange(part, end, length);
  }
}
