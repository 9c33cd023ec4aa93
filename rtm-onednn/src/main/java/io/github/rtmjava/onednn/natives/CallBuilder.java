package io.github.rtmjava.onednn.natives;

import static org.bytedeco.dnnl.global.dnnl.*;

import io.github.rtmjava.compiler.PostOp;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bytedeco.dnnl.dnnl_memory;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;

/**
 * Describes a primitive together with the memory of its arguments, and makes the call. Descriptions
 * that this is given belong to it.
 */
public final class CallBuilder {
  /** Memory for an argument in the order that oneDNN wants. */
  public interface Binding {
    /**
     * The memory.
     *
     * @param wanted its description, which belongs to the primitive
     * @param owner with which it is freed
     */
    dnnl_memory in(dnnl_memory_desc wanted, Resources owner);
  }

  private final PrimitiveFactory factory;
  private final PrimitiveBuilder primitive;
  private final Map<Integer, dnnl_memory> memories = new LinkedHashMap<>();
  private final Map<Integer, Binding> bindings = new LinkedHashMap<>();

  CallBuilder(PrimitiveFactory factory, String what) {
    this.factory = factory;
    primitive = new PrimitiveBuilder(factory.resources(), what);
  }

  /** The argument that most operations read. */
  public CallBuilder source(dnnl_memory_desc description, Pointer at) {
    return argument(DNNL_ARG_SRC, description, at);
  }

  /** The argument that operations write. */
  public CallBuilder destination(dnnl_memory_desc description, Pointer at) {
    return argument(DNNL_ARG_DST, description, at);
  }

  /** Weights, in an order that oneDNN may choose. */
  public CallBuilder weights(dnnl_memory_desc description, Binding packed) {
    return argument(DNNL_ARG_WEIGHTS, description, packed);
  }

  /**
   * An argument in memory of the caller.
   *
   * @param argument one of {@code DNNL_ARG_…}
   */
  public CallBuilder argument(int argument, dnnl_memory_desc description, Pointer at) {
    return bind(argument, description, at);
  }

  /**
   * An argument whose place is set before each run, by {@link #memory}.
   *
   * @param argument one of {@code DNNL_ARG_…}
   */
  public CallBuilder unplaced(int argument, dnnl_memory_desc description) {
    return bind(argument, description, null);
  }

  private CallBuilder bind(int argument, dnnl_memory_desc description, @Nullable Pointer at) {
    primitive.argument(argument, own(description));
    memories.put(argument, factory.memory(description, at));
    return this;
  }

  /**
   * An argument in memory that is found when oneDNN has chosen its order.
   *
   * @param argument one of {@code DNNL_ARG_…}
   */
  public CallBuilder argument(int argument, dnnl_memory_desc description, Binding binding) {
    primitive.argument(argument, own(description));
    bindings.put(argument, binding);
    return this;
  }

  /** What is done to each element of the result, in that order. */
  public CallBuilder post(List<PostOp> operations) {
    primitive.post(operations);
    return this;
  }

  /**
   * What an AddInput of {@link #post} adds; the destination itself where this is not called. To be
   * called after it.
   */
  public CallBuilder addend(dnnl_memory_desc description, Pointer at) {
    primitive.addend(own(description));
    memories.put(primitive.addendArgument(), factory.memory(description, at));
    return this;
  }

  private dnnl_memory_desc own(dnnl_memory_desc description) {
    return factory.resources().add(description, () -> dnnl_memory_desc_destroy(description));
  }

  /** The memory of an argument. */
  public dnnl_memory memory(int argument) {
    return Objects.requireNonNull(memories.get(argument));
  }

  /** Makes the primitive and its call. */
  public PrimitiveCall make(Operation operation) {
    Primitive made = primitive.make(operation);
    Map<Integer, dnnl_memory> arguments = new LinkedHashMap<>(memories);
    bindings.forEach(
        (argument, binding) ->
            arguments.put(argument, binding.in(made.layout(argument), factory.resources())));
    if (made.scratchpadBytes() > 0) {
      arguments.put(DNNL_ARG_SCRATCHPAD, factory.scratchpad(made));
    }
    return made.call(factory.resources(), factory.stream(), arguments);
  }
}
