package io.github.rtmjava.compiler;

import io.github.rtmjava.engine.Precision;
import io.github.rtmjava.tensor.DType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The memory plan: where every value of a program lies: the parts of a concatenation in the joined
 * map where the steps around them allow it, slices in the map that they are cut from, sums where
 * their second operand was.
 */
public final class MemoryPlan {
  /**
   * Memory for one map and all values within it.
   *
   * @param elements per image
   * @param type of its elements
   * @param first index of the first step that touches it; -1 for what the network is given
   * @param last index of the last step that touches it; the number of steps for outputs
   */
  public record Buffer(long elements, DType type, int first, int last) {}

  private final Program program;
  private final Choices choices;
  private final List<Placement> placements;
  private final List<Buffer> buffers;

  private MemoryPlan(
      Program program, Choices choices, List<Placement> placements, List<Buffer> buffers) {
    this.program = program;
    this.choices = choices;
    this.placements = List.copyOf(placements);
    this.buffers = List.copyOf(buffers);
  }

  public static MemoryPlan of(Program program, Choices choices, Precision precision) {
    return new Pass(program, choices, precision).run();
  }

  public Program program() {
    return program;
  }

  /** How its steps are done. */
  public Choices choices() {
    return choices;
  }

  /** Where a value lies. */
  public Placement placement(Slot slot) {
    return placements.get(slot.id());
  }

  public List<Buffer> buffers() {
    return buffers;
  }

  private static final class Pass {
    private final Program program;
    private final Choices choices;
    private final int slots;
    private final DType[] types;
    private final Map<Slot, List<Integer>> readers = new HashMap<>();
    private final Map<Slot, Integer> makers = new HashMap<>();
    private final Set<Slot> fixed;

    /** By slot number: the slot within which it lies (itself: a buffer), and from which channel. */
    private final int[] within;

    private final int[] channel;

    Pass(Program program, Choices choices, Precision precision) {
      this.program = program;
      this.choices = choices;
      for (int i = 0; i < program.steps().size(); i++) {
        Step step = program.steps().get(i);
        makers.put(step.output(), i);
        for (Slot input : step.inputs()) {
          readers.computeIfAbsent(input, s -> new ArrayList<>()).add(i);
        }
      }
      fixed = new HashSet<>(program.inputs().values());
      fixed.addAll(program.outputs().values());
      slots = program.slots();
      types = TypeAssignment.of(program, precision, choices.types());
      within = new int[slots];
      channel = new int[slots];
      Arrays.setAll(within, i -> i);
    }

    MemoryPlan run() {
      sumInPlace();
      for (Step step : program.steps()) {
        if (step.kernel() instanceof Kernel.Window window) {
          cutInPlace(step, window);
        }
      }
      for (int i = program.steps().size() - 1; i >= 0; i--) {
        if (program.steps().get(i).kernel() instanceof Kernel.Join) {
          joinInPlace(program.steps().get(i));
        }
      }
      return plan();
    }

    private void sumInPlace() {
      for (int i = 0; i < program.steps().size(); i++) {
        Step step = program.steps().get(i);
        if (!step.addsInput() || !choices.of(step).addsInPlace()) {
          continue;
        }
        Slot addend = step.inputs().get(step.inputs().size() - 1);
        List<Integer> reads = readers.getOrDefault(addend, List.of());
        boolean dies = reads.get(reads.size() - 1) == i && reads.indexOf(i) == reads.size() - 1;
        Integer maker = makers.get(addend);
        if (dies
            && maker != null
            && !program.steps().get(maker).moves()
            && reads.stream().noneMatch(reader -> program.steps().get(reader).moves())
            && !fixed.contains(addend)
            && !fixed.contains(step.output())
            && types[addend.id()] == types[step.output().id()]) {
          within[step.output().id()] = within[addend.id()];
        }
      }
    }

    private void cutInPlace(Step step, Kernel.Window window) {
      Slot from = step.inputs().get(0);
      Slot cut = step.output();
      if (!fixed.contains(from) && !fixed.contains(cut) && readWindows(cut)) {
        within[cut.id()] = from.id();
        channel[cut.id()] = window.from();
      }
    }

    /** Joins are visited last first, so that a map joined again is placed before its parts are. */
    private void joinInPlace(Step join) {
      int at = 0;
      for (Slot part : join.inputs()) {
        boolean once = join.inputs().indexOf(part) == join.inputs().lastIndexOf(part);
        int root = sumRoot(part);
        List<Step> sharing = sharing(root);
        boolean moves =
            once
                && within[root] == root
                && sharing.stream().noneMatch(s -> fixed.contains(s.output()))
                && sharing.stream().allMatch(s -> writesWindow(s) && readWindows(s.output()));
        if (moves) {
          within[root] = join.output().id();
          channel[root] = at;
        }
        at += part.channels();
      }
    }

    /**
     * The slot whose place a sum in place, or a chain of them, took over; the slot itself if none.
     */
    private int sumRoot(Slot slot) {
      Integer maker = makers.get(slot);
      boolean sum = maker != null && program.steps().get(maker).addsInput();
      return sum ? within[slot.id()] : slot.id();
    }

    /** The steps whose results have exactly the place of {@code root}. */
    private List<Step> sharing(int root) {
      return program.steps().stream()
          .filter(
              step ->
                  step.output().id() == root
                      || (step.addsInput() && within[step.output().id()] == root))
          .toList();
    }

    /** Whether it can, where its sum, if it makes one, stays where the second operand was. */
    private boolean writesWindow(Step step) {
      return (!step.addsInput() || within[step.output().id()] != step.output().id())
          && choices.of(step).writesWindow();
    }

    private boolean readWindows(Slot slot) {
      for (int reader : readers.getOrDefault(slot, List.of())) {
        Step step = program.steps().get(reader);
        for (int i = 0; i < step.inputs().size(); i++) {
          boolean addend = step.addsInput() && i == step.inputs().size() - 1;
          boolean inPlace = addend && within[step.output().id()] != step.output().id();
          boolean fits = addend ? inPlace : choices.of(step).readsWindow();
          if (step.inputs().get(i).equals(slot) && !fits) {
            return false;
          }
        }
      }
      return true;
    }

    private MemoryPlan plan() {
      Slot[] byId = new Slot[slots];
      int[] first = new int[slots];
      int[] last = new int[slots];
      Arrays.fill(first, Integer.MAX_VALUE);
      program.inputs().values().forEach(s -> touch(byId, first, last, s, -1));
      for (int i = 0; i < program.steps().size(); i++) {
        Step step = program.steps().get(i);
        for (Slot input : step.inputs()) {
          touch(byId, first, last, input, i);
        }
        touch(byId, first, last, step.output(), i);
      }
      program.outputs().values().forEach(s -> touch(byId, first, last, s, program.steps().size()));
      List<Buffer> buffers = new ArrayList<>();
      int[] bufferOf = new int[slots];
      for (int i = 0; i < slots; i++) {
        if (within[i] == i) {
          bufferOf[i] = buffers.size();
          buffers.add(new Buffer(byId[i].elements(), types[i], first[i], last[i]));
        }
      }
      List<Placement> placements = new ArrayList<>();
      for (int i = 0; i < slots; i++) {
        int root = i;
        int from = 0;
        while (within[root] != root) {
          from += channel[root];
          root = within[root];
        }
        placements.add(new Placement(bufferOf[root], from, byId[root].channels(), types[i]));
      }
      return new MemoryPlan(program, choices, placements, buffers);
    }

    /** Widens the life of the slot, and of those within which it lies. */
    private void touch(Slot[] byId, int[] first, int[] last, Slot slot, int step) {
      byId[slot.id()] = slot;
      int at = slot.id();
      while (true) {
        first[at] = Math.min(first[at], step);
        last[at] = Math.max(last[at], step);
        if (within[at] == at) {
          return;
        }
        at = within[at];
      }
    }
  }
}
