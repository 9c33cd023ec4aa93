package io.github.rtmjava.samediff;

import io.github.rtmjava.nn.Network;
import io.github.rtmjava.nn.Value;
import io.github.rtmjava.tensor.DType;
import io.github.rtmjava.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.concurrency.AffinityManager.Location;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * One session's plans and their common memory. Large batches run in parts, so that memory is
 * bounded whatever their size. Used on the model's thread.
 */
final class BatchedExecution implements AutoCloseable {
  /** Images that run at once; more gain no speed on a processor. */
  static final int LARGEST = 8;

  private final Network network;
  private final SameDiff graph;
  private final boolean cpu;
  private final BufferPool pool = new BufferPool();
  private final Map<Integer, ExecutionPlan> plans = new HashMap<>();
  private int largestSoFar;

  BatchedExecution(Network network, SameDiff graph, boolean cpu) {
    this.network = network;
    this.graph = graph;
    this.cpu = cpu;
  }

  /** Fills the outputs, of the batch size of the inputs. */
  void run(Map<String, Tensor> inputs, Map<String, Tensor> outputs, int batch) {
    for (int first = 0; first < batch; first += LARGEST) {
      int count = Math.min(LARGEST, batch - first);
      ExecutionPlan plan = plan(count);
      for (Value input : network.inputs()) {
        INDArray array = plan.array(input.name());
        if (input.type() == DType.UINT8) {
          ByteBuffer all = Objects.requireNonNull(inputs.get(input.name())).bytes();
          int each = all.remaining() / batch;
          array.data().asNio().put(all.slice(first * each, count * each));
        } else {
          array.data().asNioFloat().put(part(inputs, input.name(), batch, first, count));
        }
        Nd4j.getAffinityManager().tagLocation(array, Location.HOST);
      }
      plan.run();
      Nd4j.getExecutioner().commit();
      for (String output : network.outputs().keySet()) {
        FloatBuffer to = part(outputs, output, batch, first, count);
        FloatBuffer from = plan.array(output).data().asNioFloat();
        to.put(from.limit(from.position() + to.remaining()));
      }
    }
  }

  private static FloatBuffer part(
      Map<String, Tensor> tensors, String name, int batch, int first, int count) {
    FloatBuffer all = Objects.requireNonNull(tensors.get(name), name).floats();
    int each = all.remaining() / batch;
    return all.slice(first * each, count * each);
  }

  private ExecutionPlan plan(int batch) {
    ExecutionPlan known = plans.get(batch);
    if (known != null) {
      return known;
    }
    if (batch > largestSoFar) {
      // Made for the largest batch first, the slots fit all smaller ones.
      close();
      largestSoFar = batch;
    }
    pool.giveBackAll();
    Map<String, long[]> shapes = new LinkedHashMap<>();
    for (Value input : network.inputs()) {
      int[] dims = input.shape().withBatch(batch).dims();
      shapes.put(input.name(), GraphValues.arrange(dims, DataFormat.NCHW));
    }
    ExecutionPlan plan = new ExecutionPlan(graph, shapes, pool, cpu);
    plans.put(batch, plan);
    return plan;
  }

  @Override
  public void close() {
    plans.values().forEach(ExecutionPlan::close);
    plans.clear();
    pool.close();
  }
}
