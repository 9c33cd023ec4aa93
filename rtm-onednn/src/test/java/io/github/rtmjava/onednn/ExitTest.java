package io.github.rtmjava.onednn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Processes that end while threads compute in oneDNN end as they were told to, and soon. */
@Timeout(300)
class ExitTest {
  /** Exits of each kind. */
  private static final int EXITS = Integer.getInteger("rtm.stress.exits", 2);

  private static final int SIGTERM = 143;

  @TempDir private Path folder;

  @Test
  void anExitUnderLoadIsClean() throws Exception {
    for (int i = 0; i < EXITS; i++) {
      int after = i * 37 % 100;
      String said = run(3, after + "", "3");
      assertTrue(said.contains("running"), said);
    }
  }

  @Test
  void aPoliteKillUnderLoadIsClean() throws Exception {
    for (int i = 0; i < EXITS; i++) {
      run(SIGTERM, "-1", "3");
    }
  }

  @Test
  void whoHoldsTheEnginesFinishesHisWork() throws Exception {
    String said = run(3, "0", "2", "hold");
    assertTrue(said.contains("finished"), said);
  }

  /** What a process said that ended with such a status. */
  private String run(int status, String... args) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xmx256m",
            "-Dorg.bytedeco.javacpp.nopointergc=true",
            "-Drtm.onednn.trials=false",
            "-cp",
            System.getProperty("java.class.path"),
            BusyProcess.class.getName()));
    command.addAll(List.of(args));
    Path output = folder.resolve("output");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      if (status == SIGTERM) {
        awaitRunning(process, output);
        process.destroy();
      }
      assertTrue(process.waitFor(60, TimeUnit.SECONDS), () -> "hangs: " + read(output));
    } finally {
      process.destroyForcibly();
    }
    String said = read(output);
    assertEquals(status, process.exitValue(), said);
    try (Stream<Path> left = Files.list(folder)) {
      assertFalse(left.anyMatch(file -> file.getFileName().toString().startsWith("hs_err")), said);
    }
    return said;
  }

  private static void awaitRunning(Process process, Path output) throws InterruptedException {
    while (process.isAlive() && !read(output).contains("running")) {
      Thread.sleep(10);
    }
  }

  private static String read(Path output) {
    try {
      return Files.readString(output);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
