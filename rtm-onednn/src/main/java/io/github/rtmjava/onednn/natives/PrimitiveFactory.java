package io.github.rtmjava.onednn.natives;

import static org.bytedeco.dnnl.global.dnnl.*;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.dnnl_memory;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.dnnl_stream;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;

/**
 * Makes the primitives, with their arguments, that one thread at a time runs one after another, and
 * owns them. They share a scratchpad.
 */
public final class PrimitiveFactory implements AutoCloseable {
  private final Dnnl dnnl = Dnnl.get();
  private final Resources resources = new Resources();
  private final dnnl_stream stream = dnnl.stream(resources);
  private long scratchpad;
  private final List<dnnl_memory> scratchpads = new ArrayList<>();

  /** What is freed with this. */
  public Resources resources() {
    return resources;
  }

  /** The stream of the thread that runs what this makes. */
  public dnnl_stream stream() {
    return stream;
  }

  /**
   * Begins a call.
   *
   * @param what it does, for messages of errors
   */
  public CallBuilder call(String what) {
    return new CallBuilder(this, what);
  }

  /**
   * Memory as a primitive takes it.
   *
   * @param at where it is; null where that is set later
   */
  public dnnl_memory memory(dnnl_memory_desc description, @Nullable Pointer at) {
    return dnnl.memory(resources, description, at);
  }

  /** Memory for a primitive's scratchpad; where it is, {@link #setScratchpad} says. */
  dnnl_memory scratchpad(Primitive primitive) {
    dnnl_memory pad = memory(primitive.layout(DNNL_ARG_SCRATCHPAD), null);
    scratchpad = Math.max(scratchpad, primitive.scratchpadBytes());
    scratchpads.add(pad);
    return pad;
  }

  /** Bytes that the largest scratchpad needs. */
  public long scratchpad() {
    return scratchpad;
  }

  /** Gives all primitives made so far the same scratchpad. */
  public void setScratchpad(Pointer at) {
    for (dnnl_memory pad : scratchpads) {
      Dnnl.check(dnnl_memory_set_data_handle(pad, at), "a scratchpad");
    }
  }

  /** Runs calls that this has made, on a scratchpad of their own. */
  public void run(PrimitiveCall... calls) {
    try (NativeMemory pad = new NativeMemory(scratchpad)) {
      setScratchpad(pad.at(0));
      for (PrimitiveCall call : calls) {
        call.run();
      }
    }
  }

  @Override
  public void close() {
    resources.close();
  }
}
