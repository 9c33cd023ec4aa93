package io.github.rtmjava.output.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.geometry.Frame3d;
import io.github.rtmjava.pose.KeypointSet;
import io.github.rtmjava.pose.PoseFrame;
import io.github.rtmjava.pose.PoseResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PoseWritersTest {
  /** When a writer fails. */
  enum At {
    BEGIN,
    WRITE,
    FINISH,
    CLOSE
  }

  /** Fails at one point, with an exception of one kind. */
  private static final class Failing implements PoseWriter {
    private final At at;
    private final Exception failure;
    private final String name;
    private final List<String> log;

    Failing(At at, Exception failure, String name, List<String> log) throws IOException {
      this.at = at;
      this.failure = failure;
      this.name = name;
      this.log = log;
      reach(At.BEGIN);
    }

    private void reach(At point) throws IOException {
      if (point == at && failure instanceof IOException e) {
        throw e;
      } else if (point == at && failure instanceof RuntimeException e) {
        throw e;
      }
      log.add(name + " " + point);
    }

    @Override
    public void write(PoseFrame frame) throws IOException {
      reach(At.WRITE);
    }

    @Override
    public void finish() throws IOException {
      reach(At.FINISH);
    }

    @Override
    public List<Path> written() {
      return List.of(Path.of(name));
    }

    @Override
    public void close() throws IOException {
      reach(At.CLOSE);
    }
  }

  @ParameterizedTest
  @EnumSource(At.class)
  void whatFailsTakesNoOtherWithIt(At at) throws IOException {
    for (Exception failure : List.of(new IOException("full"), new IllegalStateException("odd"))) {
      List<String> log = new ArrayList<>();
      PoseWriters writers =
          PoseWriters.begin(
              List.of(
                  () -> new Failing(at, failure, "bad", log),
                  () -> new Failing(at, new Exception(), "good", log)));
      writers.write(frame());
      if (at == At.CLOSE) {
        writers.finish();
        assertSame(failure, assertThrows(failure.getClass(), writers::close));
      } else {
        assertSame(failure, assertThrows(failure.getClass(), writers::finish));
        assertEquals(List.of(Path.of("good")), writers.written());
        writers.close();
      }
      for (At point : At.values()) {
        assertTrue(log.contains("good " + point), log.toString());
      }
      assertEquals(at != At.BEGIN, log.contains("bad CLOSE") || at == At.CLOSE, log.toString());
    }
  }

  @Test
  void whereNoneIsLeftItEnds() throws IOException {
    List<String> log = new ArrayList<>();
    IOException full = new IOException("full");
    assertThrows(
        IOException.class,
        () -> PoseWriters.begin(List.of(() -> new Failing(At.BEGIN, full, "bad", log))));
    PoseWriters writers = PoseWriters.begin(List.of(() -> new Failing(At.WRITE, full, "bad", log)));
    assertSame(full, assertThrows(IOException.class, () -> writers.write(frame())));
    writers.close();
    assertFalse(log.contains("bad FINISH"));
  }

  private static PoseFrame frame() {
    return new PoseFrame(
        0, 0, new PoseResult(4, 4, "m", Frame3d.CAMERA, KeypointSet.of("coco", 17), List.of()));
  }
}
