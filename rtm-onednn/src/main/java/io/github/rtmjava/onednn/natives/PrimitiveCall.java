package io.github.rtmjava.onednn.natives;

import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_execute;

import org.bytedeco.dnnl.dnnl_exec_arg_t;
import org.bytedeco.dnnl.dnnl_primitive;
import org.bytedeco.dnnl.dnnl_stream;

/** One primitive with its arguments, made beforehand. */
public record PrimitiveCall(
    dnnl_primitive primitive,
    dnnl_stream stream,
    int count,
    dnnl_exec_arg_t arguments,
    String implementation)
    implements KernelTask {
  @Override
  public void run() {
    Dnnl.check(dnnl_primitive_execute(primitive, stream, count, arguments), implementation);
  }
}
