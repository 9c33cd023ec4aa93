package io.github.rtmjava.compiler.tuning;

import io.github.rtmjava.compiler.Backend;
import io.github.rtmjava.compiler.Choices;
import io.github.rtmjava.compiler.Kernel;
import io.github.rtmjava.compiler.MemoryPlan;
import io.github.rtmjava.compiler.PostOp;
import io.github.rtmjava.compiler.Program;
import io.github.rtmjava.compiler.Slot;
import io.github.rtmjava.compiler.Step;
import io.github.rtmjava.compiler.Way;
import io.github.rtmjava.engine.Precision;
import io.github.rtmjava.model.Weights;
import io.github.rtmjava.nn.Op.Activation.Function;
import io.github.rtmjava.tensor.DType;
import io.github.rtmjava.tensor.Shape;
import io.github.rtmjava.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Convolutions one after the other, each in a given way, on maps and with weights made up. */
public final class TuningProgram {
  private static final PostOp SILU = new PostOp.Apply(Function.SILU);

  private final Map<String, Slot> inputs = new LinkedHashMap<>();
  private final List<Step> steps = new ArrayList<>();
  private final Map<List<Integer>, Slot> maps = new HashMap<>();
  private final Map<String, Candidate> candidates = new LinkedHashMap<>();

  /** A program of these candidates. */
  public TuningProgram(Collection<Candidate> all) {
    all.forEach(this::add);
  }

  private void add(Candidate candidate) {
    Kernel.Convolution conv = candidate.conv();
    List<Slot> reads = new ArrayList<>();
    reads.add(map(candidate.height(), candidate.width(), conv.in(), 0));
    if (candidate.addsInput()) {
      reads.add(map(candidate.height(), candidate.width(), conv.out(), 1));
    }
    String name = "trial" + candidates.size();
    Kernel.Convolution named =
        new Kernel.Convolution(
            name,
            name + Made.BIAS,
            conv.in(),
            conv.out(),
            conv.kernel(),
            conv.stride(),
            conv.padding(),
            conv.groups());
    List<PostOp> post =
        candidate.addsInput() ? List.of(SILU, new PostOp.AddInput()) : List.of(SILU);
    Slot made = slot(name, candidate.height(), candidate.width(), conv.out());
    steps.add(new Step(name, named, reads, post, made));
    candidates.put(name, candidate);
  }

  /** A map that is there before it is read; one for all convolutions of a shape. */
  private Slot map(int height, int width, int channels, int which) {
    return maps.computeIfAbsent(
        List.of(height, width, channels, which),
        key -> {
          String name = "map" + maps.size();
          Slot given = slot(name, height, width, channels);
          inputs.put(name, given);
          Slot loaded = slot(name, height, width, channels);
          steps.add(
              new Step(
                  name, new Kernel.Load(DType.FLOAT32, true), List.of(given), List.of(), loaded));
          return loaded;
        });
  }

  private Slot slot(String name, int height, int width, int channels) {
    return new Slot(inputs.size() + steps.size(), name, height, width, channels);
  }

  /** What is measured, by the names of steps. */
  public Map<String, Candidate> candidates() {
    return candidates;
  }

  /** Its memory plan, each candidate in its way. */
  public MemoryPlan plan(Backend backend, Precision precision) {
    Program program = new Program("trials", inputs, steps, Map.of(), new Made(candidates));
    return MemoryPlan.of(program, Choices.of(program, backend, this::way), precision);
  }

  private Way way(Step step, List<Way> ways) {
    Candidate candidate = candidates.get(step.name());
    return candidate == null ? ways.get(0) : candidate.way();
  }

  /** Weights of which only the number matters. */
  private record Made(Map<String, Candidate> candidates) implements Weights {
    static final String BIAS = ".bias";

    @Override
    public Set<String> keys() {
      return candidates.keySet();
    }

    @Override
    public Tensor get(String key) {
      if (key.endsWith(BIAS)) {
        int out = conv(key.substring(0, key.length() - BIAS.length())).out();
        return Tensor.onHeap(DType.FLOAT32, Shape.of(out));
      }
      Kernel.Convolution conv = conv(key);
      int in = conv.in() / conv.groups();
      int side = conv.kernel();
      return Tensor.onHeap(DType.FLOAT32, Shape.of(conv.out(), in, side, side));
    }

    private Kernel.Convolution conv(String name) {
      Candidate candidate = candidates.get(name);
      if (candidate == null) {
        throw new IllegalArgumentException("no trial is named " + name);
      }
      return candidate.conv();
    }
  }
}
