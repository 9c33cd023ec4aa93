package io.github.rtmjava.samediff;

import java.util.List;
import org.nd4j.autodiff.functions.DifferentialFunction;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.CustomOp;
import org.nd4j.linalg.api.ops.Op;
import org.nd4j.linalg.api.ops.OpContext;
import org.nd4j.linalg.api.ops.executioner.OpExecutioner;
import org.nd4j.linalg.api.shape.LongShapeDescriptor;
import org.nd4j.linalg.factory.Nd4j;

/** One operation with its arguments and arrays set once, to be executed again and again. */
final class PreparedOperation implements AutoCloseable {
  private final OpExecutioner executioner = Nd4j.getExecutioner();
  private final OpContext context = executioner.buildContext();
  private final DifferentialFunction op;

  PreparedOperation(DifferentialFunction op, List<INDArray> inputs) {
    this.op = op;
    context.setInputArrays(inputs);
    if (op instanceof CustomOp custom) {
      context.setIArguments(custom.iArgs());
      context.setTArguments(custom.tArgs());
      context.setBArguments(custom.bArgs());
      context.setDArguments(custom.dArgs());
    }
  }

  /** The shape of what the operation makes of its inputs. */
  long[] outputShape() {
    List<LongShapeDescriptor> shapes = op.calculateOutputShape(context);
    if (shapes.size() != 1) {
      throw new IllegalStateException(
          "%s makes %s arrays, expected 1".formatted(op.opName(), shapes.size()));
    }
    return shapes.get(0).getShape();
  }

  PreparedOperation into(INDArray output) {
    context.setOutputArray(0, output);
    return this;
  }

  void run() {
    if (op instanceof CustomOp custom) {
      executioner.exec(custom, context);
    } else {
      executioner.exec((Op) op, context);
    }
  }

  @Override
  public void close() {
    context.purge();
    try {
      context.close();
    } catch (Exception e) {
      throw new IllegalStateException("an operation's context did not close", e);
    }
  }
}
