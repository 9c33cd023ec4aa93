package io.github.rtmjava.onednn.winograd;

import static org.bytedeco.dnnl.global.dnnl.*;

import io.github.rtmjava.onednn.natives.Resources;
import io.github.rtmjava.onednn.natives.Status;
import org.bytedeco.dnnl.dnnl_engine;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.dnnl_primitive;
import org.bytedeco.dnnl.dnnl_primitive_attr;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerPointer;

/** A oneDNN primitive and its description; threads share it, each with arguments of its own. */
final class Operation implements AutoCloseable {
  private final dnnl_primitive_desc description;
  private final dnnl_primitive primitive = new dnnl_primitive();
  private final Resources resources = new Resources();

  /** Takes over a description. */
  private Operation(dnnl_primitive_desc description) {
    this.description = resources.add(description, () -> dnnl_primitive_desc_destroy(description));
    try {
      Status.check(dnnl_primitive_create(primitive, description), "a primitive");
      resources.add(primitive, () -> dnnl_primitive_destroy(primitive));
    } catch (RuntimeException | Error e) {
      resources.closeAfter(e);
      throw e;
    }
  }

  /** oneDNN's function that describes a primitive, with everything but the attributes given. */
  private interface Describe {
    int into(dnnl_primitive_desc made, dnnl_primitive_attr attributes);
  }

  private static dnnl_primitive_desc describe(String what, Describe describe) {
    try (Resources used = new Resources()) {
      dnnl_primitive_attr attributes = new dnnl_primitive_attr();
      Status.check(dnnl_primitive_attr_create(attributes), "attributes");
      used.add(attributes, () -> dnnl_primitive_attr_destroy(attributes));
      Status.check(
          dnnl_primitive_attr_set_scratchpad_mode(attributes, dnnl_scratchpad_mode_user),
          "a scratchpad of ours");
      dnnl_primitive_desc made = new dnnl_primitive_desc();
      Status.check(describe.into(made, attributes), what);
      return made;
    }
  }

  /** {@code planes} independent products of n×C and C×K, the latter in the given layout. */
  static Operation products(
      dnnl_engine engine, int planes, int n, int channels, int filters, dnnl_memory_desc weights) {
    return new Operation(matmul(engine, planes, n, channels, filters, weights));
  }

  private static dnnl_primitive_desc matmul(
      dnnl_engine engine, int planes, int n, int channels, int filters, dnnl_memory_desc weights) {
    try (Resources used = new Resources()) {
      dnnl_memory_desc source = dense(used, planes, n, channels);
      dnnl_memory_desc destination = dense(used, planes, n, filters);
      return describe(
          "%s products of %s×%s and %s×%s".formatted(planes, n, channels, channels, filters),
          (made, attributes) ->
              dnnl_matmul_primitive_desc_create(
                  made, engine, source, weights, null, destination, attributes));
    }
  }

  /** The layout of weights that oneDNN prefers for such products. The caller destroys it. */
  static dnnl_memory_desc preferred(
      dnnl_engine engine, int planes, int n, int channels, int filters) {
    try (Resources used = new Resources()) {
      dnnl_memory_desc any = described(used, dnnl_format_tag_any, planes, channels, filters);
      dnnl_primitive_desc matmul = matmul(engine, planes, n, channels, filters, any);
      used.add(matmul, () -> dnnl_primitive_desc_destroy(matmul));
      dnnl_memory_desc copy = new dnnl_memory_desc();
      Status.check(
          dnnl_memory_desc_clone(
              copy, dnnl_primitive_desc_query_md(matmul, dnnl_query_weights_md, 0)),
          "a copy of a layout");
      return copy;
    }
  }

  /** A function of each of {@code n} floats, in place. */
  static Operation eltwise(dnnl_engine engine, Eltwise function, int n) {
    try (Resources used = new Resources()) {
      dnnl_memory_desc floats = dense(used, n);
      return new Operation(
          describe(
              function.toString(),
              (made, attributes) ->
                  dnnl_eltwise_forward_primitive_desc_create(
                      made,
                      engine,
                      dnnl_forward_inference,
                      function.algorithm(),
                      floats,
                      floats,
                      function.alpha(),
                      function.beta(),
                      attributes)));
    }
  }

  /** Floats in the order of their indices. */
  private static dnnl_memory_desc dense(Resources user, long... sizes) {
    int tag = sizes.length == 1 ? dnnl_a : dnnl_abc;
    return described(user, tag, sizes);
  }

  private static dnnl_memory_desc described(Resources user, int tag, long... sizes) {
    dnnl_memory_desc made = new dnnl_memory_desc();
    Status.check(
        dnnl_memory_desc_create_with_tag(made, sizes.length, sizes, dnnl_f32, tag),
        "a memory description");
    return user.add(made, () -> dnnl_memory_desc_destroy(made));
  }

  dnnl_primitive primitive() {
    return primitive;
  }

  /** An argument's layout, which this owns. */
  dnnl_memory_desc layout(int query) {
    return dnnl_primitive_desc_query_md(description, query, 0);
  }

  /** What this needs besides its arguments, in bytes. */
  long scratchpadBytes() {
    return dnnl_memory_desc_get_size(layout(dnnl_query_scratchpad_md));
  }

  /** oneDNN's name of the implementation chosen. */
  String implementation() {
    try (PointerPointer<BytePointer> name = new PointerPointer<>(1)) {
      Status.check(
          dnnl_primitive_desc_query(description, dnnl_query_impl_info_str, 0, name),
          "an implementation's name");
      return new BytePointer(name.get(0)).getString();
    }
  }

  @Override
  public void close() {
    resources.close();
  }
}
