package io.github.rtmjava.compiler;

import io.github.rtmjava.tensor.DType;

/**
 * Where a value lies in memory.
 *
 * @param buffer index among the plan's buffers
 * @param channel first channel within the buffer
 * @param pitch elements from one pixel to the next: the buffer's channels
 * @param type of the elements
 */
public record Placement(int buffer, int channel, int pitch, DType type) {}
