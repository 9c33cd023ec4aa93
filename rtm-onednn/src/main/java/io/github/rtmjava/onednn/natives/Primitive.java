package io.github.rtmjava.onednn.natives;

import static org.bytedeco.dnnl.global.dnnl.*;

import java.util.Map;
import org.bytedeco.dnnl.dnnl_exec_arg_t;
import org.bytedeco.dnnl.dnnl_memory;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.dnnl_primitive;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.bytedeco.dnnl.dnnl_stream;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerPointer;

/**
 * A oneDNN primitive and its description. Threads may share it, each with calls of its own.
 * Primitives alike share their code in oneDNN's cache, whoever made them first.
 */
public final class Primitive {
  private final dnnl_primitive_desc description;
  private final dnnl_primitive primitive;

  private Primitive(dnnl_primitive_desc description, dnnl_primitive primitive) {
    this.description = description;
    this.primitive = primitive;
  }

  /** The primitive of a description, freed with its owner. */
  static Primitive of(Resources owner, dnnl_primitive_desc description) {
    dnnl_primitive made = new dnnl_primitive();
    Dnnl.check(dnnl_primitive_create(made, description), "a primitive");
    owner.add(made, () -> dnnl_primitive_destroy(made));
    return new Primitive(description, made);
  }

  /**
   * An argument's description, where it was left open the one that oneDNN has chosen. It belongs to
   * the primitive.
   *
   * @param argument one of {@code DNNL_ARG_…}
   */
  public dnnl_memory_desc layout(int argument) {
    return layout(description, argument);
  }

  static dnnl_memory_desc layout(dnnl_primitive_desc description, int argument) {
    dnnl_memory_desc found =
        dnnl_primitive_desc_query_md(description, dnnl_query_exec_arg_md, argument);
    if (found == null) {
      throw new IllegalStateException("oneDNN has chosen nothing for argument " + argument);
    }
    return found;
  }

  /** What a call needs besides its arguments, in bytes. */
  public long scratchpadBytes() {
    return dnnl_memory_desc_get_size(layout(DNNL_ARG_SCRATCHPAD));
  }

  /** oneDNN's name of the implementation chosen. */
  public String implementation() {
    try (PointerPointer<BytePointer> name = new PointerPointer<>(1)) {
      Dnnl.check(
          dnnl_primitive_desc_query(description, dnnl_query_impl_info_str, 0, name), "a query");
      return new BytePointer(name.get(0)).getString();
    }
  }

  /**
   * Makes a call, freed with its owner.
   *
   * @param stream of the thread that will run it
   * @param arguments by their numbers, the scratchpad among them where it has any bytes
   */
  public PrimitiveCall call(
      Resources owner, dnnl_stream stream, Map<Integer, dnnl_memory> arguments) {
    dnnl_exec_arg_t array = new dnnl_exec_arg_t(arguments.size());
    owner.add(array, array::deallocate);
    int i = 0;
    for (Map.Entry<Integer, dnnl_memory> argument : arguments.entrySet()) {
      array.getPointer(i++).arg(argument.getKey()).memory(argument.getValue());
    }
    return new PrimitiveCall(primitive, stream, arguments.size(), array, implementation());
  }
}
