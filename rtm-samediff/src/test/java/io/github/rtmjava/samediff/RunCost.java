package io.github.rtmjava.samediff;

import io.github.rtmjava.engine.CompiledModel;
import io.github.rtmjava.engine.EngineOptions;
import io.github.rtmjava.engine.Session;
import io.github.rtmjava.model.Weights;
import io.github.rtmjava.nn.Network;
import io.github.rtmjava.tensor.Tensor;
import io.github.rtmjava.testing.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What one run of a small network costs beyond arithmetic, through {@link SameDiff#output} and
 * through the engine: time per operation, and the process's memory over runs of varying batches.
 * The figures in the module's README come from here.
 */
final class RunCost {
  private static final int[] BATCHES = {1, 5, 2, 8, 3, 1, 7, 4};

  private RunCost() {}

  public static void main(String[] arguments) throws IOException {
    Network network = Samples.small();
    Weights weights = Samples.weights(network, 1);
    List<Map<String, Tensor>> inputs = new ArrayList<>();
    for (int batch : BATCHES) {
      inputs.add(Samples.inputs(network, batch, batch));
    }
    if (arguments.length > 0 && arguments[0].equals("engine")) {
      try (CompiledModel model =
              new SameDiffEngine().compile(network, weights, EngineOptions.DEFAULT);
          Session session = model.newSession()) {
        measure(network.nodes().size(), inputs, session::run);
      }
    } else {
      SameDiff graph = SameDiffEmitter.emit(network, weights);
      List<String> outputs = new ArrayList<>(network.outputs().keySet());
      measure(
          network.nodes().size(),
          inputs,
          batch -> {
            Map<String, INDArray> placeholders = new HashMap<>();
            batch.forEach((name, tensor) -> placeholders.put(name, array(tensor)));
            graph.output(placeholders, outputs).values().forEach(INDArray::close);
            placeholders.values().forEach(INDArray::close);
          });
    }
  }

  private interface Run {
    void of(Map<String, Tensor> inputs);
  }

  private static void measure(int nodes, List<Map<String, Tensor>> inputs, Run run)
      throws IOException {
    for (int i = 0; i <= 1000; i++) {
      if (i % 200 == 0) {
        System.out.printf("after %4d runs: %d MiB resident%n", i, residentMiB());
      }
      run.of(inputs.get(i % inputs.size()));
    }
    double best = Double.MAX_VALUE;
    for (int i = 0; i < 500; i++) {
      long start = System.nanoTime();
      run.of(inputs.get(0));
      best = Math.min(best, (double) (System.nanoTime() - start));
    }
    System.out.printf("one image: %.0f us, %.1f us per node%n", best / 1e3, best / 1e3 / nodes);
  }

  private static INDArray array(Tensor tensor) {
    long[] shape = GraphValues.arrange(tensor.shape().dims(), DataFormat.NCHW);
    return Nd4j.create(tensor.toFloats(), shape, 'c');
  }

  private static long residentMiB() throws IOException {
    System.gc();
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
        .findFirst()
        .orElseThrow();
  }
}
