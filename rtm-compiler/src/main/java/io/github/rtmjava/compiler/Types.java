package io.github.rtmjava.compiler;

import io.github.rtmjava.engine.Precision;
import io.github.rtmjava.tensor.DType;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/**
 * The type of every value's elements. In bfloat16 the maps of the backbone, neck and head are
 * bfloat16; what the network is given, what its last layers read and write, and all that is done on
 * rows of features is float32.
 */
final class Types {
  private Types() {}

  /** By slot number. */
  static DType[] of(Program program, int slots, Precision precision) {
    DType[] types = new DType[slots];
    Arrays.fill(types, precision == Precision.BFLOAT16 ? DType.BFLOAT16 : DType.FLOAT32);
    if (precision == Precision.FLOAT32) {
      return types;
    }
    program.inputs().values().forEach(input -> types[input.id()] = DType.FLOAT32);
    Set<Slot> finals = new HashSet<>(program.outputs().values());
    for (Step step : program.steps()) {
      if (step.kernel() instanceof Kernel.ChannelsFirst && finals.contains(step.output())) {
        finals.addAll(step.inputs());
      }
    }
    finals.forEach(slot -> types[slot.id()] = DType.FLOAT32);
    program.steps().stream()
        .map(Step::output)
        .filter(slot -> slot.pixels() == 1)
        .forEach(slot -> types[slot.id()] = DType.FLOAT32);
    for (boolean changed = true; changed; ) {
      changed = false;
      for (int i = program.steps().size() - 1; i >= 0; i--) {
        Step step = program.steps().get(i);
        boolean wide = types[step.output().id()] == DType.FLOAT32;
        boolean last = finals.contains(step.output());
        boolean wideOnly =
            step.kernel() instanceof Kernel.CombineConstant
                || step.kernel() instanceof Kernel.Elementwise
                || step.kernel() instanceof Kernel.ScaleNorm
                || step.kernel() instanceof Kernel.Product;
        boolean rows =
            wideOnly
                || (step.output().width() == 1 && step.output().height() > 1)
                || step.kernel() instanceof Kernel.ChannelsFirst;
        boolean moves =
            step.kernel() instanceof Kernel.Join || step.kernel() instanceof Kernel.Window;
        if (rows && !wide) {
          types[step.output().id()] = DType.FLOAT32;
          changed = true;
        }
        for (Slot input : step.inputs()) {
          boolean inputWide = types[input.id()] == DType.FLOAT32;
          if (!inputWide && (last || rows || (moves && wide))) {
            types[input.id()] = DType.FLOAT32;
            changed = true;
          } else if (inputWide && moves && !wide) {
            types[step.output().id()] = DType.FLOAT32;
            changed = true;
          }
        }
      }
    }
    return types;
  }
}
