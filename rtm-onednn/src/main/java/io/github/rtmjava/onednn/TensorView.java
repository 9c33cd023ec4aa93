package io.github.rtmjava.onednn;

import io.github.rtmjava.compiler.Placement;
import io.github.rtmjava.compiler.Slot;
import io.github.rtmjava.onednn.natives.Dnnl;
import io.github.rtmjava.onednn.natives.NativeMemory;
import io.github.rtmjava.tensor.DType;
import java.nio.FloatBuffer;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.javacpp.Pointer;

/**
 * A value of a program as a strided view of the memory of one executable.
 *
 * @param offset of the buffer within the block, in bytes
 */
record TensorView(NativeMemory block, long offset, Placement placement, Slot slot, int images) {
  DType type() {
    return placement.type();
  }

  int pitch() {
    return placement.pitch();
  }

  int channels() {
    return slot.channels();
  }

  /** Whether its pixels follow each other without other channels between them. */
  boolean dense() {
    return placement.pitch() == slot.channels();
  }

  /** Elements from one image to the next. */
  long imagePitch() {
    return (long) slot.pixels() * placement.pitch();
  }

  /** Offset of a pixel of the batch's first image within the block, in bytes. */
  long offsetOf(long pixel, int channel) {
    return offset + (pixel * placement.pitch() + placement.channel() + channel) * type().bytes();
  }

  /** The address of the first channel of a row. */
  Pointer row(int row) {
    return block.at(offsetOf((long) row * slot.width(), 0));
  }

  Pointer pixel(long pixel) {
    return block.at(offsetOf(pixel, 0));
  }

  /** Some rows of every image, as [N, C, rows, W] with channels last. */
  dnnl_memory_desc rows(int rows) {
    return Dnnl.map(
        type(), images, slot.channels(), rows, slot.width(), placement.pitch(), imagePitch());
  }

  /** Some pixels, as a matrix [pixels, C]. */
  dnnl_memory_desc matrix(long pixels) {
    return Dnnl.strided(
        type(), new long[] {pixels, slot.channels()}, new long[] {placement.pitch(), 1});
  }

  /** The elements from the first pixel's first channel to the end of the batch. */
  FloatBuffer floats() {
    long elements = images * imagePitch() - placement.channel();
    return block.view(offsetOf(0, 0), elements * Float.BYTES).asFloatBuffer();
  }
}
