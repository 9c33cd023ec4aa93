package io.github.rtmjava.app;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Where to read on about something that is wrong here.
 *
 * @param about what is wrong
 * @param section of the page that says what to do
 */
record Advice(String about, String section) {
  private static final String PAGE = "docs/troubleshooting.md#";
  private static final String GPU = PAGE + "the-gpu-is-not-used";
  private static final String NATIVES = PAGE + "native-libraries-do-not-load";

  /** Of the machine alone: there is an NVIDIA GPU with its driver. */
  static boolean hasNvidiaDriver() {
    return Files.exists(Path.of("/proc/driver/nvidia/version"));
  }

  static List<Advice> of(
      List<Diagnosis.EngineState> engines, Diagnosis.OpenCv opencv, boolean nvidiaDriver) {
    List<Advice> advice = new ArrayList<>();
    for (Diagnosis.EngineState engine : engines) {
      if (!engine.usable()) {
        advice.add(
            new Advice(
                "the engine " + engine.name() + " cannot run",
                engine.device().equals("cuda") ? GPU : NATIVES));
      }
    }
    if (nvidiaDriver && engines.stream().noneMatch(engine -> engine.device().equals("cuda"))) {
      advice.add(new Advice("there is an NVIDIA GPU, which no engine here uses", GPU));
    }
    if (!opencv.usable()) {
      advice.add(new Advice("OpenCV does not load", NATIVES));
    }
    return advice;
  }
}
