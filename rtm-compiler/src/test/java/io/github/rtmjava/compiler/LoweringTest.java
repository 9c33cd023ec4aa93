package io.github.rtmjava.compiler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.compiler.Kernel.Arithmetic;
import io.github.rtmjava.engine.EngineException;
import io.github.rtmjava.nn.NetworkBuilder;
import io.github.rtmjava.nn.Op.Activation.Function;
import io.github.rtmjava.nn.Scope;
import io.github.rtmjava.nn.Value;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoweringTest {
  private static final PostOp SILU = new PostOp.Apply(Function.SILU);
  private static final PostOp RELU = new PostOp.Apply(Function.RELU);
  private static final PostOp ADD = new PostOp.AddInput();

  @Test
  void aConvolutionAppliesItsFunction() {
    Program program =
        Built.program(
            (root, x) -> root.activation("out", root.conv("conv", x, 8, 3, 2, 1), Function.SILU));
    Step step = Built.step(program, "out");
    assertEquals(new Kernel.Convolution("conv.weight", null, 4, 8, 3, 2, 1, 1), step.kernel());
    assertEquals(List.of(SILU), step.post());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aConvolutionAddsItsResidual(boolean residualFirst) {
    Program program =
        Built.program(
            (root, x) -> {
              Value pooled = root.maxPool("pooled", x, 3);
              Value y = root.activation("act", root.conv("conv", x, 4, 3, 1, 1), Function.SILU);
              return residualFirst ? root.add("out", pooled, y) : root.add("out", y, pooled);
            });
    Step step = Built.step(program, "out");
    assertEquals(List.of(SILU, ADD), step.post());
    assertEquals(
        List.of(Built.slot(program, "image*"), Built.slot(program, "pooled")), step.inputs());
  }

  @Test
  void aConvolutionAddsOnce() {
    Program program =
        Built.program(
            (root, x) -> {
              Value y = root.add("first", root.conv("conv", x, 4, 1, 1, 1), x);
              return root.add("out", y, x);
            });
    assertEquals(List.of(ADD), Built.step(program, "first").post());
    assertEquals(new Kernel.Combine(Arithmetic.ADD), Built.step(program, "out").kernel());
  }

  @Test
  void twiceTheSameMapIsASumOfItsOwn() {
    Program program =
        Built.program(
            (root, x) -> {
              Value y = root.conv("conv", x, 4, 1, 1, 1);
              return root.add("out", y, y);
            });
    Step step = Built.step(program, "out");
    assertEquals(new Kernel.Combine(Arithmetic.ADD), step.kernel());
    assertEquals(List.of(Built.slot(program, "conv"), Built.slot(program, "conv")), step.inputs());
  }

  @Test
  void whatOthersReadIsStoredBeforeItIsChanged() {
    Program program =
        Built.program(
            (root, x) -> {
              Value y = root.conv("conv", x, 4, 1, 1, 1);
              return root.concat("out", 1, y, root.activation("act", y, Function.SILU));
            });
    assertEquals(List.of(), Built.step(program, "conv").post());
    assertEquals(new Kernel.Elementwise(), Built.step(program, "act").kernel());
    assertEquals(List.of(SILU), Built.step(program, "act").post());
  }

  @Test
  void anOutputIsStoredBeforeItIsChanged() {
    NetworkBuilder builder = new NetworkBuilder("test");
    Value y = builder.scope("").conv("conv", builder.input("image", 4, 6, 6), 1, 1, 1, 1);
    builder.output("raw", y);
    builder.output("out", builder.scope("").activation("act", y, Function.SILU));
    assertEquals(List.of(), Built.step(Built.program(builder.build()), "conv").post());
  }

  @Test
  void attentionOfKeypointsIsOneProduct() {
    Step step = Built.step(Built.program(SmallNetworks.pose("rtmpose", false)), "head.gau.kernel");
    assertEquals(new Kernel.Product(true), step.kernel());
    assertEquals(List.of(new PostOp.Times(0.5), RELU, new PostOp.Square()), step.post());
  }

  @Test
  void distancesAreMadeByTheConvolutionThatPredictsThem() {
    Step step = Built.step(Built.program(SmallNetworks.detector(false)), "bbox_head.distances.1");
    assertTrue(step.kernel() instanceof Kernel.Convolution);
    assertEquals(List.of(new PostOp.Apply(Function.EXP), new PostOp.Times(16)), step.post());
  }

  @Test
  void aLinearLayerIsAPointwiseConvolution() {
    Program program =
        Built.program((root, x) -> root.linear("out", root.reshape("rows", x, -1, 4, 36), 5));
    assertEquals(
        List.of(
            new Kernel.Transpose(), new Kernel.Convolution("out.weight", null, 36, 5, 1, 1, 0, 1)),
        Built.kernels(program));
  }

  @Test
  void pixelsAsRowsAreNotTransposed() {
    Program program =
        Built.program((root, x) -> root.transpose("out", root.reshape("flat", x, -1, 4, 36)));
    assertEquals(List.of(new Kernel.Reshape()), Built.kernels(program));
  }

  @Test
  void whatOthersReadIsFlattenedBeforeItIsTransposed() {
    NetworkBuilder builder = new NetworkBuilder("test");
    Scope root = builder.scope("");
    Value flat = root.reshape("flat", builder.input("image", 4, 6, 6), -1, 4, 36);
    builder.output("flat", flat);
    builder.output("out", root.transpose("pixels", flat));
    assertEquals(
        List.of(new Kernel.Transpose(), new Kernel.Transpose()),
        Built.kernels(Built.program(builder.build())));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void factorsPerChannelComeSecond(boolean factorsFirst) {
    Program program =
        Built.program(
            (root, x) -> {
              Value mean = root.globalAvgPool("mean", x);
              return factorsFirst ? root.mul("out", mean, x) : root.mul("out", x, mean);
            });
    Step step = Built.step(program, "out");
    assertEquals(new Kernel.Combine(Arithmetic.MULTIPLY), step.kernel());
    assertEquals(
        List.of(Built.slot(program, "image*"), Built.slot(program, "mean")), step.inputs());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void constantsAreNamed(boolean constantFirst) {
    Program program =
        Built.program(
            (root, x) -> {
              Value g = root.weight("g", 4, 1, 1);
              return constantFirst ? root.mul("out", g, x) : root.mul("out", x, g);
            });
    Step step = Built.step(program, "out");
    assertEquals(new Kernel.CombineConstant(Arithmetic.MULTIPLY, "g"), step.kernel());
    assertEquals(List.of(Built.slot(program, "image*")), step.inputs());
  }

  @Test
  void mapsAreHandedOutInTheNetworksOrder() {
    Program program = Built.program((root, x) -> root.maxPool("pooled", x, 3));
    Slot out = program.outputs().values().iterator().next();
    assertEquals(new Kernel.Transpose(), Built.step(program, out.name()).kernel());
    assertEquals(List.of(4, 36), List.of(out.pixels(), out.channels()));
  }

  @Test
  void aMapOfOneChannelIsHandedOutAsItIs() {
    Program program = Built.program((root, x) -> root.slice("out", x, 1, 2, 3));
    assertEquals(Built.slot(program, "out"), program.outputs().get("out"));
  }

  @Test
  void aColumnAndARowOfAsManyPixelsAreNoSumOfPixels() {
    NetworkBuilder builder = new NetworkBuilder("test");
    Value column = builder.input("column", 4, 6, 1);
    Value row = builder.input("row", 4, 1, 6);
    builder.output("out", builder.scope("").add("sum", column, row));
    EngineException e = assertThrows(EngineException.class, () -> Built.program(builder.build()));
    assertTrue(e.getMessage().contains("no step for Add[]"), e.getMessage());
  }

  static Stream<Built.Body> unable() {
    return Stream.of(
        (root, x) -> root.in("neck").concat("bad", 2, x, x),
        (root, x) -> root.in("neck").slice("bad", x, 3, 0, 2),
        (root, x) -> root.in("neck").linear("bad", x, 3),
        (root, x) -> root.in("neck").scaleNorm("bad", x, 1e-5),
        (root, x) -> root.in("neck").softmax("bad", x),
        (root, x) -> root.in("neck").layerNorm("bad", x, 1e-5),
        (root, x) -> root.in("neck").add("bad", x, root.slice("one", x, 1, 0, 1)));
  }

  @ParameterizedTest
  @MethodSource("unable")
  void whatNoStepCanDoIsNamed(Built.Body unable) {
    String op = Built.network(unable).nodes().stream().reduce((a, b) -> b).orElseThrow().op() + "";
    EngineException e = assertThrows(EngineException.class, () -> Built.program(unable));
    assertTrue(e.getMessage().contains("no step for " + op), e.getMessage());
    assertTrue(e.getMessage().contains("'neck.bad'"), e.getMessage());
  }
}
