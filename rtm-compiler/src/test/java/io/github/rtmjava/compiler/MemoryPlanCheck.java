package io.github.rtmjava.compiler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Runs a program on memory that holds, for every channel of every buffer, which value's channel is
 * there. Whatever a step reads must still be there, and stay while the step writes its result; only
 * a sum may go where its second operand was.
 */
final class MemoryPlanCheck {
  /** One channel of what a step computed. */
  private record Content(Slot slot, int channel) {}

  private final MemoryPlan plan;
  private final Program program;
  private final List<@Nullable Content[]> memory = new ArrayList<>();
  private final Map<Slot, List<Content>> contents = new HashMap<>();

  private MemoryPlanCheck(MemoryPlan plan) {
    this.plan = plan;
    this.program = plan.program();
  }

  static void check(MemoryPlan plan) {
    new MemoryPlanCheck(plan).run();
  }

  private void run() {
    plan.buffers().forEach(buffer -> memory.add(new Content[0]));
    program.inputs().values().forEach(input -> write(input, fresh(input), -1));
    for (int i = 0; i < program.steps().size(); i++) {
      Step step = program.steps().get(i);
      for (Slot input : step.inputs()) {
        assertThere(input, i);
      }
      checkWindows(step);
      List<Content> result = made(step);
      checkOverlaps(step, result);
      write(step.output(), result, i);
    }
    for (Slot output : program.outputs().values()) {
      assertThere(output, program.steps().size());
      assertTrue(dense(output), () -> output + " is no map of its own");
    }
  }

  private List<Content> made(Step step) {
    List<Content> content = new ArrayList<>();
    if (step.kernel() instanceof Kernel.Join) {
      step.inputs().forEach(part -> content.addAll(content(part)));
    } else if (step.kernel() instanceof Kernel.Window window) {
      content.addAll(
          content(step.inputs().get(0))
              .subList(window.from(), window.from() + step.output().channels()));
    } else {
      content.addAll(fresh(step.output()));
    }
    return content;
  }

  private static List<Content> fresh(Slot slot) {
    List<Content> content = new ArrayList<>();
    for (int channel = 0; channel < slot.channels(); channel++) {
      content.add(new Content(slot, channel));
    }
    return content;
  }

  private List<Content> content(Slot slot) {
    return Objects.requireNonNull(contents.get(slot), slot.name());
  }

  private void write(Slot slot, List<Content> content, int time) {
    Placement placement = plan.placement(slot);
    MemoryPlan.Buffer buffer = plan.buffers().get(placement.buffer());
    assertEquals(buffer.elements(), (long) slot.pixels() * placement.pitch(), slot.name());
    assertEquals(buffer.type(), placement.type(), slot.name());
    assertTrue(placement.channel() + slot.channels() <= placement.pitch(), slot.name());
    assertAlive(slot, time);
    if (memory.get(placement.buffer()).length == 0) {
      memory.set(placement.buffer(), new Content[placement.pitch()]);
    }
    for (int channel = 0; channel < content.size(); channel++) {
      memory.get(placement.buffer())[placement.channel() + channel] = content.get(channel);
    }
    contents.put(slot, content);
  }

  private void assertThere(Slot slot, int time) {
    assertAlive(slot, time);
    Placement placement = plan.placement(slot);
    for (int channel = 0; channel < slot.channels(); channel++) {
      assertEquals(
          content(slot).get(channel),
          memory.get(placement.buffer())[placement.channel() + channel],
          () -> "%s, when step %d reads it".formatted(slot, time));
    }
  }

  private void assertAlive(Slot slot, int time) {
    MemoryPlan.Buffer buffer = plan.buffers().get(plan.placement(slot).buffer());
    assertTrue(
        buffer.first() <= time && time <= buffer.last(),
        () -> "%s is touched at %d outside of %s".formatted(slot, time, buffer));
  }

  private void checkWindows(Step step) {
    Way way = plan.choices().of(step);
    if (step.moves()) {
      return;
    }
    for (int i = 0; i < step.inputs().size(); i++) {
      Slot input = step.inputs().get(i);
      boolean addend = step.addsInput() && i == step.inputs().size() - 1;
      assertTrue(
          dense(input) || (addend ? inPlace(step) : way.readsWindow()),
          () -> "%s reads the window %s".formatted(step, input));
    }
    assertTrue(
        dense(step.output()) || (way.writesWindow() && (inPlace(step) || !step.addsInput())),
        () -> step + " writes a window");
  }

  /** Whatever the step reads stays as it is while the result is written. */
  private void checkOverlaps(Step step, List<Content> result) {
    Placement out = plan.placement(step.output());
    List<Slot> read =
        inPlace(step) ? step.inputs().subList(0, step.inputs().size() - 1) : step.inputs();
    for (Slot input : read) {
      Placement in = plan.placement(input);
      for (int channel = 0; channel < input.channels(); channel++) {
        int at = in.channel() + channel - out.channel();
        boolean kept =
            in.buffer() != out.buffer()
                || at < 0
                || at >= result.size()
                || result.get(at).equals(content(input).get(channel));
        assertTrue(kept, () -> "%s writes over %s".formatted(step, input));
      }
    }
  }

  /** Whether the step's sum is stored where its second operand is. */
  private boolean inPlace(Step step) {
    return step.addsInput()
        && plan.choices().of(step).addsInPlace()
        && plan.placement(step.output())
            .equals(plan.placement(step.inputs().get(step.inputs().size() - 1)));
  }

  private boolean dense(Slot slot) {
    return plan.placement(slot).pitch() == slot.channels();
  }
}
