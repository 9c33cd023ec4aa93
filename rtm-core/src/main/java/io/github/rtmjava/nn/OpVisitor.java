package io.github.rtmjava.nn;

import org.jspecify.annotations.Nullable;

/**
 * An answer for every operation: what must have one implements this and asks {@link Node#accept}. A
 * new operation has a method here, so that whatever has no answer for it does not compile.
 *
 * @param <R> the answer; {@link Void} of what only does something
 * @param <X> what may be thrown
 */
public interface OpVisitor<R extends @Nullable Object, X extends Exception> {
  R weight(Node node, Op.Weight op) throws X;

  R constant(Node node, Op.Constant op) throws X;

  R conv(Node node, Op.Conv op) throws X;

  R norm(Node node, Op.Norm op) throws X;

  R convTranspose(Node node, Op.ConvTranspose op) throws X;

  R activation(Node node, Op.Activation op) throws X;

  R scale(Node node, Op.Scale op) throws X;

  R scaleNorm(Node node, Op.ScaleNorm op) throws X;

  R layerNorm(Node node, Op.LayerNorm op) throws X;

  R softmax(Node node, Op.Softmax op) throws X;

  R add(Node node, Op.Add op) throws X;

  R mul(Node node, Op.Mul op) throws X;

  R concat(Node node, Op.Concat op) throws X;

  R slice(Node node, Op.Slice op) throws X;

  R split(Node node, Op.Split op) throws X;

  R normalizePixels(Node node, Op.NormalizePixels op) throws X;

  R maxPool(Node node, Op.MaxPool op) throws X;

  R globalAvgPool(Node node, Op.GlobalAvgPool op) throws X;

  R upsample(Node node, Op.Upsample op) throws X;

  R pixelShuffle(Node node, Op.PixelShuffle op) throws X;

  R focus(Node node, Op.Focus op) throws X;

  R linear(Node node, Op.Linear op) throws X;

  R matMul(Node node, Op.MatMul op) throws X;

  R transpose(Node node, Op.Transpose op) throws X;

  R reshape(Node node, Op.Reshape op) throws X;
}
