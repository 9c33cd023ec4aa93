package io.github.rtmjava.architectures.rtmo;

import io.github.rtmjava.checkpoint.Checkpoint;
import io.github.rtmjava.checkpoint.Data;
import io.github.rtmjava.model.Codec;
import io.github.rtmjava.model.InputSpec;
import io.github.rtmjava.model.ModelSpec;
import io.github.rtmjava.model.Networks;
import io.github.rtmjava.model.Task;
import io.github.rtmjava.nn.block.CspDarknet;
import io.github.rtmjava.nn.block.HybridEncoder;
import io.github.rtmjava.tensor.DType;
import io.github.rtmjava.tensor.Shape;
import io.github.rtmjava.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A small RTMO, and a checkpoint that holds one. */
public final class SmallRtmo {
  private SmallRtmo() {}

  /** The specification as it is recognised, with an input of that size. */
  public static ModelSpec spec(int keypoints, String dataset, int width, int height) {
    Map<String, Integer> hyper = new TreeMap<>();
    new CspDarknet(List.of(4, 8, 8, 12, 16), List.of(1, 2, 1, 1), false).putInto(hyper);
    new HybridEncoder(16, 8, 24, 1, 8, 2, 12, 2).putInto(hyper);
    new RtmoHead(keypoints, 6, 2, 16, 4, 8, 10).putInto(hyper);
    new DccNetwork(keypoints, 10, 8, 12, 6, 8, 20, 24).putInto(hyper);
    return new ModelSpec(
        "rtmo",
        Task.POSE_2D,
        InputSpec.plainBgr(width, height),
        new Codec.Dcc(0.1f, 100_000, 0.65f, 1000, 1.25f),
        List.of(dataset),
        hyper);
  }

  /** Zeros of the shapes that the networks need, and the tensors that none reads. */
  static Map<String, Tensor> tensors(ModelSpec spec) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    Networks.of(spec).weights().forEach((key, shape) -> tensors.put(key, zeros(shape.dims())));
    tensors.put("head.dcc.x_bins", zeros(spec.hyper("bins_x")));
    tensors.put("head.dcc.y_bins", zeros(spec.hyper("bins_y")));
    tensors.put("head.dcc.sigma_fc.0.weight", zeros(spec.hyper("keypoints"), 10));
    tensors.put("head.head_module.out_kpt_reg.0.weight", zeros(34, 16, 1, 1));
    tensors.put("head.loss_oks.sigmas", zeros(spec.hyper("keypoints")));
    tensors.put("neck.sincos_pos_enc.dim_t", zeros(4));
    return tensors;
  }

  static Tensor zeros(int... dims) {
    return Tensor.allocate(DType.FLOAT32, Shape.of(dims));
  }

  static Checkpoint checkpoint(Map<String, Tensor> tensors) {
    return new Checkpoint("made.pth", "test", tensors, Data.Dict.EMPTY, Data.Dict.EMPTY);
  }
}
