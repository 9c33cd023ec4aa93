package io.github.rtmjava.onednn.natives;

import static org.bytedeco.dnnl.global.dnnl.*;

import io.github.rtmjava.compiler.PostOp;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.dnnl_post_ops;
import org.bytedeco.dnnl.dnnl_primitive_attr;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.jspecify.annotations.Nullable;

/** Describes a primitive: its arguments, what is done to its result, and the operation. */
public final class PrimitiveBuilder {
  private final Dnnl dnnl = Dnnl.get();
  private final Resources owner;
  private final String what;
  private final Map<Integer, dnnl_memory_desc> arguments = new HashMap<>();
  private List<PostOp> post = List.of();
  private @Nullable dnnl_memory_desc addend;

  /**
   * Describes nothing yet.
   *
   * @param owner of the primitive
   * @param what it does, for messages of errors
   */
  public PrimitiveBuilder(Resources owner, String what) {
    this.owner = owner;
    this.what = what;
  }

  /**
   * Describes an argument.
   *
   * @param argument one of {@code DNNL_ARG_…}
   * @param description which the caller keeps until the primitive is made
   */
  public PrimitiveBuilder argument(int argument, dnnl_memory_desc description) {
    arguments.put(argument, description);
    return this;
  }

  /** Does something to each element of the result, in that order. */
  PrimitiveBuilder post(List<PostOp> operations) {
    post = operations;
    return this;
  }

  /** What an AddInput among them adds; the destination itself where this is not called. */
  PrimitiveBuilder addend(dnnl_memory_desc description) {
    addend = description;
    return this;
  }

  /** The number of the argument that an AddInput adds. */
  int addendArgument() {
    int operation = post.indexOf(new PostOp.AddInput());
    return (DNNL_ARG_ATTR_MULTIPLE_POST_OP_BASE * (operation + 1)) | DNNL_ARG_SRC_1;
  }

  /** Makes the primitive, freed with its owner. */
  public Primitive make(Operation operation) {
    return Primitive.of(owner, describe(owner, operation));
  }

  /**
   * The order that oneDNN chooses for an argument, freed with the owner; no primitive is made.
   *
   * @param argument one that was described as {@link Dnnl#any}
   */
  public dnnl_memory_desc preferred(Operation operation, int argument) {
    try (Resources used = new Resources()) {
      dnnl_memory_desc copy = Dnnl.copy(Primitive.layout(describe(used, operation), argument));
      return owner.add(copy, () -> dnnl_memory_desc_destroy(copy));
    }
  }

  private dnnl_primitive_desc describe(Resources keeper, Operation operation) {
    try (Resources used = new Resources()) {
      dnnl_primitive_desc made = new dnnl_primitive_desc();
      Dnnl.check(operation.describe(made, dnnl.engine(), arguments::get, attributes(used)), what);
      return keeper.add(made, () -> dnnl_primitive_desc_destroy(made));
    }
  }

  private dnnl_primitive_attr attributes(Resources user) {
    dnnl_primitive_attr made = new dnnl_primitive_attr();
    Dnnl.check(dnnl_primitive_attr_create(made), "attributes");
    user.add(made, () -> dnnl_primitive_attr_destroy(made));
    Dnnl.check(
        dnnl_primitive_attr_set_scratchpad_mode(made, dnnl_scratchpad_mode_user), "attributes");
    if (!post.isEmpty()) {
      dnnl_post_ops operations = new dnnl_post_ops();
      Dnnl.check(dnnl_post_ops_create(operations), "post-operations");
      user.add(operations, () -> dnnl_post_ops_destroy(operations));
      for (PostOp op : post) {
        Dnnl.check(append(operations, op), op.toString());
      }
      Dnnl.check(dnnl_primitive_attr_set_post_ops(made, operations), "post-operations");
    }
    return made;
  }

  private int append(dnnl_post_ops operations, PostOp op) {
    if (op instanceof PostOp.AddInput) {
      return addend == null
          ? dnnl_post_ops_append_sum(operations, 1f, 0, dnnl_data_type_undef)
          : dnnl_post_ops_append_binary(operations, dnnl_binary_add, addend);
    }
    Eltwise eltwise = Eltwise.of(op);
    return dnnl_post_ops_append_eltwise(
        operations, eltwise.algorithm(), eltwise.alpha(), eltwise.beta());
  }
}
