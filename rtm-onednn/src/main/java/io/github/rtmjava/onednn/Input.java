package io.github.rtmjava.onednn;

import static org.bytedeco.dnnl.global.dnnl.dnnl_memory_set_data_handle;

import java.util.List;
import org.bytedeco.dnnl.dnnl_memory;
import org.bytedeco.javacpp.Pointer;

/** A caller's memory as the first step reads it. */
record Input(String name, long bytes, List<Input.Rows> rows) {
  /** What one part reads, so many bytes from the start. */
  record Rows(dnnl_memory memory, long offset) {}

  /** Lets the next run read from there. */
  void set(Pointer start) {
    for (Rows part : rows) {
      Dnnl.check(
          dnnl_memory_set_data_handle(part.memory, start.getPointer(part.offset)), "an input");
    }
  }
}
