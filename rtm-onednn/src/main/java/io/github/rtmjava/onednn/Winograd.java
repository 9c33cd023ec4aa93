package io.github.rtmjava.onednn;

import io.github.rtmjava.compiler.Kernel;
import io.github.rtmjava.compiler.PostOp;
import io.github.rtmjava.compiler.Step;
import io.github.rtmjava.nn.Op.Activation.Function;
import io.github.rtmjava.onednn.winograd.Eltwise;
import io.github.rtmjava.onednn.winograd.Tile;
import io.github.rtmjava.onednn.winograd.WinogradKernel;
import io.github.rtmjava.onednn.winograd.WinogradRows;
import io.github.rtmjava.onednn.winograd.WinogradScratch;
import io.github.rtmjava.onednn.winograd.WinogradShape;
import io.github.rtmjava.onednn.winograd.WinogradWeights;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Convolutions by Winograd's minimal filtering. */
final class Winograd {
  private Winograd() {}

  static void add(Site site, Step step, Kernel.Convolution conv, Tile tile) {
    Area from = site.area(step.inputs().get(0));
    Area to = site.area(step.output());
    Area residual =
        step.addsInput() ? site.area(step.inputs().get(step.inputs().size() - 1)) : null;
    WinogradShape shape = shape(site, conv, tile, from, to);
    WinogradWeights weights = site.weights().winograd(conv.weight(), shape);
    Dnnl dnnl = Dnnl.get();
    WinogradKernel kernel =
        new WinogradKernel(
            dnnl.engine(),
            shape,
            weights,
            site.weights().vector(Objects.requireNonNull(conv.bias())),
            activation(step.post()));
    site.primitives(0).resources().add(kernel, kernel::close);
    site.add(
        step,
        site.split(
            shape.blocks(),
            share -> {
              Workplace place = site.workplace(share.part());
              Run run = new Run(kernel, share, from.floats(), to.floats(), residual);
              place.reserve(kernel.scratchBytes(), run);
              return run;
            }));
  }

  private static WinogradShape shape(
      Site site, Kernel.Convolution conv, Tile tile, Area from, Area to) {
    WinogradShape whole =
        new WinogradShape(
            tile,
            site.images(),
            to.slot().height(),
            to.slot().width(),
            conv.in(),
            conv.out(),
            from.pitch(),
            to.pitch(),
            1);
    return new WinogradShape(
        tile,
        site.images(),
        to.slot().height(),
        to.slot().width(),
        conv.in(),
        conv.out(),
        from.pitch(),
        to.pitch(),
        Blocks.tiles(whole.tiles(), tile.products(), conv.in(), conv.out(), site.parts()));
  }

  private static @Nullable Eltwise activation(List<PostOp> post) {
    if (post.contains(new PostOp.Apply(Function.SILU))) {
      return Eltwise.SILU;
    }
    return post.contains(new PostOp.Apply(Function.RELU)) ? Eltwise.RELU : null;
  }

  /** How many tiles go through all steps at once. */
  static final class Blocks {
    /** Transformed inputs and products of one block stay in a core's second-level cache. */
    private static final long CACHE_BYTES = 1 << 20;

    private Blocks() {}

    /** As many as fit, cut so that every part has as many blocks of about the same size. */
    static int tiles(int tiles, int products, int in, int out, int parts) {
      long perTile = (long) products * (in + out) * Float.BYTES;
      long fit = Math.max(1, CACHE_BYTES / perTile);
      int perPart = (tiles + parts - 1) / parts;
      int blocks = (int) ((perPart + fit - 1) / fit);
      return (perPart + blocks - 1) / blocks;
    }
  }

  /** What a thread that runs a part lends to all its kernels, one after another. */
  static final class Workplace implements AutoCloseable {
    private final List<Run> users = new ArrayList<>();
    private long bytes;
    private @Nullable Block memory;

    void reserve(long needed, Run user) {
      bytes = Math.max(bytes, needed);
      users.add(user);
    }

    /** Gives all users their scratch. */
    void open() {
      if (users.isEmpty()) {
        return;
      }
      Block block = new Block(bytes);
      memory = block;
      WinogradRows rows = new WinogradRows();
      users.forEach(user -> user.open(block, rows));
    }

    long bytes() {
      return bytes;
    }

    @Override
    public void close() {
      users.forEach(Run::close);
      if (memory != null) {
        memory.close();
      }
    }
  }

  /** Some blocks of one convolution. */
  static final class Run implements Task {
    private final WinogradKernel kernel;
    private final Site.Share blocks;
    private final FloatBuffer from;
    private final FloatBuffer to;
    private final @Nullable FloatBuffer residual;
    private final int residualPitch;
    private @Nullable WinogradScratch scratch;

    Run(
        WinogradKernel kernel,
        Site.Share blocks,
        FloatBuffer from,
        FloatBuffer to,
        @Nullable Area residual) {
      this.kernel = kernel;
      this.blocks = blocks;
      this.from = from;
      this.to = to;
      this.residual = residual == null ? null : residual.floats();
      this.residualPitch = residual == null ? 0 : residual.pitch();
    }

    void open(Block memory, WinogradRows rows) {
      Dnnl dnnl = Dnnl.get();
      scratch = new WinogradScratch(kernel, dnnl.engine(), dnnl.stream(), memory.at(0), rows);
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
      return "java:winograd-%dx%d-of-%d+%s"
          .formatted(tile.outputs(), tile.outputs(), tile.taps(), kernel.implementation());
    }
  }
}
