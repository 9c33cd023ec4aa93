package io.github.rtmjava.compiler;

import static io.github.rtmjava.compiler.Built.placement;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.github.rtmjava.engine.Precision;
import io.github.rtmjava.nn.NetworkBuilder;
import io.github.rtmjava.nn.Scope;
import io.github.rtmjava.nn.Value;
import io.github.rtmjava.tensor.DType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With a backend whose pointwise convolutions take windows, and whose other ones do not. */
class MemoryPlanTest {
  @Test
  void pointwiseConvolutionsWriteIntoTheJoinedMap() {
    MemoryPlan plan =
        plan(
            (root, x) -> {
              Value a = root.conv("a", x, 8, 1, 1, 1);
              Value b = root.conv("b", x, 3, 1, 1, 1);
              return root.conv("out", root.concat("joined", 1, a, b), 1, 1, 1, 1);
            });
    assertWithin(plan, "a", "joined", 0, 11);
    assertWithin(plan, "b", "joined", 8, 11);
  }

  @Test
  void whoCannotWriteAWindowIsCopied() {
    MemoryPlan plan =
        plan(
            (root, x) -> {
              Value a = root.conv("a", x, 8, 3, 1, 1);
              Value b = root.conv("b", x, 3, 1, 1, 1);
              return root.conv("out", root.concat("joined", 1, a, b), 1, 1, 1, 1);
            });
    assertOnItsOwn(plan, "a", 8);
    assertWithin(plan, "b", "joined", 8, 11);
  }

  @Test
  void aPartThatSomebodyCannotReadFromAWindowIsCopied() {
    MemoryPlan plan =
        plan(
            (root, x) -> {
              Value a = root.conv("a", x, 8, 1, 1, 1);
              Value b = root.conv("b", a, 3, 3, 1, 1);
              return root.conv("out", root.concat("joined", 1, a, b), 1, 1, 1, 1);
            });
    assertOnItsOwn(plan, "a", 8);
  }

  @Test
  void aPartThatIsThereTwiceIsCopied() {
    MemoryPlan plan =
        plan(
            (root, x) -> {
              Value a = root.conv("a", x, 8, 1, 1, 1);
              return root.conv("out", root.concat("joined", 1, a, a), 1, 1, 1, 1);
            });
    assertOnItsOwn(plan, "a", 8);
  }

  @Test
  void anOutputIsNoPart() {
    NetworkBuilder builder = new NetworkBuilder("test");
    Scope root = builder.scope("");
    Value image = builder.input("image", 4, 6, 6);
    Value a = root.conv("a", image, 1, 1, 1, 1);
    Value joined = root.concat("joined", 1, a, root.conv("b", image, 3, 1, 1, 1));
    builder.output("part", a);
    builder.output("out", root.conv("last", joined, 1, 1, 1, 1));
    Program program = Built.program(builder.build());
    MemoryPlan plan =
        MemoryPlan.of(program, MadeBackend.usual().choices(program), Precision.FLOAT32);
    assertOnItsOwn(plan, "a", 1);
    assertWithin(plan, "b", "joined", 1, 4);
  }

  @Test
  void partsOfPartsLieInTheOutermostMap() {
    MemoryPlan plan =
        plan(
            (root, x) -> {
              Value a = root.conv("a", x, 2, 1, 1, 1);
              Value b = root.conv("b", x, 3, 1, 1, 1);
              Value c = root.conv("c", x, 4, 1, 1, 1);
              Value inner = root.concat("inner", 1, a, b);
              return root.conv("out", root.concat("outer", 1, c, inner), 1, 1, 1, 1);
            });
    assertWithin(plan, "c", "outer", 0, 9);
    assertWithin(plan, "inner", "outer", 4, 9);
    assertWithin(plan, "a", "outer", 4, 9);
    assertWithin(plan, "b", "outer", 6, 9);
  }

  @Test
  void aPartOfTwoMapsLiesInTheLater() {
    MemoryPlan plan =
        plan(
            (root, x) -> {
              Value a = root.conv("a", x, 2, 1, 1, 1);
              Value first = root.concat("first", 1, root.conv("b", x, 3, 1, 1, 1), a);
              Value b = root.conv("c", first, 4, 1, 1, 1);
              return root.conv("out", root.concat("later", 1, a, b), 1, 1, 1, 1);
            });
    assertWithin(plan, "a", "later", 0, 6);
  }

  @Test
  void slicesAreWindows() {
    MemoryPlan plan =
        plan(
            (root, x) -> {
              Value y = root.conv("y", x, 8, 3, 1, 1);
              return root.conv("out", root.slice("cut", y, 1, 5, 8), 1, 1, 1, 1);
            });
    assertWithin(plan, "cut", "y", 5, 8);
  }

  @Test
  void aSliceThatSomebodyCannotReadFromAWindowIsCopied() {
    MemoryPlan plan =
        plan(
            (root, x) -> {
              Value y = root.conv("y", x, 8, 3, 1, 1);
              return root.conv("out", root.slice("cut", y, 1, 5, 8), 1, 3, 1, 1);
            });
    assertOnItsOwn(plan, "cut", 3);
  }

  @Test
  void slicesOfSlicesLieInTheWholeMap() {
    MemoryPlan plan =
        plan(
            (root, x) -> {
              Value y = root.slice("cut", root.conv("y", x, 8, 3, 1, 1), 1, 2, 8);
              return root.conv("out", root.slice("part", y, 1, 3, 5), 1, 1, 1, 1);
            });
    assertWithin(plan, "part", "y", 5, 8);
  }

  @Test
  void aSumGoesWhereItsSecondOperandDies() {
    MemoryPlan plan = plan((root, x) -> root.maxPool("out", residual(root, x), 3));
    assertEquals(placement(plan, "y"), placement(plan, "sum"));
  }

  @Test
  void aSecondOperandThatIsReadLaterStays() {
    MemoryPlan plan =
        plan(
            (root, x) -> {
              Value y = root.maxPool("y", x, 3);
              Value sum = root.add("sum", y, root.conv("conv", x, 4, 3, 1, 1));
              return root.conv("out", root.mul("product", sum, y), 1, 1, 1, 1);
            });
    assertNotEquals(placement(plan, "y").buffer(), placement(plan, "sum").buffer());
  }

  @Test
  void aSecondOperandThatTheConvolutionReadsStays() {
    MemoryPlan plan =
        plan(
            (root, x) -> {
              Value y = root.maxPool("y", x, 3);
              Value sum = root.add("sum", y, root.conv("conv", y, 4, 1, 1, 1));
              return root.conv("out", sum, 1, 1, 1, 1);
            });
    assertNotEquals(placement(plan, "y").buffer(), placement(plan, "sum").buffer());
  }

  @Test
  void aJoinedMapStaysSinceItsPartsMayBeRead() {
    MemoryPlan plan =
        plan(
            (root, x) -> {
              Value a = root.conv("a", x, 2, 1, 1, 1);
              Value b = root.conv("b", x, 2, 1, 1, 1);
              Value joined = root.concat("joined", 1, a, b);
              Value sum = root.add("sum", root.conv("c", a, 4, 1, 1, 1), joined);
              return root.conv("out", sum, 1, 1, 1, 1);
            });
    assertWithin(plan, "a", "joined", 0, 4);
    assertNotEquals(placement(plan, "joined").buffer(), placement(plan, "sum").buffer());
  }

  @Test
  void aChainOfSumsIsJoinedInPlace() {
    MemoryPlan plan =
        plan(
            (root, x) -> {
              Value y = root.conv("y", x, 4, 1, 1, 1);
              for (int i = 0; i < 3; i++) {
                Value z = root.conv("c" + i, root.conv("b" + i, y, 4, 1, 1, 1), 4, 1, 1, 1);
                y = root.add("sum" + i, y, z);
              }
              Value joined = root.concat("joined", 1, root.conv("a", x, 2, 1, 1, 1), y);
              return root.conv("out", joined, 1, 1, 1, 1);
            });
    for (String part : new String[] {"y", "sum0", "sum1", "sum2"}) {
      assertWithin(plan, part, "joined", 2, 6);
    }
  }

  @Test
  void buffersLiveFromTheFirstTouchToTheLast() {
    MemoryPlan plan =
        plan(
            (root, x) -> {
              Value a = root.conv("a", x, 2, 1, 1, 1);
              Value b = root.conv("b", root.maxPool("pooled", x, 3), 3, 1, 1, 1);
              return root.conv("out", root.concat("joined", 1, a, b), 1, 1, 1, 1);
            });
    assertEquals(
        new MemoryPlan.Buffer(36 * 5, DType.FLOAT32, 1, 5),
        plan.buffers().get(placement(plan, "joined").buffer()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"rtmpose", "rtmw", "rtmw3d"})
  void everyBlockOfTheBackboneAddsInPlace(String architecture) {
    Program program = Built.program(SmallNetworks.pose(architecture, false));
    MemoryPlan plan =
        MemoryPlan.of(program, MadeBackend.usual().choices(program), Precision.FLOAT32);
    long sums =
        program.steps().stream()
            .filter(Step::addsInput)
            .filter(step -> step.name().startsWith("backbone."))
            .peek(
                step ->
                    assertEquals(
                        plan.placement(step.inputs().get(step.inputs().size() - 1)),
                        plan.placement(step.output()),
                        step.name()))
            .count();
    assertEquals(5, sums);
  }

  private static Value residual(Scope root, Value x) {
    Value y = root.maxPool("y", x, 3);
    Value z = root.maxPool("z", y, 3);
    return root.add("sum", y, root.conv("conv", z, 4, 3, 1, 1));
  }

  private static MemoryPlan plan(Built.Body body) {
    return Built.plan(body, Precision.FLOAT32);
  }

  private static void assertWithin(
      MemoryPlan plan, String name, String whole, int channel, int pitch) {
    Placement placement = placement(plan, name);
    assertEquals(
        new Placement(placement(plan, whole).buffer(), channel, pitch, placement.type()),
        placement,
        name);
  }

  private static void assertOnItsOwn(MemoryPlan plan, String name, int channels) {
    Placement placement = placement(plan, name);
    assertEquals(new Placement(placement.buffer(), 0, channels, placement.type()), placement, name);
  }
}
