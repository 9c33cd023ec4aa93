package io.github.rtmjava.benchmarks.harness;

import io.github.rtmjava.benchmarks.onnx.OnnxFile;
import io.github.rtmjava.converter.Bundles;
import io.github.rtmjava.model.Model;
import io.github.rtmjava.tensor.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * One model in a folder, as its users have it: a bundle for this project's engines, an ONNX file
 * for ONNX Runtime, and the baseline's outputs.
 */
record ModelFiles(Path folder) {
  /** Writes the model's two files. */
  static ModelFiles write(Path folder, BenchmarkModel benchmark) throws IOException {
    Files.createDirectories(folder);
    ModelFiles files = new ModelFiles(folder);
    Model model = benchmark.model();
    Bundles.write(files.bundle(), model, /* fp16= */ false);
    OnnxFile.write(model.network(), model.weights(), Shape.BATCH, files.onnx());
    return files;
  }

  Path bundle() {
    return folder.resolve("model.rtm");
  }

  Path onnx() {
    return folder.resolve("model.onnx");
  }

  /** What the baseline makes of the input for a batch size. */
  Path outputs(int batch) {
    return folder.resolve("outputs-" + batch);
  }

  /** Removes the folder. */
  void delete() throws IOException {
    try (var entries = Files.list(folder)) {
      for (Path entry : entries.toList()) {
        Files.delete(entry);
      }
    }
    Files.delete(folder);
  }
}
