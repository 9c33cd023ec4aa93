package io.github.rtmjava.onednn;

import io.github.rtmjava.onednn.natives.KernelTask;
import java.nio.FloatBuffer;

/**
 * A loop in Java over pixels in float32: each row of channels is copied into an array, where the
 * compiler vectorises, and written back. For what is small and oneDNN does slowly or not at all.
 */
final class PixelLoop implements KernelTask {
  /** What is done to the channels of one pixel. */
  interface Body {
    void apply(float[] row, float[] operand);
  }

  private final String name;
  private final TensorView from;
  private final FloatBuffer source;
  private final FloatBuffer operands;
  private final int operandPitch;
  private final int operandPixels;
  private final boolean shared;
  private final FloatBuffer target;
  private final int targetPitch;
  private final int first;
  private final int end;
  private final float[] row;
  private final float[] operand;
  private final Body body;

  /**
   * @param operand a second map of as many pixels or one, for each image or for all; the first
   *     again where there is none
   */
  PixelLoop(
      String name,
      TensorView from,
      TensorView operand,
      TensorView to,
      int first,
      int end,
      Body body) {
    this.name = name;
    this.from = from;
    this.source = from.floats();
    this.operands = operand.floats();
    this.operandPitch = operand.pitch();
    this.operandPixels = operand.slot().pixels();
    this.shared = operand.images() == 1;
    this.target = to.floats();
    this.targetPitch = to.pitch();
    this.first = first;
    this.end = end;
    this.row = new float[to.channels()];
    this.operand = new float[to.channels()];
    this.body = body;
  }

  @Override
  public void run() {
    int pixels = from.slot().pixels();
    for (int pixel = first; pixel < end; pixel++) {
      int second =
          (shared ? 0 : pixel / pixels * operandPixels) + (operandPixels == 1 ? 0 : pixel % pixels);
      source.get(pixel * from.pitch(), row);
      operands.get(second * operandPitch, operand);
      body.apply(row, operand);
      target.put(pixel * targetPitch, row);
    }
  }

  @Override
  public String implementation() {
    return "java:" + name;
  }
}
