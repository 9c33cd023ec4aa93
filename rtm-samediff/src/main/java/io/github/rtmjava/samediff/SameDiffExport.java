package io.github.rtmjava.samediff;

import io.github.rtmjava.files.NewFile;
import io.github.rtmjava.model.Weights;
import io.github.rtmjava.nn.Network;
import java.io.IOException;
import java.nio.file.Path;
import org.nd4j.autodiff.samediff.SameDiff;

/** Writes networks as files that stock {@code SameDiff.load} opens. */
public final class SameDiffExport {
  private SameDiffExport() {}

  /**
   * Writes a network with its weights as SameDiff FlatBuffers (usually {@code .fb}), with inputs,
   * outputs and names as in {@link SameDiffEmitter}. The file appears when it is complete.
   *
   * @throws IOException if the weights cannot be read or the file cannot be written
   */
  public static void write(Network network, Weights weights, Path file) throws IOException {
    try (InferenceThread thread = new InferenceThread("samediff export")) {
      thread.call(
          () -> {
            SameDiff graph = SameDiffEmitter.emit(network, weights);
            try {
              save(graph, file);
            } finally {
              SameDiffEmitter.close(graph);
            }
            return file;
          });
    }
  }

  private static void save(SameDiff graph, Path file) throws IOException {
    try (NewFile made = NewFile.at(file)) {
      graph.save(made.path().toFile(), false);
      made.commit();
    }
  }
}
