package io.github.rtmjava.output.format;

import io.github.rtmjava.pose.PoseFrame;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Several writers of the same frames: where one fails, in whatever way, the others go on. */
public final class PoseWriters implements PoseWriter {
  private final List<PoseWriter> all = new ArrayList<>();
  private final List<PoseWriter> sound = new ArrayList<>();
  private final List<PoseWriter> finished = new ArrayList<>();
  private @Nullable Exception failure;

  private PoseWriters() {}

  /**
   * Several as one, which owns them.
   *
   * @throws IOException or a {@link RuntimeException}, if none can be begun
   */
  public static PoseWriters begin(List<Beginning> beginnings) throws IOException {
    PoseWriters writers = new PoseWriters();
    for (Beginning beginning : beginnings) {
      try {
        writers.all.add(beginning.begin());
      } catch (IOException | RuntimeException e) {
        writers.keep(e);
      } catch (Error e) {
        writers.close();
        throw e;
      }
    }
    writers.sound.addAll(writers.all);
    if (writers.all.isEmpty()) {
      writers.fail();
    }
    return writers;
  }

  /** Begins to write in one format. */
  @FunctionalInterface
  public interface Beginning {
    /** The writer, which its caller then owns. */
    PoseWriter begin() throws IOException;
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
    each(
        sound,
        writer -> {
          writer.finish();
          finished.add(writer);
        });
    fail();
  }

  /** Those of the writers that could be finished. */
  @Override
  public List<Path> written() {
    return finished.stream().flatMap(writer -> writer.written().stream()).toList();
  }

  @Override
  public void close() throws IOException {
    failure = null;
    each(new ArrayList<>(all), PoseWriter::close);
    fail();
  }

  private void fail() throws IOException {
    if (failure instanceof IOException e) {
      throw e;
    } else if (failure instanceof RuntimeException e) {
      throw e;
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
    } catch (IOException | RuntimeException e) {
      keep(e);
      return false;
    }
  }

  private void keep(Exception e) {
    if (failure == null) {
      failure = e;
    } else if (failure != e) {
      failure.addSuppressed(e);
    }
  }

  private interface Step {
    void on(PoseWriter writer) throws IOException;
  }
}
