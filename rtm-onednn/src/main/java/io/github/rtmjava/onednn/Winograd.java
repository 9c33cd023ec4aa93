package io.github.rtmjava.onednn;

import io.github.rtmjava.compiler.Kernel;
import io.github.rtmjava.compiler.Place;
import io.github.rtmjava.compiler.PostOp;
import io.github.rtmjava.compiler.Step;
import io.github.rtmjava.nn.Op.Activation.Function;
import io.github.rtmjava.onednn.natives.Block;
import io.github.rtmjava.onednn.natives.Resources;
import io.github.rtmjava.onednn.winograd.Eltwise;
import io.github.rtmjava.onednn.winograd.Tile;
import io.github.rtmjava.onednn.winograd.WinogradKernel;
import io.github.rtmjava.onednn.winograd.WinogradRows;
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

/** Convolutions by Winograd's minimal filtering. */
final class Winograd {
  private Winograd() {}

  static void add(Site site, Step step, Kernel.Convolution conv, Tile tile) {
    Area from = wide(site, site.area(step.inputs().get(0)), 0);
    Area target = site.area(step.output());
    Area to = wide(site, target, 1);
    Area residual =
        step.addsInput() ? site.area(step.inputs().get(step.inputs().size() - 1)) : null;
    WinogradShape wanted =
        new WinogradShape(
                tile,
                site.images(),
                to.slot().height(),
                to.slot().width(),
                conv.in(),
                conv.out(),
                from.pitch(),
                to.pitch(),
                1)
            .forThreads(site.parts());
    WinogradWeights weights = site.weights().winograd(conv.weight(), wanted);
    WinogradShape shape = wanted.inParts(weights.parts());
    WinogradKernel kernel =
        new WinogradKernel(
            Dnnl.get().engine(),
            shape,
            weights,
            site.weights().vector(Objects.requireNonNull(conv.bias())),
            activation(step.post()));
    site.primitives(0).resources().add(kernel, kernel::close);
    Moves.convert(site, step, site.area(step.inputs().get(0)), from);
    site.add(
        step,
        site.split(
            shape.blocks(),
            share -> {
              Workplace place = site.workplace(share.part());
              dnnl_stream stream = site.primitives(share.part()).stream();
              Run run = new Run(kernel, stream, share, from.floats(), to.floats(), residual);
              place.reserve(kernel.scratchBytes(), run);
              return run;
            }));
    Moves.convert(site, step, to, target);
  }

  /** The map itself, or a dense place to convert it to float32, of which there are two. */
  private static Area wide(Site site, Area area, int which) {
    if (area.type() == DType.FLOAT32) {
      return area;
    }
    Block block = site.conversions(which);
    Place place = new Place(-1, 0, area.channels(), DType.FLOAT32);
    return new Area(block, 0, place, area.slot(), area.images());
  }

  private static @Nullable Eltwise activation(List<PostOp> post) {
    if (post.contains(new PostOp.Apply(Function.SILU))) {
      return Eltwise.SILU;
    }
    return post.contains(new PostOp.Apply(Function.RELU)) ? Eltwise.RELU : null;
  }

  /** What a thread that runs a part lends to all its kernels, one after another. */
  static final class Workplace implements AutoCloseable {
    private final List<Run> users = new ArrayList<>();
    private long bytes;
    private final Resources resources = new Resources();

    void reserve(long needed, Run user) {
      bytes = Math.max(bytes, needed);
      users.add(user);
    }

    /** Gives all users their scratch. */
    void open() {
      if (users.isEmpty()) {
        return;
      }
      Block memory = resources.block(bytes);
      WinogradRows rows = new WinogradRows();
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
  static final class Run implements Task {
    private final WinogradKernel kernel;
    private final dnnl_stream stream;
    private final Site.Share blocks;
    private final FloatBuffer from;
    private final FloatBuffer to;
    private final @Nullable FloatBuffer residual;
    private final int residualPitch;
    private @Nullable WinogradScratch scratch;

    Run(
        WinogradKernel kernel,
        dnnl_stream stream,
        Site.Share blocks,
        FloatBuffer from,
        FloatBuffer to,
        @Nullable Area residual) {
      this.kernel = kernel;
      this.stream = stream;
      this.blocks = blocks;
      this.from = from;
      this.to = to;
      this.residual = residual == null ? null : residual.floats();
      this.residualPitch = residual == null ? 0 : residual.pitch();
    }

    void open(Block memory, WinogradRows rows) {
      scratch = new WinogradScratch(kernel, Dnnl.get().engine(), stream, memory.at(0), rows);
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
