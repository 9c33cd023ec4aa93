package io.github.rtmjava.samediff;

import io.github.rtmjava.engine.CompiledModel;
import io.github.rtmjava.engine.Engine;
import io.github.rtmjava.engine.EngineException;
import io.github.rtmjava.engine.EngineOptions;
import io.github.rtmjava.engine.EngineProbe;
import io.github.rtmjava.engine.Precision;
import io.github.rtmjava.files.NativeSettings;
import io.github.rtmjava.model.Weights;
import io.github.rtmjava.nn.Network;
import java.io.IOException;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The reference engine: ND4J 1.0.0-M2.1, on the processor or on CUDA, whichever backend is on the
 * class path. Computes in float32.
 *
 * <p>A compiled model is a SameDiff graph ({@link SameDiffEmitter}) with one thread of its own,
 * which serves all its sessions one after another; each session keeps its own memory.
 */
public final class SameDiffEngine implements Engine {
  private static final String NAME = "samediff";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Set<String> devices() {
    ClassLoader loader = SameDiffEngine.class.getClassLoader();
    return loader.getResource("org/nd4j/linalg/jcublas/JCublasBackend.class") != null
        ? Set.of("cuda")
        : Set.of("cpu");
  }

  @Override
  public OptionalInt rank(String device) {
    return OptionalInt.of(100);
  }

  @Override
  public EngineProbe probe() {
    Nd4jBackend backend;
    try {
      backend = Nd4jBackend.load();
    } catch (Exception | LinkageError e) {
      return new EngineProbe(false, "cpu", "ND4J does not load: " + NativeSettings.reason(e));
    }
    String version = "ND4J " + backend.version() + ", ";
    if (backend.cpu()) {
      int threads = Nd4j.getEnvironment().maxThreads();
      return new EngineProbe(true, "cpu", version + "processor, " + threads + " threads");
    }
    Nd4jBackend.Gpu gpu = backend.gpu(0);
    if (gpu == null) {
      return new EngineProbe(false, "cuda", version + "CUDA, but no GPU was found");
    }
    return gpu.served()
        ? new EngineProbe(true, "cuda", version + gpu)
        : new EngineProbe(false, "cuda", version + gpu.refusal());
  }

  @Override
  public CompiledModel compile(Network network, Weights weights, EngineOptions options)
      throws IOException {
    if (options.precision() != Precision.FLOAT32 && options.precision() != Precision.AUTO) {
      throw new EngineException(
          "the engine samediff computes in FLOAT32 only, asked for was " + options.precision());
    }
    InferenceThread thread = new InferenceThread("samediff " + network.name());
    try {
      return thread.call(() -> compileHere(network, weights, options, thread));
    } catch (IOException | RuntimeException | Error e) {
      thread.close();
      throw e;
    }
  }

  private static CompiledModel compileHere(
      Network network, Weights weights, EngineOptions options, InferenceThread thread)
      throws IOException {
    Nd4jBackend backend = Nd4jBackend.load();
    Nd4jBackend.Gpu gpu = device(backend, options.device());
    if (gpu != null) {
      Nd4j.getAffinityManager().unsafeSetDevice(gpu.index());
    }
    int threads = Nd4j.getEnvironment().maxThreads();
    if (options.threads() != 0 && options.threads() != threads && gpu == null) {
      throw new EngineException(
          ("the engine samediff runs with %s threads in this process, asked for were %s; start it"
                  + " with the environment variable OMP_NUM_THREADS=%s")
              .formatted(threads, options.threads(), options.threads()));
    }
    SameDiff graph = SameDiffEmitter.emit(network, weights, options.purpose());
    String where = gpu == null ? "cpu, " + threads + " threads" : gpu.toString();
    return new SameDiffModel(
        network,
        graph,
        thread,
        gpu == null,
        "samediff (ND4J %s), %s, float32".formatted(backend.version(), where));
  }

  /** The GPU to use, or null for the processor. */
  private static Nd4jBackend.@Nullable Gpu device(Nd4jBackend backend, String asked) {
    if (backend.cpu()) {
      if (asked.startsWith("cuda")) {
        throw new EngineException(
            "device "
                + asked
                + " was asked for, but the ND4J on the class path is the processor's; build with"
                + " the profile cuda");
      }
      return null;
    }
    if (asked.equals("cpu")) {
      throw new EngineException(
          "device cpu was asked for, but the ND4J on the class path is the one for CUDA; build"
              + " without the profile cuda");
    }
    int colon = asked.indexOf(':');
    int index = colon < 0 ? 0 : Integer.parseInt(asked.substring(colon + 1));
    Nd4jBackend.Gpu gpu = backend.gpu(index);
    if (gpu == null) {
      throw new EngineException(
          "device cuda:%s was asked for, found are %s".formatted(index, backend.gpus()));
    }
    if (!gpu.served()) {
      throw new EngineException(gpu.refusal());
    }
    return gpu;
  }
}
