package io.github.rtmjava.benchmarks.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.github.rtmjava.engine.CompiledModel;
import io.github.rtmjava.engine.EngineException;
import io.github.rtmjava.engine.Session;
import io.github.rtmjava.nn.Network;
import java.nio.file.Path;

/** A network that ONNX Runtime has loaded. */
final class OrtModel implements CompiledModel {
  private final Network network;
  private final OrtEnvironment environment;
  private final OrtSession session;
  private final int threads;
  private boolean closed;

  private OrtModel(Network network, OrtEnvironment environment, OrtSession session, int threads) {
    this.network = network;
    this.environment = environment;
    this.session = session;
    this.threads = threads;
  }

  static OrtModel load(Network network, Path file, int threads) {
    OrtEnvironment environment = OrtLibrary.load();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
      options.setExecutionMode(OrtSession.SessionOptions.ExecutionMode.SEQUENTIAL);
      options.setIntraOpNumThreads(threads);
      options.setInterOpNumThreads(1);
      OrtSession session = environment.createSession(file.toString(), options);
      return new OrtModel(network, environment, session, threads);
    } catch (OrtException e) {
      throw new EngineException("ONNX Runtime does not load " + network.name(), e);
    }
  }

  @Override
  public Network network() {
    return network;
  }

  @Override
  public String description() {
    return "onnxruntime %s, cpu, %s threads, float32".formatted(environment.getVersion(), threads);
  }

  @Override
  public synchronized Session newSession() {
    if (closed) {
      throw new IllegalStateException("the model is closed");
    }
    return new OrtLine(network, environment, session);
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      try {
        session.close();
      } catch (OrtException e) {
        throw new EngineException("ONNX Runtime does not let go of " + network.name(), e);
      }
    }
  }
}
