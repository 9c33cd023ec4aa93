package io.github.rtmjava.onednn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.engine.EngineException;
import io.github.rtmjava.engine.EngineOptions;
import io.github.rtmjava.engine.Precision;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PrecisionPolicyTest {
  private static final EngineOptions AUTO = new EngineOptions("cpu", 1, Precision.AUTO, true);

  @Test
  void autoUsesBfloat16WhereTheProcessorGainsByIt() {
    assertEquals(Precision.BFLOAT16, PrecisionPolicy.gainful(2).precision());
    assertEquals(Precision.FLOAT32, PrecisionPolicy.gainful(1.05).precision());
    assertTrue(PrecisionPolicy.gainful(0.6).description().contains("not faster on this processor"));
  }

  @Test
  void whatWasAskedForIsHonouredOrRefused() {
    EngineException refused =
        assertThrows(EngineException.class, () -> PrecisionPolicy.asked(false, true));
    assertTrue(
        refused
            .getMessage()
            .matches("asked for was bfloat16, .* found one with .*: ask for auto.*"),
        refused.getMessage());
    assertEquals(Precision.BFLOAT16, PrecisionPolicy.asked(true, true).precision());
    assertEquals("bfloat16", PrecisionPolicy.asked(true, true).description());
  }

  @Test
  void whatWasNotMeasuredStaysInFloat32() {
    PrecisionPolicy chosen = automatic(Optional.empty());
    assertEquals(Precision.FLOAT32, chosen.precision());
    assertEquals(
        "float32 (auto: rtmx was not measured on processors as this: some)", chosen.description());
  }

  @Test
  void whatWasMeasuredToBeSlowStaysInFloat32() {
    PrecisionPolicy chosen = automatic(Optional.of(new Bfloat16Record(0.58, 0)));
    assertEquals(Precision.FLOAT32, chosen.precision());
    assertEquals(
        "float32 (auto: bfloat16 was 0.58 times as fast when rtmx was measured)",
        chosen.description());
  }

  @Test
  void whatWasMeasuredToMoveResultsStaysInFloat32() {
    PrecisionPolicy chosen = automatic(Optional.of(new Bfloat16Record(3, 0.1)));
    assertEquals(Precision.FLOAT32, chosen.precision());
    assertTrue(chosen.description().contains("moved 10.0 %"), chosen.description());
  }

  @Test
  void whatWasMeasuredToBeFastAndHarmlessIsUsedWhereThereAreInstructions() {
    PrecisionPolicy chosen = automatic(Optional.of(new Bfloat16Record(3, 0.01)));
    assertEquals(
        Bfloat16Gain.supported() ? Precision.BFLOAT16 : Precision.FLOAT32, chosen.precision());
  }

  @Test
  void everyRowOfTheTableIsFoundAndMakesSense() throws IOException {
    try (InputStream in = Bfloat16Record.class.getResourceAsStream("bfloat16.tsv")) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      List<String> rows = text.lines().filter(line -> !line.startsWith("#")).toList();
      assertFalse(rows.isEmpty());
      for (String row : rows) {
        String[] cells = row.split("\t", -1);
        Bfloat16Record measured = Bfloat16Record.find(cells[0], cells[1]).orElseThrow();
        assertTrue(measured.gain() > 0 && measured.moved() >= 0 && measured.moved() <= 1, row);
      }
    }
    assertTrue(Bfloat16Record.find("rtmdet", "another processor").isEmpty());
  }

  private static PrecisionPolicy automatic(Optional<Bfloat16Record> measured) {
    return PrecisionPolicy.automatic(measured, "rtmx", "some", AUTO);
  }
}
