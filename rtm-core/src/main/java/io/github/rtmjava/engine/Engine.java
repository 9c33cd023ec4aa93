package io.github.rtmjava.engine;

import io.github.rtmjava.model.Weights;
import io.github.rtmjava.nn.Network;
import java.io.IOException;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A way to run networks. Implementations are found with {@link java.util.ServiceLoader}; their
 * constructors load no native library.
 */
public interface Engine {
  /** Lower-case name as users give it, for example {@code samediff}. */
  String name();

  /**
   * The kinds of device, {@code cpu} and {@code cuda}, that it could serve with what is on the
   * class path, whatever this machine has. Found out without loading a native library, so that
   * engines which do not come into question stay unloaded.
   */
  default Set<String> devices() {
    return Set.of("cpu", "cuda");
  }

  /**
   * Its place in the automatic choice of an engine for a kind of device, {@code cpu} or {@code
   * cuda}: a lower one is asked first. Empty, as by default, for an engine that is only taken when
   * it is asked for. {@code onednn} has 10 on the processor, {@code samediff} 100 on either.
   */
  default OptionalInt rank(String device) {
    return OptionalInt.empty();
  }

  /**
   * Finds out whether the engine can run here. Loads its native library; the result does not change
   * while the process lives.
   */
  EngineProbe probe();

  /**
   * Makes a network ready to run.
   *
   * @param network the network
   * @param weights its weights, to be readable as long as the compiled model is open: an engine may
   *     want them in another order for batches
   * @param options device, threads, precision and purpose
   * @throws EngineException if the engine cannot run an operation (named with its scope) or lacks
   *     the device or precision asked for, or cannot train
   * @throws IOException if the weights cannot be read
   */
  CompiledModel compile(Network network, Weights weights, EngineOptions options) throws IOException;
}
