package io.github.rtmjava.samediff;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.rtmjava.model.Weights;
import io.github.rtmjava.nn.Network;
import io.github.rtmjava.tensor.Tensor;
import io.github.rtmjava.testing.Reference;
import io.github.rtmjava.testing.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

final class SameDiffExportTest {
  private final Network network = Samples.small();
  private final Weights weights = Samples.weights(network, 1);
  @TempDir private Path folder;

  @Test
  void writesWhatStockSameDiffRunsToTheSameResult() throws IOException {
    assertStockSameDiffRuns(network);
  }

  @Test
  void writesConstantsToo() throws IOException {
    assertStockSameDiffRuns(Samples.attention());
  }

  private void assertStockSameDiffRuns(Network exported) throws IOException {
    Weights own = Samples.weights(exported, 1);
    Path file = folder.resolve("network.fb");
    SameDiffExport.write(exported, own, file);
    SameDiff loaded = SameDiff.load(file.toFile(), false);
    for (int batch : new int[] {1, 3}) {
      Map<String, Tensor> inputs = Samples.inputs(exported, batch, batch);
      Tensor image = Objects.requireNonNull(inputs.get("image"));
      INDArray array =
          Nd4j.create(
              image.toFloats(), GraphValues.arrange(image.shape().dims(), DataFormat.NCHW), 'c');
      Map<String, INDArray> found =
          loaded.output(Map.of("image", array), List.copyOf(exported.outputs().keySet()));
      Map<String, Tensor> outputs = new LinkedHashMap<>();
      found.forEach((name, value) -> outputs.put(name, tensor(value)));
      Samples.assertClose(Reference.run(exported, own, inputs), outputs, 1e-5);
    }
  }

  private static Tensor tensor(INDArray array) {
    int[] dims = new int[array.rank()];
    for (int i = 0; i < dims.length; i++) {
      dims[i] = Math.toIntExact(array.size(i));
    }
    return Tensor.of(array.dup('c').data().asFloat(), dims);
  }

  @Test
  void leavesNothingBesideTheFile() throws IOException {
    SameDiffExport.write(network, weights, folder.resolve("small.fb"));
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(List.of("small.fb"), files.map(f -> f.getFileName().toString()).toList());
    }
  }
}
