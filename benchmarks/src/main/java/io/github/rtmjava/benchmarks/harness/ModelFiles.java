package io.github.rtmjava.benchmarks.harness;

import io.github.rtmjava.benchmarks.onnx.OnnxFile;
import io.github.rtmjava.bundle.Bundles;
import io.github.rtmjava.model.Model;
import io.github.rtmjava.tensor.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * One model in a folder, as its users have it: a bundle for this project's engines, an ONNX file
 * for ONNX Runtime; and the baseline's outputs. Closing it removes the folder.
 */
record ModelFiles(Path folder) implements AutoCloseable {
  /** Writes the model's two files. */
  static ModelFiles write(BenchmarkModel benchmark) throws IOException {
    ModelFiles files = new ModelFiles(Files.createTempDirectory("rtm-benchmarks"));
    try {
      Model model = benchmark.model();
      Bundles.write(files.bundle(), model, /* fp16= */ false);
      OnnxFile.write(model.network(), model.weights(), Shape.BATCH, files.onnx());
      return files;
    } catch (IOException | RuntimeException | Error e) {
      files.close();
      throw e;
    }
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

  @Override
  public void close() throws IOException {
    List<Path> entries;
    try (Stream<Path> listed = Files.list(folder)) {
      entries = listed.toList();
    }
    for (Path entry : entries) {
      Files.delete(entry);
    }
    Files.delete(folder);
  }
}
