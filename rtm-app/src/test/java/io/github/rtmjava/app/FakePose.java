package io.github.rtmjava.app;

import io.github.rtmjava.checkpoint.Checkpoint;
import io.github.rtmjava.model.Architecture;
import io.github.rtmjava.model.Codec;
import io.github.rtmjava.model.InputSpec;
import io.github.rtmjava.model.ModelSpec;
import io.github.rtmjava.model.Recognition;
import io.github.rtmjava.model.Task;
import io.github.rtmjava.nn.Network;
import io.github.rtmjava.nn.NetworkBuilder;
import io.github.rtmjava.nn.Scope;
import io.github.rtmjava.nn.Value;
import io.github.rtmjava.tensor.Shape;
import java.util.List;
import java.util.Map;

/** A pose model's inputs and outputs, with nothing of worth between; see {@link FakeEngine}. */
public final class FakePose implements Architecture {
  static final int WIDTH = 24;
  static final int HEIGHT = 32;
  static final int KEYPOINTS = 133;

  static ModelSpec spec() {
    return spec("coco_wholebody", KEYPOINTS);
  }

  /** Of other keypoints. */
  static ModelSpec spec(String set, int keypoints) {
    return spec(Task.POSE_3D, WIDTH, set, keypoints);
  }

  /** Without depth. */
  static ModelSpec flatSpec() {
    return flatSpec("coco_wholebody", KEYPOINTS);
  }

  /** Without depth, of other keypoints. */
  static ModelSpec flatSpec(String set, int keypoints) {
    return spec(Task.POSE_2D, 0, set, keypoints);
  }

  private static ModelSpec spec(Task task, int depth, String set, int keypoints) {
    return new ModelSpec(
        "fake-pose",
        task,
        InputSpec.rgb(WIDTH, HEIGHT),
        depth == 0 ? new Codec.Simcc(2, 0, 0, 0) : new Codec.Simcc(2, depth, 2, 5),
        List.of(set),
        Map.of(ModelSpec.KEYPOINTS, keypoints));
  }

  @Override
  public String name() {
    return "fake-pose";
  }

  @Override
  public Recognition recognise(Checkpoint checkpoint) {
    return new Recognition.Foreign();
  }

  @Override
  public Network build(ModelSpec spec) {
    NetworkBuilder builder = new NetworkBuilder("fake pose");
    Value input = builder.input("input", 3, HEIGHT, WIDTH);
    Scope head = builder.scope("head");
    int keypoints = spec.hyperParameters().get(ModelSpec.KEYPOINTS);
    output(builder, head, input, "simcc_x", keypoints, 2 * WIDTH);
    output(builder, head, input, "simcc_y", keypoints, 2 * HEIGHT);
    if (spec.task() == Task.POSE_3D) {
      output(builder, head, input, "simcc_z", keypoints, 2 * WIDTH);
    }
    return builder.build();
  }

  private static void output(
      NetworkBuilder builder, Scope head, Value input, String name, int keypoints, int bins) {
    Value all = head.conv(name + "_all", input, keypoints * bins, 1, HEIGHT, 1);
    builder.output(name, head.reshape(name, all, Shape.BATCH, keypoints, bins));
  }
}
