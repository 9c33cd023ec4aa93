package io.github.rtmjava.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_FROM;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_TO;

import io.github.rtmjava.compiler.Kernel;
import io.github.rtmjava.compiler.Slot;
import io.github.rtmjava.compiler.Step;
import io.github.rtmjava.onednn.natives.CallBuilder;
import io.github.rtmjava.onednn.natives.Dnnl;
import io.github.rtmjava.onednn.natives.KernelTask;
import io.github.rtmjava.onednn.natives.Operation;
import io.github.rtmjava.onednn.natives.PrimitiveCall;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.javacpp.Pointer;

/** Emits steps that only put elements elsewhere, as oneDNN's reorders between strided views. */
final class ReorderEmitter {
  private ReorderEmitter() {}

  /** Takes up a caller's planes, pixels or rows; the caller's memory is set at each run. */
  static List<InputBinding.Part> load(EmitContext context, Step step, Kernel.Load load) {
    Slot given = step.inputs().get(0);
    TensorView to = context.view(step.output());
    long channel = load.planes() ? given.pixels() : 1;
    long pixel = load.planes() ? 1L : given.channels();
    long row = given.width() * pixel;
    List<InputBinding.Part> rows = new ArrayList<>();
    context.add(
        step,
        context.partition(
            given.height(),
            part -> {
              dnnl_memory_desc source =
                  Dnnl.strided(
                      load.type(),
                      new long[] {context.images(), given.channels(), part.size(), given.width()},
                      new long[] {given.elements(), channel, row, pixel});
              CallBuilder call =
                  context
                      .call(part, "the input " + given.name())
                      .unplaced(DNNL_ARG_FROM, source)
                      .argument(DNNL_ARG_TO, to.rows(part.size()), to.row(part.from()));
              rows.add(
                  new InputBinding.Part(
                      call.memory(DNNL_ARG_FROM), part.from() * row * load.type().bytes()));
              return call.make(Operation.reorder());
            }));
    return rows;
  }

  /** Pixels to channels and channels to pixels. */
  static void transpose(EmitContext context, Step step) {
    TensorView from = context.view(step.inputs().get(0));
    TensorView to = context.view(step.output());
    long pixels = from.slot().pixels();
    context.add(
        step,
        context.partition(
            from.channels(),
            part -> {
              long[] dims = {context.images(), part.size(), pixels};
              return reorder(
                  context.call(part, "the reorder " + step.name()),
                  Dnnl.strided(from.type(), dims, new long[] {from.imagePitch(), 1, from.pitch()}),
                  from.block().at(from.offsetOf(0, part.from())),
                  Dnnl.strided(to.type(), dims, new long[] {to.imagePitch(), to.pitch(), 1}),
                  to.pixel(part.from()));
            }));
  }

  /** The same elements as a map of other extents; both maps are dense. */
  static void reshape(EmitContext context, Step step) {
    TensorView from = context.view(step.inputs().get(0));
    TensorView to = context.view(step.output());
    int elements = Math.toIntExact(context.images() * to.slot().elements());
    context.add(
        step,
        context.partition(
            elements,
            part -> {
              long[] dims = {part.size()};
              long[] strides = {1};
              return reorder(
                  context.call(part, "the reorder " + step.name()),
                  Dnnl.strided(from.type(), dims, strides),
                  from.pixel(0).getPointer(part.from() * (long) from.type().bytes()),
                  Dnnl.strided(to.type(), dims, strides),
                  to.pixel(0).getPointer(part.from() * (long) to.type().bytes()));
            }));
  }

  /** Copies the inputs that do not lie within the joined map already. */
  static void join(EmitContext context, Step step) {
    TensorView to = context.view(step.output());
    int channel = 0;
    for (Slot part : step.inputs()) {
      TensorView from = context.view(part);
      boolean there =
          from.placement().buffer() == to.placement().buffer()
              && from.placement().channel() == to.placement().channel() + channel;
      if (!there) {
        copy(context, step, from, to, 0, channel, part.channels());
      }
      channel += part.channels();
    }
  }

  /** Copies the channels of a slice, unless it lies in the map that it is cut from. */
  static void window(EmitContext context, Step step, Kernel.Window window) {
    TensorView from = context.view(step.inputs().get(0));
    TensorView to = context.view(step.output());
    if (from.placement().buffer() != to.placement().buffer()) {
      copy(context, step, from, to, window.from(), 0, to.channels());
    }
  }

  /** Copies a map to another type; nothing where both are the same memory. */
  static void convert(EmitContext context, Step step, TensorView from, TensorView to) {
    if (!from.equals(to)) {
      copy(context, step, from, to, 0, 0, from.channels());
    }
  }

  private static void copy(
      EmitContext context,
      Step step,
      TensorView from,
      TensorView to,
      int fromChannel,
      int toChannel,
      int channels) {
    int pixels = context.images() * from.slot().pixels();
    context.add(
        step,
        context.partition(
            pixels,
            part -> {
              long[] dims = {part.size(), channels};
              return reorder(
                  context.call(part, "the reorder " + step.name()),
                  Dnnl.strided(from.type(), dims, new long[] {from.pitch(), 1}),
                  from.block().at(from.offsetOf(part.from(), fromChannel)),
                  Dnnl.strided(to.type(), dims, new long[] {to.pitch(), 1}),
                  to.block().at(to.offsetOf(part.from(), toChannel)));
            }));
  }

  /** Every pixel to factor × factor pixels: one strided copy for each place in that square. */
  static void upsample(EmitContext context, Step step, int factor) {
    enlarge(context, step, factor, false);
  }

  /** The factor × factor groups of channels to the pixels of that square. */
  static void pixelShuffle(EmitContext context, Step step, int factor) {
    enlarge(context, step, factor, true);
  }

  private static void enlarge(EmitContext context, Step step, int factor, boolean shuffle) {
    TensorView from = context.view(step.inputs().get(0));
    TensorView to = context.view(step.output());
    long width = from.slot().width();
    int spacing = shuffle ? factor * factor : 1;
    List<KernelTask> tasks =
        context.partition(
            from.slot().height(),
            part -> {
              List<KernelTask> square = new ArrayList<>();
              for (int dy = 0; dy < factor; dy++) {
                for (int dx = 0; dx < factor; dx++) {
                  long[] dims = {context.images(), to.channels(), part.size(), width};
                  long first = ((long) part.from() * factor + dy) * to.slot().width() + dx;
                  square.add(
                      reorder(
                          context.call(part, "the reorder " + step.name()),
                          Dnnl.strided(
                              from.type(),
                              dims,
                              new long[] {
                                from.imagePitch(), spacing, width * from.pitch(), from.pitch()
                              }),
                          from.block()
                              .at(
                                  from.offsetOf(
                                      part.from() * width, shuffle ? dy * factor + dx : 0)),
                          Dnnl.strided(
                              to.type(),
                              dims,
                              new long[] {
                                to.imagePitch(),
                                1,
                                (long) to.slot().width() * factor * to.pitch(),
                                (long) factor * to.pitch()
                              }),
                          to.pixel(first)));
                }
              }
              return new SequentialTasks(square);
            });
    context.add(step, tasks);
  }

  /** The four phases of each 2×2 block side by side, columns of the block first. */
  static void focus(EmitContext context, Step step) {
    TensorView from = context.view(step.inputs().get(0));
    TensorView to = context.view(step.output());
    long width = from.slot().width();
    context.add(
        step,
        context.partition(
            to.slot().height(),
            part -> {
              List<KernelTask> phases = new ArrayList<>();
              long[] dims = {context.images(), from.channels(), part.size(), width / 2};
              for (int phase = 0; phase < 4; phase++) {
                long first = (2L * part.from() + phase % 2) * width + phase / 2;
                phases.add(
                    reorder(
                        context.call(part, "the reorder " + step.name()),
                        Dnnl.strided(
                            from.type(),
                            dims,
                            new long[] {
                              from.imagePitch(), 1, 2 * width * from.pitch(), 2L * from.pitch()
                            }),
                        from.pixel(first),
                        Dnnl.strided(
                            to.type(),
                            dims,
                            new long[] {to.imagePitch(), 1, width / 2 * to.pitch(), to.pitch()}),
                        to.block()
                            .at(to.offsetOf(part.from() * (width / 2), phase * from.channels()))));
              }
              return new SequentialTasks(phases);
            }));
  }

  private static PrimitiveCall reorder(
      CallBuilder call,
      dnnl_memory_desc from,
      Pointer source,
      dnnl_memory_desc to,
      Pointer target) {
    return call.argument(DNNL_ARG_FROM, from, source)
        .argument(DNNL_ARG_TO, to, target)
        .make(Operation.reorder());
  }
}
