package io.github.rtmjava.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class LeftoversTest {
  @TempDir Path dir;

  /** Makes a file, a folder, and one in the place of another, and goes no further. */
  static final class Child {
    private Child() {}

    public static void main(String[] args) throws Exception {
      Path folder = Path.of(args[0]);
      NewFile file = NewFile.at(folder.resolve("result.txt"));
      Files.writeString(file.path(), "half");
      NewFolder part = NewFolder.at(folder.resolve("results"));
      Files.writeString(part.path().resolve("1.txt"), "half");
      if (args.length > 1) {
        // Where a process is killed between the two moves.
        Path old = folder.resolve(part.path().getFileName() + ".replaced.results");
        Files.move(folder.resolve("results"), old);
      }
      System.out.println("ready");
      Thread.sleep(60_000);
    }
  }

  @Test
  void onlyWhatNoLivingProcessMakesIsCleared() throws Exception {
    Files.createDirectory(dir.resolve("results"));
    Files.writeString(dir.resolve("results/1.txt"), "old");
    Files.writeString(dir.resolve(".rtm-of-the-user"), "kept");
    Process process = child(dir.toString());
    List<String> alive = names();
    assertEquals(5, alive.size(), alive.toString());
    Leftovers.clear(dir);
    assertEquals(alive, names());

    kill(process);
    assertEquals(alive, names());
    Leftovers.clear(dir);
    assertEquals(List.of(".rtm-of-the-user", "results"), names());
    assertEquals("old", Files.readString(dir.resolve("results/1.txt")));
  }

  @Test
  void aFolderThatWasAboutToBeReplacedComesBack() throws Exception {
    Files.createDirectory(dir.resolve("results"));
    Files.writeString(dir.resolve("results/1.txt"), "old");
    kill(child(dir.toString(), "moved"));
    assertTrue(Files.notExists(dir.resolve("results")));
    Leftovers.clear(dir);
    assertEquals(List.of("results"), names());
    assertEquals("old", Files.readString(dir.resolve("results/1.txt")));
  }

  @Test
  void whatThisProcessMakesIsItsOwn() throws IOException {
    try (Unfinished one = Unfinished.in(dir);
        Unfinished other = Unfinished.in(dir)) {
      Files.writeString(one.path(), "half");
      Files.createDirectory(other.path());
      Files.writeString(other.path().resolve("x"), "half");
      assertEquals(3, names().size());
      Leftovers.clear(dir);
      assertEquals(3, names().size());
    }
    assertEquals(List.of(), names());
  }

  private static Process child(String... arguments) throws IOException {
    Process process =
        new ProcessBuilder(
                Stream.concat(
                        Stream.of(
                            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                            "-cp",
                            System.getProperty(
                                "surefire.test.class.path", System.getProperty("java.class.path")),
                            Child.class.getName()),
                        Stream.of(arguments))
                    .toList())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader out = process.inputReader();
    assertEquals("ready", out.readLine());
    return process;
  }

  private static void kill(Process process) throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  private List<String> names() throws IOException {
    return names(dir);
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
