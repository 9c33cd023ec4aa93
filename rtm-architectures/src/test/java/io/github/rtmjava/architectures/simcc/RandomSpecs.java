package io.github.rtmjava.architectures.simcc;

import io.github.rtmjava.checkpoint.Checkpoint;
import io.github.rtmjava.checkpoint.Data;
import io.github.rtmjava.geometry.Camera;
import io.github.rtmjava.model.Architecture;
import io.github.rtmjava.model.Codec;
import io.github.rtmjava.model.InputSpec;
import io.github.rtmjava.model.ModelSpec;
import io.github.rtmjava.model.Task;
import io.github.rtmjava.nn.block.CspNext;
import io.github.rtmjava.tensor.DType;
import io.github.rtmjava.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** Small networks of every size and proportion, and checkpoints that hold them. */
public final class RandomSpecs {
  private final SplittableRandom random;

  public RandomSpecs(long seed) {
    this.random = new SplittableRandom(seed);
  }

  public ModelSpec next(String architecture) {
    return next(architecture, 32 * (1 + random.nextInt(4)), 32 * (1 + random.nextInt(4)));
  }

  public ModelSpec next(String architecture, int width, int height) {
    boolean deep = architecture.equals(Rtmw3d.NAME);
    int split = 1 + random.nextInt(4);
    int depth = deep ? 16 * (1 + random.nextInt(6)) : 0;
    int keypoints = 30 + random.nextInt(60);
    Map<String, Integer> hyper = new TreeMap<>();
    backbone().putInto(hyper);
    hyper.put("keypoints", keypoints);
    hyper.put("final_kernel", oddKernel());
    if (architecture.equals(RtmPose.NAME)) {
      hyper.put("features", 4 + random.nextInt(4));
    } else {
      hyper.put("neck_blocks", 1 + random.nextInt(2));
      hyper.put("decoder_kernel", oddKernel());
      hyper.put("coarse_features", 4 + random.nextInt(4));
      hyper.put("fine_features", 4 + random.nextInt(4));
    }
    hyper.put("gau_expansion", 4 + random.nextInt(8));
    hyper.put("gau_features", 4 + random.nextInt(8));
    hyper.put("bins_x", width * split);
    hyper.put("bins_y", height * split);
    if (deep) {
      hyper.put("bins_z", depth * split);
    }
    return new ModelSpec(
        architecture,
        deep ? Task.POSE_3D : Task.POSE_2D,
        InputSpec.rgb(width, height),
        deep
            ? new Codec.Simcc(split, depth, 2.1744869, Camera.NOMINAL_ROOT_DEPTH)
            : new Codec.Simcc(split, 0, 0, 0),
        List.of("keypoints_" + keypoints),
        hyper);
  }

  private CspNext backbone() {
    int stem = 2 + 2 * random.nextInt(2);
    return new CspNext(
        stem,
        List.of(2 * stem, 4 * stem, 8 * stem, 16 * stem, 32 * stem),
        List.of(1, 1 + random.nextInt(2), 1, 1),
        random.nextBoolean(),
        random.nextBoolean());
  }

  private int oddKernel() {
    return 3 + 2 * random.nextInt(3);
  }

  /** Zeros of the shapes that the network needs, by key. */
  static Map<String, Tensor> tensors(Architecture architecture, ModelSpec spec) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    architecture
        .build(spec)
        .weights()
        .forEach((key, shape) -> tensors.put(key, Tensor.allocate(DType.FLOAT32, shape)));
    return tensors;
  }

  static Checkpoint checkpoint(Map<String, Tensor> tensors) {
    return checkpoint(tensors, Data.Dict.EMPTY);
  }

  static Checkpoint checkpoint(Map<String, Tensor> tensors, Data.Dict meta) {
    return new Checkpoint("made.pth", "test", tensors, meta, Data.Dict.EMPTY);
  }
}
