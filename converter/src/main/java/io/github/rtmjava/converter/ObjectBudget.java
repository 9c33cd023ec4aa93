package io.github.rtmjava.converter;

import io.github.rtmjava.checkpoint.CheckpointException;

/**
 * Bounds what a pickle's objects take of the heap: one byte of a file can make an object of a
 * hundred, and a few bytes can put long texts together again and again.
 */
final class ObjectBudget {
  /** Of the heap, since what is made of the objects takes as much again, and the weights more. */
  private static final int SHARE = 6;

  private final long limit = Runtime.getRuntime().maxMemory() / SHARE;
  private long spent;

  /** Called before or right after something of about that size is made. */
  void spend(long bytes) throws CheckpointException {
    spent += bytes;
    if (spent > limit) {
      throw new CheckpointException(
          ("the objects beside the weights need more than %s MB of memory; save the state dict"
                  + " alone, or give java a larger -Xmx")
              .formatted(limit >> 20));
    }
  }
}
