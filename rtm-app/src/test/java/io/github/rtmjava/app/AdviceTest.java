package io.github.rtmjava.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.app.Diagnosis.EngineState;
import io.github.rtmjava.app.Diagnosis.OpenCv;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class AdviceTest {
  private static final OpenCv GOOD = new OpenCv(true, "OpenCV");
  private static final OpenCv BAD = new OpenCv(false, "does not load");
  private static final EngineState CPU = new EngineState("samediff", true, "cpu", "");
  private static final EngineState REFUSED = new EngineState("samediff", false, "cuda", "");
  private static final EngineState BROKEN = new EngineState("samediff", false, "cpu", "");

  private static List<String> sections(EngineState engine, OpenCv opencv, boolean driver) {
    return Advice.of(List.of(engine), opencv, driver).stream()
        .map(advice -> advice.section().replaceFirst(".*#", ""))
        .toList();
  }

  @Test
  void saysNothingWhereNothingIsWrong() {
    assertEquals(List.of(), sections(CPU, GOOD, false));
  }

  @Test
  void leadsToTheSectionOnGpusThatAreRefused() {
    assertEquals(List.of("the-gpu-is-not-used"), sections(REFUSED, GOOD, true));
  }

  @Test
  void noticesGpusThatNobodyUses() {
    assertEquals(List.of("the-gpu-is-not-used"), sections(CPU, GOOD, true));
  }

  @Test
  void leadsToTheSectionOnNatives() {
    assertEquals(List.of("native-libraries-do-not-load"), sections(CPU, BAD, false));
    assertEquals(List.of("native-libraries-do-not-load"), sections(BROKEN, GOOD, false));
  }

  @Test
  void theSectionsAreThere() throws IOException {
    Set<String> headings =
        Files.readAllLines(Path.of("../docs/troubleshooting.md")).stream()
            .filter(line -> line.startsWith("## "))
            .map(line -> line.substring(3).toLowerCase(Locale.ROOT).replace(' ', '-'))
            .collect(Collectors.toSet());
    for (Advice advice : Advice.of(List.of(REFUSED, BROKEN), BAD, true)) {
      assertTrue(headings.contains(advice.section().replaceFirst(".*#", "")), advice.section());
    }
  }
}
