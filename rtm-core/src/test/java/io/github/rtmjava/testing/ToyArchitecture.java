package io.github.rtmjava.testing;

import io.github.rtmjava.checkpoint.Checkpoint;
import io.github.rtmjava.model.Architecture;
import io.github.rtmjava.model.Codec;
import io.github.rtmjava.model.InputSpec;
import io.github.rtmjava.model.ModelSpec;
import io.github.rtmjava.model.Recognition;
import io.github.rtmjava.model.Task;
import io.github.rtmjava.nn.Network;
import io.github.rtmjava.nn.NetworkBuilder;
import io.github.rtmjava.nn.Op.Activation.Function;
import io.github.rtmjava.nn.Scope;
import io.github.rtmjava.nn.Value;
import io.github.rtmjava.tensor.Shape;
import io.github.rtmjava.tensor.Tensor;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A detector of three layers: {@code toy.conv}, {@code toy.bn}, and {@code head} with an exp. */
public final class ToyArchitecture implements Architecture {
  @Override
  public String name() {
    return "toy";
  }

  @Override
  public Recognition recognise(Checkpoint checkpoint) {
    if (!checkpoint.hasPrefix("toy.")) {
      return new Recognition.Foreign();
    }
    if (!checkpoint.hasPrefix("head.")) {
      return new Recognition.Part("toy", List.of("toy"), List.of("head"));
    }
    int width = checkpoint.shape("toy.conv.weight").map(s -> s.dim(0)).orElse(0);
    ModelSpec spec = spec(width);
    return new Recognition.Whole(checkpoint.has("second.weight") ? withSecond(spec) : spec);
  }

  /** What it makes of weights of so many channels. */
  public static ModelSpec spec(int width) {
    return new ModelSpec(
        "toy",
        Task.DETECTION,
        InputSpec.bgr(32, 32),
        new Codec.Boxes(0.05f, 1000, 0.6f, 100, 0.3f),
        List.of("person"),
        Map.of("width", width));
  }

  /** A model with a further network, {@code second}. */
  private static ModelSpec withSecond(ModelSpec spec) {
    Map<String, Integer> hyper = new HashMap<>(spec.hyperParameters());
    hyper.put("second", 1);
    return new ModelSpec(
        spec.architecture(), spec.task(), spec.input(), spec.codec(), spec.labels(), hyper);
  }

  @Override
  public Map<String, Network> buildFurther(ModelSpec spec) {
    if (!spec.hyperParameters().containsKey("second")) {
      return Map.of();
    }
    NetworkBuilder builder = new NetworkBuilder("toy second");
    Value x = builder.input("vector", Shape.of(Shape.BATCH, 3));
    builder.output("sum", builder.scope("").linear("second", x, 2));
    return Map.of("second", builder.build());
  }

  @Override
  public boolean leavesUnread(String key) {
    return key.startsWith("loss.");
  }

  @Override
  public Network build(ModelSpec spec) {
    NetworkBuilder builder = new NetworkBuilder("toy");
    Value x = builder.input("input", 3, spec.input().height(), spec.input().width());
    Scope root = builder.scope("");
    Value y = root.in("toy").conv("conv", x, spec.hyper("width"), 3, 2, 1);
    y = root.in("toy").norm("bn", y, 1e-5);
    y = root.in("toy").activation("act", y, Function.SILU);
    Value head = root.convWithBias("head", y, 4);
    builder.output("reg0", root.activation("exp", head, Function.EXP));
    return builder.build();
  }

  /** The same weights with those of a further network, and one that no network reads. */
  public static Map<String, Tensor> weightsWithSecond() {
    Map<String, Tensor> weights = weights();
    weights.put("second.weight", MadeWeights.uniform("second.weight", 0, 0.5, 2, 3));
    weights.put("loss.sigmas", MadeWeights.uniform("loss.sigmas", 0, 0.5, 5));
    return weights;
  }

  /** Weights of a toy network of four channels, made by rule. */
  public static Map<String, Tensor> weights() {
    Map<String, Tensor> weights = new LinkedHashMap<>();
    weights.put("toy.conv.weight", MadeWeights.uniform("toy.conv.weight", 0, 0.5, 4, 3, 3, 3));
    weights.put("toy.bn.weight", MadeWeights.uniform("toy.bn.weight", 1, 0.2, 4));
    weights.put("toy.bn.bias", MadeWeights.uniform("toy.bn.bias", 0, 0.1, 4));
    weights.put("toy.bn.running_mean", MadeWeights.uniform("toy.bn.running_mean", 0, 0.1, 4));
    weights.put("toy.bn.running_var", MadeWeights.uniform("toy.bn.running_var", 1, 0.5, 4));
    weights.put("toy.bn.num_batches_tracked", MadeWeights.counter(7, Shape.of()));
    weights.put("head.weight", MadeWeights.uniform("head.weight", 0, 0.5, 4, 4, 1, 1));
    weights.put("head.bias", MadeWeights.uniform("head.bias", 0, 0.1, 4));
    return weights;
  }
}
