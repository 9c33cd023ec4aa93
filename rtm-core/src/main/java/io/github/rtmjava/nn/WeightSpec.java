package io.github.rtmjava.nn;

import io.github.rtmjava.tensor.Shape;

/**
 * A weight that an operation needs.
 *
 * @param key its name in the checkpoint
 * @param shape its shape as PyTorch stores it
 */
public record WeightSpec(String key, Shape shape) {}
