package io.github.rtmjava.benchmarks.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.engine.Precision;
import java.util.List;
import org.junit.jupiter.api.Test;

class VariantTest {
  @Test
  void theBaselineComesFirstAndOnce() {
    List<Variant> all = Variant.all();
    assertTrue(all.get(0).isBaseline());
    assertEquals(1, all.stream().filter(v -> v.engineName().equals("onnxruntime")).count());
  }

  @Test
  void everyEngineOnTheClassPathTakesPart() {
    assertTrue(Variant.all().contains(new Variant("samediff", Precision.FLOAT32)));
    assertTrue(Variant.all().contains(new Variant("onednn", Precision.BFLOAT16)));
  }

  @Test
  void namesAreReadBack() {
    Variant.all().forEach(variant -> assertEquals(variant, Variant.of(variant.toString())));
  }
}
