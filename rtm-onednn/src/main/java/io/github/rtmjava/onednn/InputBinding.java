package io.github.rtmjava.onednn;

import static org.bytedeco.dnnl.global.dnnl.dnnl_memory_set_data_handle;

import io.github.rtmjava.onednn.natives.Dnnl;
import java.util.List;
import org.bytedeco.dnnl.dnnl_memory;
import org.bytedeco.javacpp.BytePointer;

/** Binds a caller's memory to the first step of an executable, which reads it. */
record InputBinding(String name, long bytes, List<InputBinding.Part> rows) {
  /** What one part reads, so many bytes from the start. */
  record Part(dnnl_memory memory, long offset) {}

  /**
   * Lets the next run read from there.
   *
   * @param start whose position this moves
   * @param offset in bytes
   */
  void set(BytePointer start, long offset) {
    for (int i = 0; i < rows.size(); i++) {
      Part part = rows.get(i);
      start.position(offset + part.offset);
      Dnnl.check(dnnl_memory_set_data_handle(part.memory, start), "an input");
    }
  }
}
