package io.github.rtmjava.converter;

import io.github.rtmjava.bundle.BundleWeights;
import io.github.rtmjava.bundle.Bundles;
import io.github.rtmjava.checkpoint.CheckpointException;
import io.github.rtmjava.engine.CompiledModel;
import io.github.rtmjava.engine.Engine;
import io.github.rtmjava.engine.EngineOptions;
import io.github.rtmjava.engine.Session;
import io.github.rtmjava.model.InputSpec;
import io.github.rtmjava.model.Model;
import io.github.rtmjava.model.Networks;
import io.github.rtmjava.model.WeightCheck;
import io.github.rtmjava.nn.Network;
import io.github.rtmjava.nn.Value;
import io.github.rtmjava.tensor.DType;
import io.github.rtmjava.tensor.Tensor;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Checks of a bundle, each of which throws where something is wrong. */
final class Verification {
  private final Model model;
  private final String promisedSha256;
  private final BundleWeights weights;

  Verification(Bundles.Opened bundle) {
    this.model = bundle.model();
    this.promisedSha256 = bundle.weightSha256();
    this.weights = bundle.weights();
  }

  /** Compares the weights' checksum with the one in {@code model.json}. */
  void checksum() throws IOException {
    String found = weights.sha256();
    if (!found.equals(promisedSha256)) {
      throw new CheckpointException(
          "expected weights with SHA-256 %s, found %s; the bundle is damaged: fetch or convert it"
                  .formatted(promisedSha256, found)
              + " again");
    }
  }

  /** Compares tensors with the networks' and looks for NaN; returns their number. */
  int tensors() throws IOException {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (String key : weights.keys()) {
      Tensor tensor = weights.get(key);
      if (tensor.dtype().isFloating()) {
        requireFinite("weight " + key, tensor.toFloats());
      }
      tensors.put(key, tensor);
    }
    Optional<String> differences = WeightCheck.differences(networks(), tensors);
    if (differences.isPresent()) {
      throw new CheckpointException(
          "the tensors do not fit a %s network: %s"
              .formatted(model.spec().architecture(), differences.get()));
    }
    return tensors.size();
  }

  /** Runs the networks on made-up inputs; returns each output's shape and range. */
  Map<String, String> run(Engine engine) throws IOException {
    Map<String, String> ranges = new LinkedHashMap<>();
    for (Network network : networks().all()) {
      run(network, engine, ranges);
    }
    return ranges;
  }

  private void run(Network network, Engine engine, Map<String, String> ranges) throws IOException {
    try (CompiledModel compiled = engine.compile(network, weights, EngineOptions.DEFAULT);
        Session session = compiled.newSession()) {
      Map<String, Tensor> inputs = new LinkedHashMap<>();
      for (Value input : network.inputs()) {
        inputs.put(input.name(), made(input));
      }
      for (Map.Entry<String, Tensor> output : session.run(inputs).entrySet()) {
        float[] values = output.getValue().toFloats();
        requireFinite("output " + output.getKey(), values);
        float min = Float.POSITIVE_INFINITY;
        float max = Float.NEGATIVE_INFINITY;
        for (float value : values) {
          min = Math.min(min, value);
          max = Math.max(max, value);
        }
        ranges.put(output.getKey(), "%s, %s to %s".formatted(output.getValue().shape(), min, max));
      }
    }
  }

  private Networks networks() throws CheckpointException {
    try {
      return model.networks();
    } catch (IllegalArgumentException e) {
      throw new CheckpointException("the network cannot be built: " + e.getMessage(), e);
    }
  }

  /** A picture, or waves where a further network reads something else. */
  private Tensor made(Value input) {
    if (input.shape().rank() == 4) {
      return picture(input);
    }
    Tensor tensor = Tensor.allocate(DType.FLOAT32, input.shape().withBatch(1));
    FloatBuffer out = tensor.floats();
    for (int i = 0; out.hasRemaining(); i++) {
      out.put((float) Math.sin(i / 17.0));
    }
    return tensor;
  }

  /** Waves of different length in each channel: smooth, with all levels from 0 to 255. */
  private Tensor picture(Value input) {
    InputSpec spec = model.spec().input();
    Tensor tensor = Tensor.allocate(DType.FLOAT32, input.shape().withBatch(1));
    FloatBuffer out = tensor.floats();
    for (int channel = 0; channel < input.shape().dim(1); channel++) {
      double length = 17 + 12 * channel;
      for (int y = 0; y < input.shape().dim(2); y++) {
        for (int x = 0; x < input.shape().dim(3); x++) {
          double level = 127.5 * (1 + Math.sin(x / length) * Math.cos(y / length));
          out.put((float) ((level - spec.mean()[channel % 3]) / spec.std()[channel % 3]));
        }
      }
    }
    return tensor;
  }

  private static void requireFinite(String what, float[] values) throws CheckpointException {
    for (float value : values) {
      if (!Float.isFinite(value)) {
        throw new CheckpointException(
            "expected finite numbers, found %s in %s; the model is unusable"
                .formatted(value, what));
      }
    }
  }
}
