package io.github.rtmjava.compiler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.engine.Precision;
import io.github.rtmjava.nn.Network;
import io.github.rtmjava.nn.Op.Activation.Function;
import io.github.rtmjava.nn.Value;
import io.github.rtmjava.tensor.DType;
import java.util.Arrays;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class TypeAssignmentTest {
  static Stream<Network> networks() {
    return Stream.concat(SmallNetworks.all(), LongStream.range(0, 40).mapToObj(RandomNetworks::of));
  }

  @ParameterizedTest
  @EnumSource(names = "BFLOAT16", mode = EnumSource.Mode.EXCLUDE)
  void everythingIsFloat32UnlessBfloat16IsAskedFor(Precision precision) {
    Program program = Built.program(SmallNetworks.detector(false));
    assertTrue(
        Arrays.stream(TypeAssignment.of(program, precision, TypePolicy.ROWS_IN_FLOAT32))
            .allMatch(type -> type == DType.FLOAT32));
  }

  @Test
  void mapsAreBfloat16ButForTheFirstAndTheLast() {
    Program program =
        Built.program(
            (root, x) -> {
              Value y = root.activation("y", root.conv("a", x, 8, 3, 1, 1), Function.SILU);
              return root.conv("last", root.conv("z", y, 8, 3, 1, 1), 2, 1, 1, 1);
            });
    assertType(DType.FLOAT32, program, "image");
    assertType(DType.BFLOAT16, program, "image*");
    assertType(DType.BFLOAT16, program, "y");
    assertType(DType.FLOAT32, program, "z");
    assertType(DType.FLOAT32, program, "last");
    assertType(DType.FLOAT32, program, "last*");
  }

  @Test
  void meansAreFloat32() {
    Program program =
        Built.program(
            (root, x) -> {
              Value mean = root.globalAvgPool("mean", x);
              Value weight = root.activation("weight", mean, Function.HARD_SIGMOID);
              Value y = root.mul("y", x, weight);
              return root.conv("last", root.conv("z", y, 8, 3, 1, 1), 2, 1, 1, 1);
            });
    assertType(DType.FLOAT32, program, "mean");
    assertType(DType.FLOAT32, program, "weight");
    assertType(DType.BFLOAT16, program, "y");
  }

  @Test
  void rowsOfFeaturesAreFloat32() {
    Program program =
        Built.program(
            (root, x) -> {
              Value map = root.conv("map", root.conv("a", x, 8, 3, 1, 1), 8, 3, 1, 1);
              Value rows = root.reshape("rows", map, -1, 8, 36);
              return root.linear("out", root.linear("features", rows, 5), 7);
            });
    assertType(DType.BFLOAT16, program, "a");
    assertType(DType.FLOAT32, program, "map");
    assertType(DType.FLOAT32, program, "rows");
    assertType(DType.FLOAT32, program, "features");
  }

  @Test
  void aBackendMayKeepRowsInTheNarrowType() {
    Program program =
        Built.program(
            (root, x) -> {
              Value map = root.conv("map", root.conv("a", x, 8, 3, 1, 1), 8, 3, 1, 1);
              Value rows = root.reshape("rows", map, -1, 8, 36);
              return root.linear("out", root.linear("features", rows, 5), 7);
            });
    DType[] types = TypeAssignment.of(program, Precision.BFLOAT16, TypePolicy.NOTHING_IN_FLOAT32);
    assertEquals(DType.BFLOAT16, types[Built.slot(program, "map").id()]);
    assertEquals(DType.FLOAT32, types[Built.slot(program, "features").id()], "the last reads it");
    assertEquals(DType.FLOAT32, types[Built.slot(program, "out").id()]);
  }

  @ParameterizedTest
  @MethodSource("networks")
  void whatIsMovedKeepsItsType(Network network) {
    Program program = Built.program(network);
    DType[] types = TypeAssignment.of(program, Precision.BFLOAT16, TypePolicy.ROWS_IN_FLOAT32);
    for (Step step : program.steps()) {
      if (step.moves()) {
        for (Slot input : step.inputs()) {
          assertEquals(types[step.output().id()], types[input.id()], step.name());
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("networks")
  void callersSeeFloat32(Network network) {
    Program program = Built.program(network);
    DType[] types = TypeAssignment.of(program, Precision.BFLOAT16, TypePolicy.ROWS_IN_FLOAT32);
    Stream.concat(program.inputs().values().stream(), program.outputs().values().stream())
        .forEach(slot -> assertEquals(DType.FLOAT32, types[slot.id()], slot.name()));
  }

  private static void assertType(DType expected, Program program, String name) {
    DType[] types = TypeAssignment.of(program, Precision.BFLOAT16, TypePolicy.ROWS_IN_FLOAT32);
    assertEquals(expected, types[Built.slot(program, name).id()], name);
  }
}
