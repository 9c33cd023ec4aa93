package io.github.rtmjava.converter;

import io.github.rtmjava.checkpoint.CheckpointException;

/**
 * Bounds how much the views of a file may grow in memory: a view can repeat one element a billion
 * times, and thousands of views can overlap.
 */
final class CopyBudget {
  private static final long BASE = 16L << 20;
  private static final int FACTOR = 4;

  private final long limit;
  private long spent;

  /** For a file of that size in bytes. */
  CopyBudget(long fileSize) {
    limit = BASE + FACTOR * fileSize;
  }

  /** Called before a copy is allocated. */
  void spend(long bytes) throws CheckpointException {
    if (bytes > limit - spent) {
      throw new CheckpointException(
          "the tensors need more than %s bytes, several times what the file holds; save them with"
                  .formatted(limit)
              + " tensor.contiguous() and without expand()");
    }
    spent += bytes;
  }
}
