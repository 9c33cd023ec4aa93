package io.github.rtmjava.converter.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Mutated files under a heap of 64 MB, in a process of their own. How many, of which seed and from
 * which on can be chosen: {@code -Dfuzz.count}, {@code -Dfuzz.seed}, {@code -Dfuzz.first}; {@code
 * -Dfuzz.replay=PATH} reads one file again.
 */
class ReadersFuzzTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void mutatedFilesAreReadOrRefused() throws Exception {
    String replay = System.getProperty("fuzz.replay");
    List<String> arguments =
        replay != null
            ? List.of(Path.of(replay).toAbsolutePath().toString())
            : List.of(
                System.getProperty("fuzz.seed", "20260101"),
                System.getProperty("fuzz.first", "0"),
                System.getProperty("fuzz.count", "100000"));
    Path work = Files.createDirectory(folder.resolve("work"));
    Path output = folder.resolve("output.txt");
    int exit = child(work, output, arguments);
    String said = Files.readString(output, StandardCharsets.UTF_8);
    System.out.print(said);
    assertEquals(0, exit, () -> said + keep(work));
  }

  private static int child(Path work, Path output, List<String> arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp"));
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.addAll(List.of(FuzzChild.class.getName(), work.toString()));
    command.addAll(arguments);
    return new ProcessBuilder(command)
        .directory(work.toFile())
        .redirectErrorStream(true)
        .redirectOutput(output.toFile())
        .start()
        .waitFor();
  }

  /** Saves the file that was at hand, and says how to read it again. */
  private static String keep(Path work) {
    Path kept = Path.of("target", "fuzz").toAbsolutePath();
    try (Stream<Path> files = Files.walk(work)) {
      for (Path file : files.toList()) {
        Path to = kept.resolve(work.relativize(file).toString());
        Files.createDirectories(Files.isDirectory(file) ? to : kept);
        if (Files.isRegularFile(file)) {
          Files.copy(file, to, StandardCopyOption.REPLACE_EXISTING);
        }
      }
    } catch (IOException e) {
      return "what was read could not be kept: " + e;
    }
    return "kept in %s; ./mvnw -pl converter test -Dtest=ReadersFuzzTest -Dfuzz.replay=%s"
        .formatted(kept, kept.resolve("case.pth"));
  }
}
