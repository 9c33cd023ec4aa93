package io.github.rtmjava.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.rtmjava.checkpoint.Checkpoint;
import io.github.rtmjava.checkpoint.Data;
import io.github.rtmjava.tensor.DType;
import io.github.rtmjava.tensor.Shape;
import io.github.rtmjava.tensor.Tensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PartsTest {
  private final Parts parts = new Parts("pose", List.of("backbone", "neck", "head"));

  @Test
  void aFileWithEveryPartIsNotIncomplete() {
    assertEquals(
        Optional.empty(), parts.incomplete(file("backbone", "neck", "head", "ema"), true, true));
  }

  @Test
  void aBackboneIsAPart() {
    assertEquals(
        Optional.of(new Recognition.Part("pose", List.of("backbone"), List.of("neck", "head"))),
        parts.incomplete(file("backbone"), true, false));
  }

  @Test
  void aHeadIsAPart() {
    assertEquals(
        Optional.of(new Recognition.Part("pose", List.of("head"), List.of("backbone", "neck"))),
        parts.incomplete(file("head"), false, true));
  }

  @Test
  void anotherBackboneIsForeign() {
    assertEquals(
        Optional.of(new Recognition.Foreign()), parts.incomplete(file("backbone"), false, false));
  }

  @Test
  void anotherHeadIsForeign() {
    assertEquals(
        Optional.of(new Recognition.Foreign()),
        parts.incomplete(file("backbone", "neck", "head"), true, false));
  }

  @Test
  void aModuleThatTheArchitectureLacksIsForeign() {
    assertEquals(
        Optional.of(new Recognition.Foreign()),
        parts.incomplete(file("backbone", "bbox_head"), true, false));
  }

  private static Checkpoint file(String... modules) {
    Map<String, Tensor> tensors = new HashMap<>();
    for (String module : modules) {
      tensors.put(module + ".weight", Tensor.allocate(DType.FLOAT32, Shape.of(1)));
    }
    return new Checkpoint("made.pth", "test", tensors, Data.Dict.EMPTY, Data.Dict.EMPTY);
  }
}
