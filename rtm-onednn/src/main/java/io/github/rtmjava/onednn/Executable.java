package io.github.rtmjava.onednn;

import io.github.rtmjava.compiler.Arena;
import io.github.rtmjava.compiler.Kernel;
import io.github.rtmjava.compiler.Layout;
import io.github.rtmjava.compiler.Slot;
import io.github.rtmjava.compiler.Step;
import io.github.rtmjava.compiler.Way;
import io.github.rtmjava.engine.EngineException;
import io.github.rtmjava.onednn.natives.Block;
import io.github.rtmjava.onednn.natives.Resources;
import io.github.rtmjava.onednn.winograd.Tile;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;

/**
 * A program for one number of images, bound to memory of its own: either one image whose rows
 * several threads share, or several images on one thread.
 */
final class Executable implements AutoCloseable {
  private final int images;
  private final int parts;
  private final Block arena;
  private final long bytes;
  private final Resources resources;
  private final List<Stage> stages;
  private final Task[][] tasks;
  private final List<Input> inputs;
  private final List<FloatBuffer> outputs;

  private Executable(Assembly assembly) {
    images = assembly.images;
    parts = assembly.parts;
    arena = assembly.arena;
    bytes = assembly.bytes;
    resources = assembly.resources;
    stages = List.copyOf(assembly.stages);
    inputs = List.copyOf(assembly.inputs);
    outputs = List.copyOf(assembly.outputs);
    tasks = stages.stream().map(s -> s.tasks().toArray(Task[]::new)).toArray(Task[][]::new);
  }

  /** Puts a program together for {@code images} images in {@code parts} parts; one of both is 1. */
  static Executable of(Layout layout, PackedWeights weights, int images, int parts) {
    Resources resources = new Resources();
    try {
      Assembly assembly = new Assembly(layout, weights, images, parts, resources);
      layout.program().steps().forEach(assembly::step);
      layout.program().outputs().values().forEach(assembly::output);
      assembly.lendScratch();
      weights.pack();
      return new Executable(assembly);
    } catch (RuntimeException | Error e) {
      resources.closeAfter(e);
      throw e;
    }
  }

  int images() {
    return images;
  }

  int parts() {
    return parts;
  }

  List<Stage> stages() {
    return stages;
  }

  /** Bytes of native memory, weights not counted. */
  long bytes() {
    return bytes;
  }

  /** What runs read, as [images, C, H, W] each. */
  List<Input> inputs() {
    return inputs;
  }

  /** Bytes of the largest input. */
  long inputBytes() {
    return inputs.stream().mapToLong(Input::bytes).max().orElse(0);
  }

  /** Lets the next run read all inputs from there. */
  void setInputs(Pointer start) {
    BytePointer bytes = new BytePointer(start);
    inputs.forEach(input -> input.set(bytes, 0));
  }

  /**
   * The outputs in the program's order, valid until the next run: rows of floats in the network's
   * order.
   */
  List<FloatBuffer> outputs() {
    return outputs;
  }

  /** A member's share of one run. */
  void run(int member, Team team) {
    for (Task[] stage : tasks) {
      for (int part = member; part < stage.length; part += team.size()) {
        stage[part].run();
      }
      team.barrier();
    }
  }

  /** Sets all maps to zero, for runs whose results do not matter. */
  void clear() {
    arena.clear();
  }

  /** A whole run on the calling thread. */
  void run() {
    for (Task[] stage : tasks) {
      for (Task task : stage) {
        task.run();
      }
    }
  }

  @Override
  public void close() {
    resources.close();
  }

  /** An executable in the making. */
  private static final class Assembly implements Site {
    private final Layout layout;
    private final PackedWeights weights;
    private final int images;
    private final int parts;
    private final Arena offsets;
    private final Resources resources;
    private final Block arena;
    private long bytes;
    private final @Nullable Block[] conversions = new Block[2];
    private final Primitives[] primitives;
    private final Winograd.Workplace[] workplaces;
    private final List<Stage> stages = new ArrayList<>();
    private final List<Input> inputs = new ArrayList<>();
    private final List<FloatBuffer> outputs = new ArrayList<>();

    Assembly(Layout layout, PackedWeights weights, int images, int parts, Resources resources) {
      this.layout = layout;
      this.weights = weights;
      this.images = images;
      this.parts = parts;
      this.resources = resources;
      offsets = Arena.of(layout.buffers(), images);
      arena = temporary(offsets.bytes());
      primitives = new Primitives[parts];
      workplaces = new Winograd.Workplace[parts];
      for (int part = 0; part < parts; part++) {
        Primitives made = new Primitives();
        primitives[part] = resources.add(made, made::close);
        Winograd.Workplace place = new Winograd.Workplace();
        workplaces[part] = resources.add(place, place::close);
      }
    }

    void step(Step step) {
      Kernel kernel = step.kernel();
      if (kernel instanceof Kernel.Convolution conv) {
        convolution(step, conv, layout.choices().of(step));
      } else if (kernel instanceof Kernel.TransposedConvolution conv) {
        TransposedConvolutions.add(this, step, conv);
      } else if (kernel instanceof Kernel.Product product) {
        Products.product(this, step, product);
      } else if (kernel instanceof Kernel.MaxPool pool) {
        Pools.max(this, step, pool);
      } else if (kernel instanceof Kernel.Mean) {
        Pools.mean(this, step);
      } else if (kernel instanceof Kernel.Combine combine) {
        if (OnednnBackend.scalesChannels(step)) {
          Products.scaleChannels(this, step);
        } else {
          Rows.combine(this, step, combine);
        }
      } else if (kernel instanceof Kernel.CombineConstant combine) {
        Rows.combineConstant(this, step, combine);
      } else if (kernel instanceof Kernel.Elementwise) {
        Products.elementwise(this, step);
      } else if (kernel instanceof Kernel.ScaleNorm norm) {
        Rows.scaleNorm(this, step, norm);
      } else if (kernel instanceof Kernel.LayerNorm norm) {
        Rows.layerNorm(this, step, norm);
      } else if (kernel instanceof Kernel.Softmax) {
        Products.softmax(this, step);
      } else if (kernel instanceof Kernel.Upsample up) {
        Moves.upsample(this, step, up.factor());
      } else if (kernel instanceof Kernel.PixelShuffle shuffle) {
        Moves.pixelShuffle(this, step, shuffle.factor());
      } else if (kernel instanceof Kernel.Focus) {
        Moves.focus(this, step);
      } else if (kernel instanceof Kernel.Join) {
        Moves.join(this, step);
      } else if (kernel instanceof Kernel.Window window) {
        Moves.window(this, step, window);
      } else if (kernel instanceof Kernel.Load load) {
        Slot given = step.inputs().get(0);
        inputs.add(
            new Input(
                given.name(),
                images * given.elements() * Float.BYTES,
                Moves.load(this, step, load.planes())));
      } else if (kernel instanceof Kernel.Transpose) {
        Moves.transpose(this, step);
      } else if (kernel instanceof Kernel.Reshape) {
        Moves.reshape(this, step);
      } else {
        throw new EngineException(
            "the engine onednn has no step for %s at '%s'".formatted(kernel, step.name()));
      }
    }

    private void convolution(Step step, Kernel.Convolution conv, Way way) {
      Tile tile = OnednnBackend.tile(way);
      if (tile != null) {
        Winograd.add(this, step, conv, tile);
      } else if (way.equals(OnednnBackend.PRODUCT)) {
        Convolutions.product(this, step, conv);
      } else {
        Convolutions.direct(this, step, conv);
      }
    }

    void output(Slot slot) {
      outputs.add(area(slot).floats());
    }

    @Override
    public Area area(Slot slot) {
      return new Area(
          arena,
          offsets.offsets().get(layout.place(slot).buffer()),
          layout.place(slot),
          slot,
          images);
    }

    @Override
    public int parts() {
      return parts;
    }

    @Override
    public int images() {
      return images;
    }

    @Override
    public Primitives primitives(int part) {
      return primitives[part];
    }

    @Override
    public Winograd.Workplace workplace(int part) {
      return workplaces[part];
    }

    @Override
    public PackedWeights weights() {
      return weights;
    }

    @Override
    public final Block temporary(long bytes) {
      this.bytes += bytes;
      return resources.block(bytes);
    }

    @Override
    public Block conversions(int which) {
      Block made = conversions[which];
      if (made == null) {
        made = temporary(largestConverted());
        conversions[which] = made;
      }
      return made;
    }

    private long largestConverted() {
      long largest = 0;
      for (Step step : layout.program().steps()) {
        if (OnednnBackend.tile(layout.choices().of(step)) != null) {
          largest = Math.max(largest, step.inputs().get(0).elements());
          largest = Math.max(largest, step.output().elements());
        }
      }
      return images * largest * Float.BYTES;
    }

    @Override
    public void add(Step step, List<? extends Task> tasks) {
      stages.add(new Stage(step.name(), List.copyOf(tasks)));
    }

    /** What the steps use one after another. */
    void lendScratch() {
      for (int part = 0; part < parts; part++) {
        primitives[part].setScratchpad(temporary(primitives[part].scratchpad()).at(0));
        workplaces[part].open();
        bytes += workplaces[part].bytes();
      }
    }
  }
}
