package io.github.rtmjava.onednn;

import static org.bytedeco.dnnl.global.dnnl.*;

import io.github.rtmjava.compiler.PostOp;
import io.github.rtmjava.nn.Op.Activation.Function;
import io.github.rtmjava.onednn.natives.Resources;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.dnnl.dnnl_exec_arg_t;
import org.bytedeco.dnnl.dnnl_memory;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.dnnl_post_ops;
import org.bytedeco.dnnl.dnnl_primitive;
import org.bytedeco.dnnl.dnnl_primitive_attr;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.bytedeco.dnnl.dnnl_stream;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;

/**
 * Makes primitives and their arguments for one executable, which owns them. Primitives alike share
 * their code in oneDNN's cache, whoever made them first.
 */
final class PrimitiveFactory implements AutoCloseable {
  /** oneDNN's function to describe a primitive, with everything but the attributes given. */
  interface Describe {
    int into(dnnl_primitive_desc made, dnnl_primitive_attr attributes);
  }

  private final Dnnl dnnl = Dnnl.get();
  private final Resources resources = new Resources();

  /** One thread at a time runs what this makes. */
  private final dnnl_stream stream = dnnl.stream(resources);

  private long scratchpad;
  private final List<dnnl_memory> scratchpads = new ArrayList<>();

  Resources resources() {
    return resources;
  }

  dnnl_stream stream() {
    return stream;
  }

  /** Keeps a description until this is closed. */
  dnnl_memory_desc own(dnnl_memory_desc description) {
    return resources.add(description, () -> dnnl_memory_desc_destroy(description));
  }

  /** Memory of this executable. */
  dnnl_memory memory(dnnl_memory_desc description, @Nullable Pointer at) {
    dnnl_memory made = dnnl.memory(description, at);
    return resources.add(made, () -> dnnl_memory_destroy(made));
  }

  /**
   * Attributes that do {@code post} to each element.
   *
   * @param addend what an AddInput adds: the destination itself if null
   */
  dnnl_primitive_attr attributes(List<PostOp> post, @Nullable dnnl_memory_desc addend) {
    dnnl_primitive_attr made = new dnnl_primitive_attr();
    Dnnl.check(dnnl_primitive_attr_create(made), "attributes");
    resources.add(made, () -> dnnl_primitive_attr_destroy(made));
    Dnnl.check(
        dnnl_primitive_attr_set_scratchpad_mode(made, dnnl_scratchpad_mode_user), "attributes");
    dnnl_post_ops ops = new dnnl_post_ops();
    Dnnl.check(dnnl_post_ops_create(ops), "post-operations");
    try {
      for (PostOp op : post) {
        Dnnl.check(append(ops, op, addend), op.toString());
      }
      Dnnl.check(dnnl_primitive_attr_set_post_ops(made, ops), "post-operations");
    } finally {
      dnnl_post_ops_destroy(ops);
    }
    return made;
  }

  private static int append(dnnl_post_ops ops, PostOp op, @Nullable dnnl_memory_desc addend) {
    if (op instanceof PostOp.AddInput) {
      return addend == null
          ? dnnl_post_ops_append_sum(ops, 1f, 0, dnnl_data_type_undef)
          : dnnl_post_ops_append_binary(ops, dnnl_binary_add, addend);
    }
    Eltwise eltwise = Eltwise.of(op);
    return dnnl_post_ops_append_eltwise(ops, eltwise.algorithm, eltwise.alpha, eltwise.beta);
  }

  /** oneDNN's element-wise function for an operation. */
  record Eltwise(int algorithm, float alpha, float beta) {
    static Eltwise of(PostOp op) {
      if (op instanceof PostOp.Apply apply) {
        return of(apply.function());
      } else if (op instanceof PostOp.Times times) {
        return new Eltwise(dnnl_eltwise_linear, (float) times.factor(), 0);
      } else if (op instanceof PostOp.Square) {
        return new Eltwise(dnnl_eltwise_square, 0, 0);
      }
      throw new IllegalArgumentException("not element-wise: " + op);
    }

    private static Eltwise of(Function function) {
      return switch (function) {
        case SILU -> new Eltwise(dnnl_eltwise_swish, 1, 0);
        case RELU -> new Eltwise(dnnl_eltwise_relu, 0, 0);
        case SIGMOID -> new Eltwise(dnnl_eltwise_logistic, 0, 0);
        case HARD_SIGMOID -> new Eltwise(dnnl_eltwise_hardsigmoid, 1 / 6f, 0.5f);
        case EXP -> new Eltwise(dnnl_eltwise_exp, 0, 0);
        case GELU -> new Eltwise(dnnl_eltwise_gelu_erf, 0, 0);
      };
    }
  }

  /** Describes a primitive. */
  dnnl_primitive_desc describe(String what, dnnl_primitive_attr attributes, Describe describe) {
    dnnl_primitive_desc made = new dnnl_primitive_desc();
    Dnnl.check(describe.into(made, attributes), what);
    return resources.add(made, () -> dnnl_primitive_desc_destroy(made));
  }

  /** The description of one of a primitive's arguments, chosen by oneDNN; not to be destroyed. */
  static dnnl_memory_desc chosen(dnnl_primitive_desc primitive, int query) {
    dnnl_memory_desc chosen = dnnl_primitive_desc_query_md(primitive, query, 0);
    if (chosen == null) {
      throw new IllegalStateException("oneDNN has chosen nothing for query " + query);
    }
    return chosen;
  }

  /** Makes a call of a primitive with arguments by their numbers. */
  PrimitiveCall call(dnnl_primitive_desc description, Map<Integer, dnnl_memory> given) {
    Map<Integer, dnnl_memory> all = new LinkedHashMap<>(given);
    dnnl_memory_desc wanted = chosen(description, dnnl_query_scratchpad_md);
    long needed = dnnl_memory_desc_get_size(wanted);
    if (needed > 0) {
      dnnl_memory pad = memory(wanted, null);
      scratchpad = Math.max(scratchpad, needed);
      scratchpads.add(pad);
      all.put(DNNL_ARG_SCRATCHPAD, pad);
    }
    dnnl_primitive primitive = new dnnl_primitive();
    Dnnl.check(dnnl_primitive_create(primitive, description), "a primitive");
    resources.add(primitive, () -> dnnl_primitive_destroy(primitive));
    dnnl_exec_arg_t arguments = new dnnl_exec_arg_t(all.size());
    resources.add(arguments, arguments::deallocate);
    int i = 0;
    for (Map.Entry<Integer, dnnl_memory> argument : all.entrySet()) {
      arguments.getPointer(i++).arg(argument.getKey()).memory(argument.getValue());
    }
    return new PrimitiveCall(
        primitive, stream, all.size(), arguments, Dnnl.implementation(description));
  }

  /** Bytes that the largest scratchpad needs. */
  long scratchpad() {
    return scratchpad;
  }

  /** Gives all primitives made so far the same scratchpad; they run one after another. */
  void setScratchpad(Pointer at) {
    for (dnnl_memory pad : scratchpads) {
      Dnnl.check(dnnl_memory_set_data_handle(pad, at), "a scratchpad");
    }
  }

  @Override
  public void close() {
    resources.close();
  }
}
