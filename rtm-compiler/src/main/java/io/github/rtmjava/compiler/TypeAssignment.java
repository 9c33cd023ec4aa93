package io.github.rtmjava.compiler;

import io.github.rtmjava.engine.Precision;
import io.github.rtmjava.tensor.DType;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Assigns the type of every value's elements. In bfloat16 the maps of the backbone, neck and head
 * are bfloat16; what the network is given, what its last layers read and write, and what the
 * backend's {@link TypePolicy} says is float32.
 */
final class TypeAssignment {
  private static final TypeRules RULES = new TypeRules();

  private final Program program;
  private final TypePolicy policy;

  /** By slot number: whether the elements are float32. */
  private final boolean[] wide;

  private TypeAssignment(Program program, TypePolicy policy) {
    this.program = program;
    this.policy = policy;
    this.wide = new boolean[program.slots()];
  }

  /** By slot number. */
  static DType[] of(Program program, Precision precision, TypePolicy policy) {
    DType[] types = new DType[program.slots()];
    Arrays.fill(types, DType.FLOAT32);
    if (precision == Precision.BFLOAT16) {
      boolean[] wide = new TypeAssignment(program, policy).wide();
      for (int i = 0; i < types.length; i++) {
        types[i] = wide[i] ? DType.FLOAT32 : DType.BFLOAT16;
      }
    }
    for (Step step : program.steps()) {
      if (step.kernel() instanceof Kernel.Load load) {
        types[step.inputs().get(0).id()] = load.type();
      }
    }
    return types;
  }

  private boolean[] wide() {
    program.inputs().values().forEach(this::widen);
    Set<Slot> last = last();
    last.forEach(this::widen);
    for (Step step : program.steps()) {
      if (policy.makesFloat32(step)) {
        widen(step.output());
      }
      if (!converts(step) && (last.contains(step.output()) || policy.readsFloat32(step))) {
        step.inputs().forEach(this::widen);
      }
    }
    for (boolean changed = true; changed; ) {
      changed = spread();
    }
    return wide;
  }

  private void widen(Slot slot) {
    wide[slot.id()] = true;
  }

  /** What the last layers make: the outputs, and the maps of which they are made. */
  private Set<Slot> last() {
    Set<Slot> last = new HashSet<>(program.outputs().values());
    for (int i = program.steps().size() - 1; i >= 0; i--) {
      Step step = program.steps().get(i);
      if (step.accept(RULES).reorders() && last.contains(step.output())) {
        last.addAll(step.inputs());
      }
    }
    return last;
  }

  /** Whether what it reads may have another type than what it makes, in either direction. */
  private static boolean converts(Step step) {
    return step.accept(RULES).converts();
  }

  /** Gives what is joined or cut, and what becomes of it, one type; whether that changed any. */
  private boolean spread() {
    boolean changed = false;
    for (Step step : program.steps()) {
      if (step.moves()) {
        long found = moved(step).filter(slot -> wide[slot.id()]).count();
        changed |= found > 0 && found < moved(step).count();
        if (found > 0) {
          moved(step).forEach(this::widen);
        }
      } else {
        changed |= widenResult(step);
      }
    }
    return changed;
  }

  /** Nothing that reads float32 makes bfloat16, and sums have operands of the result's type. */
  private boolean widenResult(Step step) {
    boolean result = wide[step.output().id()];
    boolean fromWide = !converts(step) && wide[step.inputs().get(0).id()];
    Slot addend = step.inputs().get(step.inputs().size() - 1);
    boolean sumsWide = step.addsInput() && wide[addend.id()];
    boolean changed = false;
    if (!result && (fromWide || sumsWide)) {
      widen(step.output());
      changed = true;
    }
    if (step.addsInput() && wide[step.output().id()] && !wide[addend.id()]) {
      widen(addend);
      changed = true;
    }
    return changed;
  }

  private static Stream<Slot> moved(Step step) {
    return Stream.concat(step.inputs().stream(), Stream.of(step.output()));
  }
}
