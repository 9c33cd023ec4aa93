package io.github.rtmjava.onednn;

import io.github.rtmjava.tensor.Tensor;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Objects;
import org.bytedeco.javacpp.BytePointer;
import org.jspecify.annotations.Nullable;

/** One of a session's inputs in memory that native code can read: the caller's own or a copy. */
final class InputBuffer {
  private final String name;

  /** The tensor of the last run, which this keeps from being collected. */
  private @Nullable Tensor tensor;

  /** A copy of tensors that lie on the heap. */
  private @Nullable ByteBuffer copy;

  private @Nullable BytePointer start;
  private long bytesPerImage;

  InputBuffer(String name) {
    this.name = name;
  }

  String name() {
    return name;
  }

  /** Takes up the input of a run. */
  void take(Map<String, Tensor> inputs) {
    Tensor given = Objects.requireNonNull(inputs.get(name));
    if (given == tensor) {
      return;
    }
    ByteBuffer bytes = given.bytes();
    bytesPerImage = bytes.remaining() / given.shape().dim(0);
    if (bytes.isDirect()) {
      tensor = given;
      start = new BytePointer(bytes);
      return;
    }
    // Of a tensor on the heap only the copy may be the same as before.
    tensor = null;
    ByteBuffer into = copy;
    if (into == null || into.capacity() < bytes.remaining()) {
      into = ByteBuffer.allocateDirect(bytes.remaining());
      copy = into;
    }
    into.put(0, bytes, 0, bytes.remaining());
    start = new BytePointer(into);
  }

  /** Binds an executable's input to this, from an image on. */
  void bind(InputBinding input, int image) {
    input.set(Objects.requireNonNull(start), image * bytesPerImage);
  }
}
