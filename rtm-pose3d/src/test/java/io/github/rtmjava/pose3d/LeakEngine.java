package io.github.rtmjava.pose3d;

import io.github.rtmjava.engine.CompiledModel;
import io.github.rtmjava.engine.Engine;
import io.github.rtmjava.engine.EngineOptions;
import io.github.rtmjava.engine.EngineProbe;
import io.github.rtmjava.engine.Session;
import io.github.rtmjava.model.Weights;
import io.github.rtmjava.nn.Network;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Counts the compiled networks that are open.
 *
 * @param open how many there are
 * @param warmedUp gets the sizes of batches for which they are made ready
 * @param before what happens to a network before it is compiled
 */
record LeakEngine(AtomicInteger open, List<Integer> warmedUp, Consumer<Network> before)
    implements Engine {
  @Override
  public String name() {
    return "leak";
  }

  @Override
  public EngineProbe probe() {
    return new EngineProbe(true, "cpu", "made up");
  }

  @Override
  public CompiledModel compile(Network network, Weights weights, EngineOptions options) {
    before.accept(network);
    open.incrementAndGet();
    return new CompiledModel() {
      @Override
      public Network network() {
        return network;
      }

      @Override
      public String description() {
        return "leak";
      }

      @Override
      public void warmUp(int... batches) {
        for (int batch : batches) {
          warmedUp.add(batch);
        }
      }

      @Override
      public Session newSession() {
        throw new UnsupportedOperationException();
      }

      @Override
      public void close() {
        open.decrementAndGet();
      }
    };
  }
}
