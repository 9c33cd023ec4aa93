package io.github.rtmjava.testing;

import io.github.rtmjava.engine.CompiledModel;
import io.github.rtmjava.engine.EngineException;
import io.github.rtmjava.engine.Session;
import io.github.rtmjava.nn.Network;
import io.github.rtmjava.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/** A made-up model whose outputs are its inputs; it counts, and computes only when it may. */
public final class GatedModel implements CompiledModel {
  /** Sizes of the batches that were begun, in their order. */
  public final List<Integer> batches = Collections.synchronizedList(new ArrayList<>());

  public final AtomicInteger opened = new AtomicInteger();
  public final AtomicInteger closedSessions = new AtomicInteger();
  public volatile boolean closed;

  /** Whether runs fail. */
  public volatile boolean broken;

  /** Whether sessions cannot be opened. */
  public volatile boolean refuses;

  private final Network network = Samples.small();
  private final Semaphore gate = new Semaphore(0);

  /** Lets so many further batches through. */
  public void let(int batches) {
    gate.release(batches);
  }

  /** Lets all batches through. */
  public GatedModel open() {
    gate.release(1 << 20);
    return this;
  }

  @Override
  public Network network() {
    return network;
  }

  @Override
  public String description() {
    return "made up";
  }

  @Override
  public Session newSession() {
    if (refuses) {
      throw new OutOfMemoryError("made up");
    }
    opened.incrementAndGet();
    return new Session() {
      @Override
      public Map<String, Tensor> run(Map<String, Tensor> inputs) {
        batches.add(inputs.values().iterator().next().shape().dim(0));
        gate.acquireUninterruptibly();
        if (broken) {
          throw new EngineException("broken");
        }
        return inputs;
      }

      @Override
      public void close() {
        closedSessions.incrementAndGet();
      }
    };
  }

  @Override
  public void close() {
    closed = true;
  }
}
