package io.github.rtmjava.benchmarks.onnx;

import ai.onnxruntime.OrtEnvironment;
import io.github.rtmjava.engine.EngineException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** The native library of ONNX Runtime. */
final class OrtLibrary {
  /**
   * ONNX Runtime 1.29 reads the command line of the process when it starts, with a recursion as
   * deep as that is long: a class path of a few thousand characters overflows a usual stack.
   */
  private static final long STACK_BYTES = 256L << 20;

  private OrtLibrary() {}

  /** Loads the library, the first time, and has it report nothing to anybody. */
  static OrtEnvironment load() {
    FutureTask<OrtEnvironment> start =
        new FutureTask<>(
            () -> {
              OrtEnvironment environment = OrtEnvironment.getEnvironment();
              environment.setTelemetry(false);
              return environment;
            });
    new Thread(null, start, "onnxruntime start", STACK_BYTES).start();
    try {
      return start.get();
    } catch (ExecutionException e) {
      throw new EngineException("ONNX Runtime does not load: " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EngineException("interrupted while ONNX Runtime was loading", e);
    }
  }
}
