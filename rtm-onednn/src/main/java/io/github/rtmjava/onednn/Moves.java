package io.github.rtmjava.onednn;

import static org.bytedeco.dnnl.global.dnnl.*;

import io.github.rtmjava.compiler.Kernel;
import io.github.rtmjava.compiler.Slot;
import io.github.rtmjava.compiler.Step;
import io.github.rtmjava.tensor.DType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bytedeco.dnnl.dnnl_memory;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.dnnl_primitive_attr;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;

/** Steps that only put elements elsewhere, as oneDNN's reorders between strided views. */
final class Moves {
  private Moves() {}

  /** A reorder, with the memory that it reads where a caller sets that. */
  record Reorder(Call call, dnnl_memory source) implements Task {
    @Override
    public void run() {
      call.run();
    }

    @Override
    public String implementation() {
      return call.implementation();
    }
  }

  /** Takes up a caller's [N, C, H, W] or rows; the caller's memory is set at each run. */
  static List<Input.Rows> load(Site site, Step step, boolean planes) {
    Slot given = step.inputs().get(0);
    Area to = site.area(step.output());
    long channel = planes ? given.pixels() : 1;
    long pixel = planes ? 1L : given.channels();
    long row = given.width() * pixel;
    List<Input.Rows> rows = new ArrayList<>();
    site.add(
        step,
        site.split(
            given.height(),
            share -> {
              dnnl_memory_desc source =
                  Dnnl.strided(
                      DType.FLOAT32,
                      new long[] {site.images(), given.channels(), share.size(), given.width()},
                      new long[] {given.elements(), channel, row, pixel});
              Reorder made =
                  reorder(
                      site.primitives(share.part()),
                      source,
                      null,
                      to.rows(share.size()),
                      to.row(share.from()));
              rows.add(new Input.Rows(made.source(), share.from() * row * Float.BYTES));
              return made;
            }));
    return rows;
  }

  /** Pixels to channels and channels to pixels. */
  static void transpose(Site site, Step step) {
    Area from = site.area(step.inputs().get(0));
    Area to = site.area(step.output());
    long pixels = from.slot().pixels();
    site.add(
        step,
        site.split(
            from.channels(),
            share -> {
              long[] dims = {site.images(), share.size(), pixels};
              return reorder(
                  site.primitives(share.part()),
                  Dnnl.strided(from.type(), dims, new long[] {from.imagePitch(), 1, from.pitch()}),
                  from.block().at(from.offsetOf(0, share.from())),
                  Dnnl.strided(to.type(), dims, new long[] {to.imagePitch(), to.pitch(), 1}),
                  to.pixel(share.from()));
            }));
  }

  /** The same elements as a map of other extents; both maps are dense. */
  static void reshape(Site site, Step step) {
    Area from = site.area(step.inputs().get(0));
    Area to = site.area(step.output());
    int elements = Math.toIntExact(site.images() * to.slot().elements());
    site.add(
        step,
        site.split(
            elements,
            share -> {
              long[] dims = {share.size()};
              long[] strides = {1};
              return reorder(
                  site.primitives(share.part()),
                  Dnnl.strided(from.type(), dims, strides),
                  from.pixel(0).getPointer(share.from() * (long) from.type().bytes()),
                  Dnnl.strided(to.type(), dims, strides),
                  to.pixel(0).getPointer(share.from() * (long) to.type().bytes()));
            }));
  }

  /** Copies the inputs that do not lie within the joined map already. */
  static void join(Site site, Step step) {
    Area to = site.area(step.output());
    int channel = 0;
    for (Slot part : step.inputs()) {
      Area from = site.area(part);
      boolean there =
          from.place().buffer() == to.place().buffer()
              && from.place().channel() == to.place().channel() + channel;
      if (!there) {
        copy(site, step, from, to, 0, channel, part.channels());
      }
      channel += part.channels();
    }
  }

  /** Copies the channels of a slice, unless it lies in the map that it is cut from. */
  static void window(Site site, Step step, Kernel.Window window) {
    Area from = site.area(step.inputs().get(0));
    Area to = site.area(step.output());
    if (from.place().buffer() != to.place().buffer()) {
      copy(site, step, from, to, window.from(), 0, to.channels());
    }
  }

  /** Copies a map to another type; nothing where both are the same memory. */
  static void convert(Site site, Step step, Area from, Area to) {
    if (!from.equals(to)) {
      copy(site, step, from, to, 0, 0, from.channels());
    }
  }

  private static void copy(
      Site site, Step step, Area from, Area to, int fromChannel, int toChannel, int channels) {
    int pixels = site.images() * from.slot().pixels();
    site.add(
        step,
        site.split(
            pixels,
            share -> {
              long[] dims = {share.size(), channels};
              return reorder(
                  site.primitives(share.part()),
                  Dnnl.strided(from.type(), dims, new long[] {from.pitch(), 1}),
                  from.block().at(from.offsetOf(share.from(), fromChannel)),
                  Dnnl.strided(to.type(), dims, new long[] {to.pitch(), 1}),
                  to.block().at(to.offsetOf(share.from(), toChannel)));
            }));
  }

  /** Every pixel to factor × factor pixels: one strided copy for each place in that square. */
  static void upsample(Site site, Step step, int factor) {
    enlarge(site, step, factor, false);
  }

  /** The factor × factor groups of channels to the pixels of that square. */
  static void pixelShuffle(Site site, Step step, int factor) {
    enlarge(site, step, factor, true);
  }

  private static void enlarge(Site site, Step step, int factor, boolean shuffle) {
    Area from = site.area(step.inputs().get(0));
    Area to = site.area(step.output());
    long width = from.slot().width();
    int spacing = shuffle ? factor * factor : 1;
    List<Task> tasks =
        site.split(
            from.slot().height(),
            share -> {
              List<Task> square = new ArrayList<>();
              for (int dy = 0; dy < factor; dy++) {
                for (int dx = 0; dx < factor; dx++) {
                  long[] dims = {site.images(), to.channels(), share.size(), width};
                  long first = ((long) share.from() * factor + dy) * to.slot().width() + dx;
                  square.add(
                      reorder(
                          site.primitives(share.part()),
                          Dnnl.strided(
                              from.type(),
                              dims,
                              new long[] {
                                from.imagePitch(), spacing, width * from.pitch(), from.pitch()
                              }),
                          from.block()
                              .at(
                                  from.offsetOf(
                                      share.from() * width, shuffle ? dy * factor + dx : 0)),
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
              return new Sequence(square);
            });
    site.add(step, tasks);
  }

  /** The four phases of each 2×2 block side by side, columns of the block first. */
  static void focus(Site site, Step step) {
    Area from = site.area(step.inputs().get(0));
    Area to = site.area(step.output());
    long width = from.slot().width();
    site.add(
        step,
        site.split(
            to.slot().height(),
            share -> {
              List<Task> phases = new ArrayList<>();
              long[] dims = {site.images(), from.channels(), share.size(), width / 2};
              for (int phase = 0; phase < 4; phase++) {
                long first = (2L * share.from() + phase % 2) * width + phase / 2;
                phases.add(
                    reorder(
                        site.primitives(share.part()),
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
                            .at(to.offsetOf(share.from() * (width / 2), phase * from.channels()))));
              }
              return new Sequence(phases);
            }));
  }

  private static Reorder reorder(
      Primitives primitives,
      dnnl_memory_desc from,
      @Nullable Pointer source,
      dnnl_memory_desc to,
      Pointer target) {
    primitives.own(from);
    primitives.own(to);
    dnnl_primitive_attr attributes = primitives.attributes(List.of(), null);
    dnnl_primitive_desc description =
        primitives.describe(
            "a reorder",
            attributes,
            (made, attr) ->
                dnnl_reorder_primitive_desc_create(
                    made, from, Dnnl.get().engine(), to, Dnnl.get().engine(), attr));
    dnnl_memory read = primitives.memory(from, source);
    Call call =
        primitives.call(
            description, Map.of(DNNL_ARG_FROM, read, DNNL_ARG_TO, primitives.memory(to, target)));
    return new Reorder(call, read);
  }
}
