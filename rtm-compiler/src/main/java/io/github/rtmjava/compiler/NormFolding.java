package io.github.rtmjava.compiler;

import io.github.rtmjava.model.BatchNorm;
import io.github.rtmjava.model.Weights;
import io.github.rtmjava.nn.Op;
import io.github.rtmjava.tensor.DType;
import io.github.rtmjava.tensor.Shape;
import io.github.rtmjava.tensor.Tensor;
import java.io.IOException;
import java.nio.FloatBuffer;
import org.jspecify.annotations.Nullable;

/** Operations that take up the batch norm after them, with weights made of both. */
final class NormFolding {
  private final Weights source;
  private final DerivedWeights weights;

  NormFolding(Weights source, DerivedWeights weights) {
    this.source = source;
    this.weights = weights;
  }

  /** The convolution and the norm of its result in one. */
  Op.Conv of(Op.Conv c, Op.Norm norm) {
    return new Op.Conv(
        kernels(c.weight(), norm, 1),
        bias(c.weight(), c.bias(), norm),
        c.in(),
        c.out(),
        c.kernel(),
        c.stride(),
        c.padding(),
        c.groups());
  }

  /** The transposed convolution and the norm of its result in one. */
  Op.ConvTranspose of(Op.ConvTranspose c, Op.Norm norm) {
    return new Op.ConvTranspose(
        kernels(c.weight(), norm, c.in()),
        bias(c.weight(), c.bias(), norm),
        c.in(),
        c.out(),
        c.kernel(),
        c.stride(),
        c.padding());
  }

  /** The linear layer and the norm of its result [N, features] in one. */
  Op.Linear of(Op.Linear l, Op.Norm norm) {
    return new Op.Linear(
        kernels(l.weight(), norm, 1), bias(l.weight(), l.bias(), norm), l.in(), l.out());
  }

  /** Names the kernels: as many blocks [out, …] one after another. */
  private String kernels(String weight, Op.Norm norm, int blocks) {
    String name = weight + "*" + norm.scope();
    weights.add(name, () -> kernels(source.get(weight), norm, blocks));
    return name;
  }

  private Tensor kernels(Tensor stored, Op.Norm norm, int blocks) throws IOException {
    Tensor given = stored.toFloat32();
    // What had to be converted is a copy already.
    Tensor folded = given == stored ? Tensor.onHeap(DType.FLOAT32, given.shape()) : given;
    BatchNorm affine = BatchNorm.of(norm, source);
    FloatBuffer from = given.floats();
    FloatBuffer to = folded.floats();
    int each = from.remaining() / blocks;
    for (int block = 0; block < blocks; block++) {
      affine.foldKernels(from.slice(block * each, each), to.slice(block * each, each));
    }
    return folded;
  }

  private String bias(String weight, @Nullable String own, Op.Norm norm) {
    String name = norm.bias() + "*" + weight;
    weights.add(
        name,
        () -> {
          Tensor folded = Tensor.onHeap(DType.FLOAT32, Shape.of(norm.channels()));
          BatchNorm.of(norm, source)
              .foldBias(own == null ? null : source.get(own).toFloat32().floats(), folded.floats());
          return folded;
        });
    return name;
  }
}
