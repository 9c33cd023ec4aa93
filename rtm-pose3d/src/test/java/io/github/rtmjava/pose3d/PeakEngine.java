package io.github.rtmjava.pose3d;

import io.github.rtmjava.engine.CompiledModel;
import io.github.rtmjava.engine.Engine;
import io.github.rtmjava.engine.EngineOptions;
import io.github.rtmjava.engine.EngineProbe;
import io.github.rtmjava.engine.Session;
import io.github.rtmjava.model.Weights;
import io.github.rtmjava.nn.Network;
import io.github.rtmjava.tensor.DType;
import io.github.rtmjava.tensor.Tensor;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Answers every picture with one value in the middle bin, all others smaller by 1.
 *
 * @param peak that value
 * @param gate a batch needs one of its permits
 * @param batches gets the sizes of batches when they are begun
 * @param compiled counts the networks
 */
record PeakEngine(float peak, Semaphore gate, List<Integer> batches, AtomicInteger compiled)
    implements Engine {
  /** Computes at once. */
  PeakEngine(float peak) {
    this(peak, new Semaphore(1 << 20));
  }

  PeakEngine(float peak, Semaphore gate) {
    this(peak, gate, Collections.synchronizedList(new ArrayList<>()), new AtomicInteger());
  }

  @Override
  public String name() {
    return "peak";
  }

  @Override
  public EngineProbe probe() {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompiledModel compile(Network network, Weights weights, EngineOptions options) {
    compiled.incrementAndGet();
    return new PeakModel(network, this);
  }

  private record PeakModel(Network network, PeakEngine engine) implements CompiledModel, Session {
    @Override
    public String description() {
      return "peak";
    }

    @Override
    public Session newSession() {
      return this;
    }

    @Override
    public Map<String, Tensor> run(Map<String, Tensor> inputs) {
      int batch = inputs.values().iterator().next().shape().dim(0);
      engine.batches.add(batch);
      engine.gate.acquireUninterruptibly();
      Map<String, Tensor> outputs = new LinkedHashMap<>();
      network
          .outputs()
          .forEach(
              (name, value) ->
                  outputs.put(
                      name, peaks(Tensor.onHeap(DType.FLOAT32, value.shape().withBatch(batch)))));
      return outputs;
    }

    private Tensor peaks(Tensor output) {
      int bins = output.shape().dim(2);
      FloatBuffer values = output.floats();
      for (int i = 0; i < values.capacity(); i++) {
        values.put(i, i % bins == bins / 2 ? engine.peak : engine.peak - 1);
      }
      return output;
    }

    @Override
    public void close() {}
  }
}
