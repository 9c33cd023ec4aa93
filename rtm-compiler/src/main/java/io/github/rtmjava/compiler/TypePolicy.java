package io.github.rtmjava.compiler;

/**
 * What stays float32 in a network that is computed in a narrower type: a backend's own choice,
 * beside what is float32 for every backend (what the network is given, and what its last layers
 * read and write).
 */
public interface TypePolicy {
  /** Whether a step's inputs are float32. */
  boolean readsFloat32(Step step);

  /** Whether a step's result is float32. */
  boolean makesFloat32(Step step);

  /**
   * Processors': all that is done on rows of features stays float32, and so does what is one pixel.
   * It is little work, and loses digits.
   */
  TypePolicy ROWS_IN_FLOAT32 = new RowsInFloat32();

  /** Nothing but what every backend has in float32. */
  TypePolicy NOTHING_IN_FLOAT32 =
      new TypePolicy() {
        @Override
        public boolean readsFloat32(Step step) {
          return false;
        }

        @Override
        public boolean makesFloat32(Step step) {
          return false;
        }
      };
}
