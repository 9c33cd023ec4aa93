package io.github.rtmjava.compiler;

import io.github.rtmjava.nn.Node;
import io.github.rtmjava.nn.Op;
import io.github.rtmjava.nn.OpVisitor;
import io.github.rtmjava.nn.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which part each operation takes in fusion. */
final class FusionRules implements OpVisitor<FusionRules.Rule, RuntimeException> {
  /**
   * The part of one node.
   *
   * @param post what it does to each element of one value; null if it does anything else
   * @param takesPostOps whether what is done to each element of its result can be done with it
   * @param takesAddend whether that may be a sum with another value
   */
  record Rule(@Nullable PostOp post, boolean takesPostOps, boolean takesAddend) {
    private static final Rule ALONE = new Rule(null, false, false);
    private static final Rule LEADS = new Rule(null, true, false);
    private static final Rule LEADS_SUMS = new Rule(null, true, true);

    private static Rule post(PostOp post) {
      return new Rule(post, true, false);
    }
  }

  @Override
  public Rule conv(Node node, Op.Conv op) {
    return Rule.LEADS_SUMS;
  }

  @Override
  public Rule linear(Node node, Op.Linear op) {
    return Rule.LEADS_SUMS;
  }

  @Override
  public Rule convTranspose(Node node, Op.ConvTranspose op) {
    return Rule.LEADS;
  }

  @Override
  public Rule matMul(Node node, Op.MatMul op) {
    return Rule.LEADS;
  }

  @Override
  public Rule add(Node node, Op.Add op) {
    List<Value> in = node.inputs();
    return in.get(0).shape().equals(in.get(1).shape())
        ? Rule.post(new PostOp.AddInput())
        : Rule.LEADS;
  }

  @Override
  public Rule mul(Node node, Op.Mul op) {
    List<Value> in = node.inputs();
    return in.get(0).equals(in.get(1)) ? Rule.post(new PostOp.Square()) : Rule.LEADS;
  }

  @Override
  public Rule activation(Node node, Op.Activation op) {
    return Rule.post(new PostOp.Apply(op.function()));
  }

  @Override
  public Rule scale(Node node, Op.Scale op) {
    return Rule.post(new PostOp.Times(op.factor()));
  }

  @Override
  public Rule weight(Node node, Op.Weight op) {
    return Rule.ALONE;
  }

  @Override
  public Rule constant(Node node, Op.Constant op) {
    return Rule.ALONE;
  }

  @Override
  public Rule norm(Node node, Op.Norm op) {
    return Rule.ALONE;
  }

  @Override
  public Rule scaleNorm(Node node, Op.ScaleNorm op) {
    return Rule.ALONE;
  }

  @Override
  public Rule layerNorm(Node node, Op.LayerNorm op) {
    return Rule.ALONE;
  }

  @Override
  public Rule softmax(Node node, Op.Softmax op) {
    return Rule.ALONE;
  }

  @Override
  public Rule concat(Node node, Op.Concat op) {
    return Rule.ALONE;
  }

  @Override
  public Rule slice(Node node, Op.Slice op) {
    return Rule.ALONE;
  }

  @Override
  public Rule split(Node node, Op.Split op) {
    return Rule.ALONE;
  }

  @Override
  public Rule normalizePixels(Node node, Op.NormalizePixels op) {
    return Rule.ALONE;
  }

  @Override
  public Rule maxPool(Node node, Op.MaxPool op) {
    return Rule.ALONE;
  }

  @Override
  public Rule globalAvgPool(Node node, Op.GlobalAvgPool op) {
    return Rule.ALONE;
  }

  @Override
  public Rule upsample(Node node, Op.Upsample op) {
    return Rule.ALONE;
  }

  @Override
  public Rule pixelShuffle(Node node, Op.PixelShuffle op) {
    return Rule.ALONE;
  }

  @Override
  public Rule focus(Node node, Op.Focus op) {
    return Rule.ALONE;
  }

  @Override
  public Rule transpose(Node node, Op.Transpose op) {
    return Rule.ALONE;
  }

  @Override
  public Rule reshape(Node node, Op.Reshape op) {
    return Rule.ALONE;
  }
}
