package io.github.rtmjava.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class ProgressTest {
  private final StringWriter err = new StringWriter();
  private final CommandLine command = RtmCommand.commandLine().setErr(new PrintWriter(err));
  private final Console console = new Console(command.getCommandSpec());

  @Test
  void elsewhereThanOnATerminalThereAreLinesAlone() {
    try (Progress progress = new Progress(console, null)) {
      progress.begin("pictures", 2, Progress.Unit.PICTURES);
      progress.step();
      progress.note("a remark");
      progress.problem("a problem");
    }
    assertEquals(List.of("a remark", "rtm: a problem"), err.toString().lines().toList());
  }

  @Test
  void onATerminalLinesPushTheBarDown() {
    ByteArrayOutputStream terminal = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(terminal, true, StandardCharsets.UTF_8);
    try (Progress progress = new Progress(console, stream)) {
      progress.note("before");
      progress.begin("walk.mp4", 4, Progress.Unit.FRAMES);
      progress.step("2 people");
      progress.note("meanwhile");
      progress.step("2 people");
    }
    assertTrue(err.toString().startsWith("before"), err::toString);
    assertTrue(err.toString().contains("\r\u001b[Kmeanwhile"), err::toString);
    String shown = terminal.toString(StandardCharsets.UTF_8);
    assertTrue(shown.contains("walk.mp4"), shown);
    assertTrue(shown.contains("2/4 frames"), shown);
  }

  @Test
  void aBatchTellsItsRateAndWhatFailed() throws InterruptedException {
    ByteArrayOutputStream terminal = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(terminal, true, StandardCharsets.UTF_8);
    try (BatchProgress batch = new BatchProgress(new Progress(console, stream))) {
      batch.begin(8);
      batch.stepTo(4, 1);
      Thread.sleep(1100); // rates are shown after a second
    }
    String shown = terminal.toString(StandardCharsets.UTF_8);
    assertTrue(shown.contains("4/8"), shown);
    assertTrue(shown.contains("/s"), shown);
    assertTrue(shown.contains("1 failed"), shown);
  }
}
