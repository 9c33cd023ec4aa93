package io.github.rtmjava.onednn;

import io.github.rtmjava.compiler.Kernel;
import io.github.rtmjava.compiler.Placement;
import io.github.rtmjava.compiler.PostOp;
import io.github.rtmjava.compiler.Step;
import io.github.rtmjava.nn.Op.Activation.Function;
import io.github.rtmjava.onednn.natives.Eltwise;
import io.github.rtmjava.onednn.natives.KernelTask;
import io.github.rtmjava.onednn.natives.NativeMemory;
import io.github.rtmjava.onednn.natives.Resources;
import io.github.rtmjava.onednn.winograd.Tile;
import io.github.rtmjava.onednn.winograd.TransformBuffers;
import io.github.rtmjava.onednn.winograd.WinogradKernel;
import io.github.rtmjava.onednn.winograd.WinogradScratch;
import io.github.rtmjava.onednn.winograd.WinogradShape;
import io.github.rtmjava.onednn.winograd.WinogradWeights;
import io.github.rtmjava.tensor.DType;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.bytedeco.dnnl.dnnl_stream;
import org.jspecify.annotations.Nullable;

/** Emits convolutions by Winograd's minimal filtering. */
final class WinogradEmitter {
  private WinogradEmitter() {}

  static void add(EmitContext context, Step step, Kernel.Convolution conv, Tile tile) {
    TensorView from = wide(context, context.view(step.inputs().get(0)), 0);
    TensorView target = context.view(step.output());
    TensorView to = wide(context, target, 1);
    TensorView residual =
        step.addsInput() ? context.view(step.inputs().get(step.inputs().size() - 1)) : null;
    WinogradShape wanted =
        new WinogradShape(
                tile,
                context.images(),
                to.slot().height(),
                to.slot().width(),
                conv.in(),
                conv.out(),
                from.pitch(),
                to.pitch(),
                1)
            .forThreads(context.parts());
    WinogradWeights weights = context.weights().winograd(conv.weight(), wanted);
    WinogradShape shape = wanted.inParts(weights.parts());
    WinogradKernel kernel =
        new WinogradKernel(
            shape,
            weights,
            context.weights().vector(Objects.requireNonNull(conv.bias())),
            activation(step.post()));
    context.primitives(0).resources().add(kernel, kernel::close);
    ReorderEmitter.convert(context, step, context.view(step.inputs().get(0)), from);
    context.add(
        step,
        context.partition(
            shape.blocks(),
            partition -> {
              SharedScratch placement = context.sharedScratch(partition.index());
              dnnl_stream stream = context.primitives(partition.index()).stream();
              WinogradTask run =
                  new WinogradTask(kernel, stream, partition, from.floats(), to.floats(), residual);
              placement.reserve(kernel.scratchBytes(), run);
              return run;
            }));
    ReorderEmitter.convert(context, step, to, target);
  }

  /** The map itself, or a dense place to convert it to float32, of which there are two. */
  private static TensorView wide(EmitContext context, TensorView view, int which) {
    if (view.type() == DType.FLOAT32) {
      return view;
    }
    NativeMemory block = context.conversions(which);
    Placement placement = new Placement(-1, 0, view.channels(), DType.FLOAT32);
    return new TensorView(block, 0, placement, view.slot(), view.images());
  }

  private static @Nullable Eltwise activation(List<PostOp> post) {
    if (post.contains(new PostOp.Apply(Function.SILU))) {
      return Eltwise.SILU;
    }
    return post.contains(new PostOp.Apply(Function.RELU)) ? Eltwise.RELU : null;
  }

  /** The scratch memory that all Winograd kernels of a part use, one after another. */
  static final class SharedScratch implements AutoCloseable {
    private final List<WinogradTask> users = new ArrayList<>();
    private long bytes;
    private final Resources resources = new Resources();

    void reserve(long needed, WinogradTask user) {
      bytes = Math.max(bytes, needed);
      users.add(user);
    }

    /** Gives all users their scratch. */
    void open() {
      if (users.isEmpty()) {
        return;
      }
      NativeMemory memory = resources.block(bytes);
      TransformBuffers rows = new TransformBuffers();
      users.forEach(
          user -> {
            resources.add(user, user::close);
            user.open(memory, rows);
          });
    }

    long bytes() {
      return bytes;
    }

    @Override
    public void close() {
      resources.close();
    }
  }

  /** Some blocks of one convolution. */
  static final class WinogradTask implements KernelTask {
    private final WinogradKernel kernel;
    private final dnnl_stream stream;
    private final EmitContext.Partition blocks;
    private final FloatBuffer from;
    private final FloatBuffer to;
    private final @Nullable FloatBuffer residual;
    private final int residualPitch;
    private @Nullable WinogradScratch scratch;

    WinogradTask(
        WinogradKernel kernel,
        dnnl_stream stream,
        EmitContext.Partition blocks,
        FloatBuffer from,
        FloatBuffer to,
        @Nullable TensorView residual) {
      this.kernel = kernel;
      this.stream = stream;
      this.blocks = blocks;
      this.from = from;
      this.to = to;
      this.residual = residual == null ? null : residual.floats();
      this.residualPitch = residual == null ? 0 : residual.pitch();
    }

    void open(NativeMemory memory, TransformBuffers rows) {
      scratch = new WinogradScratch(kernel, stream, memory.at(0), rows);
    }

    void close() {
      if (scratch != null) {
        scratch.close();
      }
    }

    @Override
    public void run() {
      kernel.run(
          Objects.requireNonNull(scratch),
          from,
          to,
          residual,
          residualPitch,
          blocks.from(),
          blocks.to());
    }

    @Override
    public String implementation() {
      Tile tile = kernel.shape().tile();
      return "java:winograd-%sx%s-of-%s+%s"
          .formatted(tile.outputs(), tile.outputs(), tile.taps(), kernel.implementation());
    }
  }
}
