package io.github.rtmjava.nn;

import io.github.rtmjava.tensor.DType;
import io.github.rtmjava.tensor.Shape;

/**
 * A result of a node, or an input, of a network.
 *
 * @param id its number: inputs first, then results in the order of the nodes
 * @param name unique within the network; the module's path in the checkpoint where there is one,
 *     for example {@code backbone.stem.0.conv}
 * @param shape NCHW for images, NHWC for pixels of bytes; the first extent is free ({@link
 *     Shape#BATCH}) unless it is a weight
 * @param type of its elements: float32, or what a caller supplies
 */
public record Value(int id, String name, Shape shape, DType type) {
  /** A float32 value. */
  public Value(int id, String name, Shape shape) {
    this(id, name, shape, DType.FLOAT32);
  }
}
