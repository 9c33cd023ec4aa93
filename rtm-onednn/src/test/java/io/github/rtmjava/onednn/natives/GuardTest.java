package io.github.rtmjava.onednn.natives;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.bytedeco.javacpp.BytePointer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What guarded memory lets through, in processes of its own. */
@EnabledOnOs(OS.LINUX)
@Timeout(120)
class GuardTest {
  private static final int BYTES = 3 * NativeMemory.ALIGNMENT;

  @TempDir private Path folder;

  /** Does to a block what the argument says. */
  static final class Toucher {
    private Toucher() {}

    @SuppressWarnings("try") // closes it to use it afterwards
    public static void main(String[] args) {
      try (NativeMemory block = new NativeMemory(BYTES)) {
        ByteBuffer view = block.view(0, BYTES);
        System.out.println(Float.isNaN(view.getFloat(BYTES - Float.BYTES)) ? "unwritten" : "?");
        view.put(0, (byte) 1).put(BYTES - 1, (byte) 1);
        switch (args[0]) {
          case "read beyond" -> System.out.println(new BytePointer(block.at(BYTES)).get());
          case "write beyond" -> new BytePointer(block.at(BYTES)).put((byte) 1);
          case "write before" -> new BytePointer(block.at(-4096)).put((byte) 1);
          case "use freed" -> {
            block.close();
            System.out.println(view.get(0));
          }
          default -> System.out.println("inside");
        }
      }
    }
  }

  @Test
  void leavesAloneWhoStaysInside() throws Exception {
    assertEquals(0, run("stay"));
    List<String> said = Files.readAllLines(folder.resolve("output"));
    assertEquals(List.of("unwritten", "inside"), said);
  }

  @ParameterizedTest
  @ValueSource(strings = {"read beyond", "write beyond", "write before", "use freed"})
  void crashesWhoDoesNot(String what) throws Exception {
    assertNotEquals(0, run(what));
    assertTrue(Files.readString(folder.resolve("output")).contains("SIGSEGV"));
  }

  private int run(String what) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:-CreateCoredumpOnCrash",
                "-D" + Guard.PROPERTY + "=true",
                "-cp",
                System.getProperty("java.class.path"),
                Toucher.class.getName(),
                what)
            .directory(folder.toFile())
            .redirectError(folder.resolve("errors").toFile())
            .redirectOutput(folder.resolve("output").toFile())
            .start();
    try {
      assertTrue(process.waitFor(60, TimeUnit.SECONDS), "hangs");
      return process.exitValue();
    } finally {
      process.destroyForcibly();
    }
  }
}
