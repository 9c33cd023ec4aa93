package io.github.rtmjava.onednn;

import io.github.rtmjava.compiler.Arena;
import io.github.rtmjava.compiler.MemoryPlan;
import io.github.rtmjava.compiler.Slot;
import io.github.rtmjava.compiler.Step;
import io.github.rtmjava.onednn.natives.KernelTask;
import io.github.rtmjava.onednn.natives.NativeMemory;
import io.github.rtmjava.onednn.natives.PrimitiveFactory;
import io.github.rtmjava.onednn.natives.Resources;
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
  private final NativeMemory arena;
  private final long bytes;
  private final Resources resources;
  private final List<ParallelStage> stages;
  private final KernelTask[][] tasks;
  private final List<InputBinding> inputs;
  private final List<FloatBuffer> outputs;

  private Executable(Builder builder, List<InputBinding> inputs) {
    images = builder.images;
    parts = builder.parts;
    arena = builder.arena;
    bytes = builder.bytes;
    resources = builder.resources;
    stages = List.copyOf(builder.stages);
    this.inputs = List.copyOf(inputs);
    outputs = List.copyOf(builder.outputs);
    tasks =
        stages.stream().map(s -> s.tasks().toArray(KernelTask[]::new)).toArray(KernelTask[][]::new);
  }

  /** Puts a program together for {@code images} images in {@code parts} parts; one of both is 1. */
  static Executable of(MemoryPlan plan, PackedWeights weights, int images, int parts) {
    Resources resources = new Resources();
    try {
      Builder builder = new Builder(plan, weights, images, parts, resources);
      KernelEmitter emitter = new KernelEmitter(builder, plan.choices());
      plan.program().steps().forEach(step -> step.accept(emitter));
      plan.program().outputs().values().forEach(builder::output);
      builder.lendScratch();
      weights.pack();
      return new Executable(builder, emitter.inputs());
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

  List<ParallelStage> stages() {
    return stages;
  }

  /** Bytes of native memory, weights not counted. */
  long bytes() {
    return bytes;
  }

  /** What runs read, as [images, C, H, W] each. */
  List<InputBinding> inputs() {
    return inputs;
  }

  /** Bytes of the largest input. */
  long inputBytes() {
    return inputs.stream().mapToLong(InputBinding::bytes).max().orElse(0);
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
  void run(int member, ParallelRegion region) {
    for (KernelTask[] stage : tasks) {
      for (int part = member; part < stage.length; part += region.size()) {
        stage[part].run();
      }
      region.barrier();
    }
  }

  /** Sets all maps to zero, for runs whose results do not matter. */
  void clear() {
    arena.clear();
  }

  /** A whole run on the calling thread. */
  void run() {
    for (KernelTask[] stage : tasks) {
      for (KernelTask task : stage) {
        task.run();
      }
    }
  }

  @Override
  public void close() {
    resources.close();
  }

  /** An executable in the making. */
  private static final class Builder implements EmitContext {
    private final MemoryPlan plan;
    private final PackedWeights weights;
    private final int images;
    private final int parts;
    private final Arena offsets;
    private final Resources resources;
    private final NativeMemory arena;
    private long bytes;
    private final @Nullable NativeMemory[] conversions = new NativeMemory[2];
    private final PrimitiveFactory[] primitives;
    private final WinogradEmitter.SharedScratch[] scratches;
    private final List<ParallelStage> stages = new ArrayList<>();
    private final List<FloatBuffer> outputs = new ArrayList<>();

    Builder(MemoryPlan plan, PackedWeights weights, int images, int parts, Resources resources) {
      this.plan = plan;
      this.weights = weights;
      this.images = images;
      this.parts = parts;
      this.resources = resources;
      offsets = Arena.of(plan.buffers(), images);
      arena = temporary(offsets.bytes());
      primitives = new PrimitiveFactory[parts];
      scratches = new WinogradEmitter.SharedScratch[parts];
      for (int part = 0; part < parts; part++) {
        PrimitiveFactory made = new PrimitiveFactory();
        primitives[part] = resources.add(made, made::close);
        WinogradEmitter.SharedScratch scratch = new WinogradEmitter.SharedScratch();
        scratches[part] = resources.add(scratch, scratch::close);
      }
    }

    void output(Slot slot) {
      outputs.add(view(slot).floats());
    }

    @Override
    public TensorView view(Slot slot) {
      return new TensorView(
          arena,
          offsets.offsets().get(plan.placement(slot).buffer()),
          plan.placement(slot),
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
    public PrimitiveFactory primitives(int part) {
      return primitives[part];
    }

    @Override
    public WinogradEmitter.SharedScratch sharedScratch(int part) {
      return scratches[part];
    }

    @Override
    public PackedWeights weights() {
      return weights;
    }

    @Override
    public final NativeMemory temporary(long bytes) {
      this.bytes += bytes;
      return resources.block(bytes);
    }

    @Override
    public NativeMemory conversions(int which) {
      NativeMemory made = conversions[which];
      if (made == null) {
        made = temporary(largestConverted());
        conversions[which] = made;
      }
      return made;
    }

    private long largestConverted() {
      long largest = 0;
      for (Step step : plan.program().steps()) {
        if (plan.choices().of(step) instanceof WinogradWay) {
          largest = Math.max(largest, step.inputs().get(0).elements());
          largest = Math.max(largest, step.output().elements());
        }
      }
      return images * largest * Float.BYTES;
    }

    @Override
    public void add(Step step, List<? extends KernelTask> tasks) {
      stages.add(new ParallelStage(step.name(), List.copyOf(tasks)));
    }

    /** What the steps use one after another. */
    void lendScratch() {
      for (int part = 0; part < parts; part++) {
        primitives[part].setScratchpad(temporary(primitives[part].scratchpad()).at(0));
        scratches[part].open();
        bytes += scratches[part].bytes();
      }
    }
  }
}
