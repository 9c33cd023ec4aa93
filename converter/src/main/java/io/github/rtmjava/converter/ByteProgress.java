package io.github.rtmjava.converter;

import io.github.rtmjava.runtime.Services;
import java.util.List;

/** Shows how many bytes a long step of a command has written. */
public interface ByteProgress extends AutoCloseable {
  /** Shows nothing. */
  ByteProgress NONE =
      new ByteProgress() {
        @Override
        public void add(long bytes) {}

        @Override
        public void close() {}
      };

  /** So many more are written. */
  void add(long bytes);

  @Override
  void close();

  /** Begins a step, by whatever shows it; where nothing does, it is silent. */
  static ByteProgress begin(String what) {
    List<Maker> makers = Services.all(Maker.class);
    return makers.isEmpty() ? NONE : makers.get(0).begin(what);
  }

  /** Shows it; found with {@link java.util.ServiceLoader}. */
  interface Maker {
    /** Begins a step, for example "writing". */
    ByteProgress begin(String what);
  }
}
