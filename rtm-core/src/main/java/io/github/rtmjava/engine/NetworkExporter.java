package io.github.rtmjava.engine;

import io.github.rtmjava.model.Weights;
import io.github.rtmjava.nn.Network;
import java.io.IOException;
import java.nio.file.Path;

/** Writes networks as files that other programs run. Found with ServiceLoader. */
public interface NetworkExporter {
  /** The format's name, in lower case: {@code samediff}. */
  String format();

  /**
   * Writes a network with its weights.
   *
   * @param file a new file
   * @throws IOException if a weight cannot be read or the file cannot be written
   * @throws EngineException if the format cannot hold the network
   */
  void write(Network network, Weights weights, Path file) throws IOException;
}
