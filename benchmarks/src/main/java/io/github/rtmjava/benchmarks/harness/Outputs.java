package io.github.rtmjava.benchmarks.harness;

import io.github.rtmjava.files.NewFile;
import io.github.rtmjava.tensor.Tensor;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Outputs of a network, kept and compared. */
public final class Outputs {
  private Outputs() {}

  /** Copies outputs out of a session. */
  public static Map<String, float[]> copy(Map<String, Tensor> outputs) {
    Map<String, float[]> copy = new LinkedHashMap<>();
    outputs.forEach((name, tensor) -> copy.put(name, tensor.toFloats()));
    return copy;
  }

  static void write(Map<String, float[]> outputs, Path file) throws IOException {
    NewFile.write(
        file,
        out -> {
          DataOutputStream data = new DataOutputStream(out);
          data.writeInt(outputs.size());
          for (Map.Entry<String, float[]> output : outputs.entrySet()) {
            data.writeUTF(output.getKey());
            data.writeInt(output.getValue().length);
            for (float value : output.getValue()) {
              data.writeFloat(value);
            }
          }
          data.flush();
        });
  }

  static Map<String, float[]> read(Path file) throws IOException {
    try (DataInputStream data =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
      Map<String, float[]> outputs = new LinkedHashMap<>();
      int count = data.readInt();
      for (int i = 0; i < count; i++) {
        String name = data.readUTF();
        float[] values = new float[data.readInt()];
        for (int j = 0; j < values.length; j++) {
          values[j] = data.readFloat();
        }
        outputs.put(name, values);
      }
      return outputs;
    }
  }

  /**
   * The largest difference of any output, as a share of the range of that output's expected values;
   * infinite where a value is no number, or outputs are of other names or lengths.
   */
  public static double difference(Map<String, float[]> expected, Map<String, float[]> found) {
    if (!expected.keySet().equals(found.keySet())) {
      return Double.POSITIVE_INFINITY;
    }
    double worst = 0;
    for (Map.Entry<String, float[]> output : expected.entrySet()) {
      float[] values = found.get(output.getKey());
      worst =
          Math.max(
              worst,
              values == null ? Double.POSITIVE_INFINITY : difference(output.getValue(), values));
    }
    return worst;
  }

  private static double difference(float[] expected, float[] found) {
    if (expected.length != found.length) {
      return Double.POSITIVE_INFINITY;
    }
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    double worst = 0;
    for (int i = 0; i < expected.length; i++) {
      double difference = Math.abs((double) expected[i] - found[i]);
      if (!Double.isFinite(difference)) {
        return Double.POSITIVE_INFINITY;
      }
      least = Math.min(least, expected[i]);
      most = Math.max(most, expected[i]);
      worst = Math.max(worst, difference);
    }
    return worst == 0 ? 0 : worst / (most - least);
  }
}
