package io.github.rtmjava.samediff;

import io.github.rtmjava.engine.EngineException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.nd4j.autodiff.functions.DifferentialFunction;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.internal.SameDiffOp;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.ops.ScalarOp;
import org.nd4j.linalg.api.ops.TransformOp;
import org.nd4j.linalg.api.ops.impl.reduce.floating.Mean;
import org.nd4j.linalg.api.ops.impl.reduce.floating.Norm2;
import org.nd4j.linalg.api.ops.impl.shape.Reshape;
import org.nd4j.linalg.api.ops.impl.transforms.same.Identity;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Swish;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A graph's operations in their order for one batch size, each with its arrays: what {@link
 * SameDiff#output} works out and allocates at every call, worked out once. Used on one thread.
 */
final class ExecutionPlan implements AutoCloseable {
  private final List<PreparedOperation> steps = new ArrayList<>();
  private final Map<String, INDArray> arrays = new HashMap<>();
  private final Map<String, BufferPool.Buffer> buffers = new HashMap<>();
  private final Map<String, String> aliases = new HashMap<>();
  private final Map<String, Integer> lastUse = new HashMap<>();
  private final INDArray half = Nd4j.scalar(0.5f);

  /** Inputs that are not float32, which the pool's buffers do not hold. */
  private final List<INDArray> own = new ArrayList<>();

  private final BufferPool pool;
  private final boolean cpu;

  /**
   * Plans a graph.
   *
   * @param graph a graph of operations with one output each, in an order in which they can run
   * @param inputs shapes of the placeholders
   * @param pool memory for all float32 but variables and constants; all its buffers are free
   * @param cpu whether the backend computes on the processor
   */
  ExecutionPlan(SameDiff graph, Map<String, long[]> inputs, BufferPool pool, boolean cpu) {
    this.pool = pool;
    this.cpu = cpu;
    List<SameDiffOp> ops = new ArrayList<>(graph.getOps().values());
    findLastUses(ops, Set.copyOf(graph.outputs()), inputs.keySet());
    for (SDVariable variable : graph.variables()) {
      switch (variable.getVariableType()) {
        case VARIABLE, CONSTANT -> arrays.put(variable.name(), variable.getArr());
        case ARRAY, PLACEHOLDER, SEQUENCE -> {}
      }
    }
    inputs.forEach(
        (name, shape) -> {
          DataType type = graph.getVariable(name).dataType();
          if (type == DataType.FLOAT) {
            allocate(name, shape);
          } else {
            INDArray array = Nd4j.createUninitializedDetached(type, shape);
            arrays.put(name, array);
            own.add(array);
          }
        });
    try {
      for (int i = 0; i < ops.size(); i++) {
        add(ops.get(i), i);
      }
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private void findLastUses(List<SameDiffOp> ops, Set<String> outputs, Set<String> inputs) {
    Set<String> movable = new HashSet<>(inputs);
    for (int i = 0; i < ops.size(); i++) {
      SameDiffOp op = ops.get(i);
      String made = made(op);
      for (String in : op.getInputsToOp()) {
        lastUse.merge(root(in), i, Math::max);
      }
      if (isAlias(op.getOp()) && movable.contains(op.getInputsToOp().get(0))) {
        aliases.put(made, op.getInputsToOp().get(0));
      }
      movable.add(made);
      lastUse.merge(root(made), outputs.contains(made) ? Integer.MAX_VALUE : i, Math::max);
    }
  }

  /** Operations whose result is the very memory of their input. */
  private static boolean isAlias(DifferentialFunction op) {
    return op instanceof Reshape || op instanceof Identity;
  }

  private String root(String name) {
    String root = name;
    for (String next = aliases.get(root); next != null; next = aliases.get(root)) {
      root = next;
    }
    return root;
  }

  private static String made(SameDiffOp op) {
    if (op.getOutputsOfOp().size() != 1) {
      throw new IllegalStateException(
          "%s makes %s, expected one result".formatted(op.getName(), op.getOutputsOfOp()));
    }
    return op.getOutputsOfOp().get(0);
  }

  private void add(SameDiffOp node, int index) {
    List<INDArray> inputs = node.getInputsToOp().stream().map(this::array).toList();
    String made = made(node);
    if (node.getOp() instanceof Swish && cpu) {
      silu(node, inputs.get(0), index);
      return;
    }
    PreparedOperation step = new PreparedOperation(executable(node.getOp()), inputs);
    long[] shape = step.outputShape();
    if (aliases.containsKey(made)) {
      step.close();
      arrays.put(made, buffer(root(made)).array(shape));
      return;
    }
    steps.add(step);
    if (inPlace(node.getOp())) {
      release(node, index);
      step.into(allocate(made, shape));
    } else {
      step.into(allocate(made, shape));
      release(node, index);
    }
  }

  /**
   * The operation itself, or one that does the same: ND4J's reductions of the older kind take
   * native memory at every execution and leave it to the garbage collector.
   */
  private static DifferentialFunction executable(DifferentialFunction op) {
    if (op instanceof Norm2 norm) {
      return DynamicCustomOp.builder("reduce_norm2")
          .addIntegerArguments(norm.dimensions().toIntVector())
          .addBooleanArguments(norm.isKeepDims())
          .build();
    } else if (op instanceof Mean mean) {
      return DynamicCustomOp.builder("reduce_mean")
          .addIntegerArguments(mean.dimensions().toIntVector())
          .addBooleanArguments(mean.isKeepDims())
          .build();
    }
    return op;
  }

  /** Operations that read each element once, before they write it. */
  private static boolean inPlace(DifferentialFunction op) {
    return op instanceof TransformOp || op instanceof ScalarOp;
  }

  /**
   * {@code x * sigmoid(x)} as {@code h + h * tanh(h)} with {@code h = x / 2}: four passes, but ND4J
   * has a vectorised tanh and only a scalar sigmoid, which costs several times as much.
   */
  private void silu(SameDiffOp node, INDArray x, int index) {
    release(node, index);
    INDArray h = allocate(made(node), x.shape());
    BufferPool.Buffer spare = pool.take(x.length());
    INDArray t = spare.array(x.shape());
    steps.add(step("multiply", x, half).into(h));
    steps.add(step("tanh", h).into(t));
    steps.add(step("multiply", h, t).into(t));
    steps.add(step("add", h, t).into(h));
    pool.giveBack(spare);
  }

  private static PreparedOperation step(String op, INDArray... inputs) {
    return new PreparedOperation(DynamicCustomOp.builder(op).build(), List.of(inputs));
  }

  private INDArray allocate(String name, long... shape) {
    long elements = 1;
    for (long extent : shape) {
      elements *= extent;
    }
    BufferPool.Buffer buffer = pool.take(elements);
    buffers.put(name, buffer);
    INDArray array = buffer.array(shape);
    arrays.put(name, array);
    return array;
  }

  private void release(SameDiffOp node, int index) {
    for (String name : new HashSet<>(node.getInputsToOp())) {
      String root = root(name);
      if (lastUse.getOrDefault(root, 0) == index && buffers.containsKey(root)) {
        pool.giveBack(buffer(root));
      }
    }
  }

  private BufferPool.Buffer buffer(String name) {
    return Objects.requireNonNull(buffers.get(name), name);
  }

  /** The array of a variable. */
  INDArray array(String name) {
    return Objects.requireNonNull(arrays.get(name), name);
  }

  /**
   * Computes the outputs from what the inputs' arrays hold.
   *
   * @throws EngineException if the thread is interrupted, which only the end of the process does
   */
  void run() {
    for (PreparedOperation step : steps) {
      if (Thread.currentThread().isInterrupted()) {
        throw new EngineException("stopped: the process is ending");
      }
      step.run();
    }
  }

  @Override
  public void close() {
    steps.forEach(PreparedOperation::close);
    steps.clear();
    half.close();
    own.forEach(INDArray::close);
    own.clear();
  }
}
