package io.github.rtmjava.output.format;

import io.github.rtmjava.pose.PoseFrame;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Several writers of the same frames: where one fails, the others go on. */
public final class PoseWriters implements PoseWriter {
  private final List<PoseWriter> all;
  private final List<PoseWriter> sound;
  private @Nullable IOException failure;

  /** Several as one, which owns them. */
  public PoseWriters(List<PoseWriter> writers) {
    all = List.copyOf(writers);
    sound = new ArrayList<>(writers);
  }

  @Override
  public void write(PoseFrame frame) throws IOException {
    each(sound, writer -> writer.write(frame));
    if (sound.isEmpty()) {
      fail();
    }
  }

  @Override
  public void finish() throws IOException {
    each(sound, PoseWriter::finish);
    fail();
  }

  @Override
  public void close() throws IOException {
    failure = null;
    each(new ArrayList<>(all), PoseWriter::close);
    fail();
  }

  private void fail() throws IOException {
    if (failure != null) {
      throw failure;
    }
  }

  /** Takes those that fail out of the list. */
  private void each(List<PoseWriter> writers, Step step) {
    writers.removeIf(writer -> !succeeds(writer, step));
  }

  private boolean succeeds(PoseWriter writer, Step step) {
    try {
      step.on(writer);
      return true;
    } catch (IOException e) {
      if (failure == null) {
        failure = e;
      } else {
        failure.addSuppressed(e);
      }
      return false;
    }
  }

  private interface Step {
    void on(PoseWriter writer) throws IOException;
  }
}
