package io.github.rtmjava.onednn;

import io.github.rtmjava.engine.CompiledModel;
import io.github.rtmjava.engine.EngineException;
import io.github.rtmjava.engine.EngineOptions;
import io.github.rtmjava.engine.Precision;
import io.github.rtmjava.engine.Session;
import io.github.rtmjava.engine.ShutdownHold;
import io.github.rtmjava.nn.Network;
import io.github.rtmjava.tensor.Tensor;
import io.github.rtmjava.testing.Samples;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** A process that ends while its threads run models and compile them; for {@link ExitTest}. */
final class BusyProcess {
  private static final Network NETWORK = Samples.small(256, 256);

  private BusyProcess() {}

  /**
   * Runs until it is to end.
   *
   * @param args milliseconds after which to exit with status 3, or -1 to wait to be killed; how
   *     many threads; then {@code hold}, to finish a run in a shutdown hook
   */
  public static void main(String[] args) throws Exception {
    int wait = Integer.parseInt(args[0]);
    int callers = Integer.parseInt(args[1]);
    CompiledModel model = compile();
    if (args.length > 2) {
      finishOneMore(model);
    }
    CountDownLatch running = new CountDownLatch(callers);
    for (int i = 0; i < callers; i++) {
      int batch = 1 + i;
      Thread thread = new Thread(() -> keepRunning(model, batch, running));
      thread.setDaemon(true);
      thread.start();
    }
    Thread compiling = new Thread(BusyProcess::keepCompiling);
    compiling.setDaemon(true);
    compiling.start();
    running.await();
    System.out.println("running");
    if (wait < 0) {
      Thread.sleep(60_000);
    }
    Thread.sleep(wait);
    System.exit(3);
  }

  private static CompiledModel compile() throws IOException {
    EngineOptions options = new EngineOptions("cpu", 2, Precision.FLOAT32);
    return new OnednnEngine().compile(NETWORK, Samples.weights(NETWORK, 1), options);
  }

  private static void keepRunning(CompiledModel model, int batch, CountDownLatch running) {
    Map<String, Tensor> inputs = Samples.inputs(NETWORK, batch, batch);
    try (Session session = model.newSession()) {
      session.run(inputs);
      running.countDown();
      while (true) {
        session.run(inputs);
      }
    } catch (EngineException e) {
      System.out.println("refused: " + e.getMessage());
    }
  }

  private static void keepCompiling() {
    try {
      while (true) {
        compile().close();
      }
    } catch (EngineException e) {
      System.out.println("refused: " + e.getMessage());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void finishOneMore(CompiledModel model) {
    ShutdownHold hold = ShutdownHold.take();
    Thread hook =
        new Thread(
            () -> {
              try (hold;
                  Session session = model.newSession()) {
                Thread.sleep(500); // engines would have stopped by now
                session.run(Samples.inputs(NETWORK, 1, 1));
                System.out.println("finished");
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    Runtime.getRuntime().addShutdownHook(hook);
  }
}
