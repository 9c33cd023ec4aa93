package io.github.rtmjava.parity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.app.Rtm;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README shows is compiled and run. */
class ReadmeTest {
  private static final Pattern BLOCK = Pattern.compile("```(\\w+)\\n(.*?)```", Pattern.DOTALL);
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)\\)");

  @TempDir private Path dir;

  @Test
  void theJavaCompilesAndRuns() throws Exception {
    List<String> snippets = blocks("java");
    assertFalse(snippets.isEmpty());
    for (String snippet : snippets) {
      compileAndRun(
          snippet.replace("\"samples/", "\"" + Checkout.file("samples").toUri().getPath() + "/"));
    }
  }

  @Test
  void theQuickStartDoesWhatItSays() throws IOException {
    String line =
        commands().stream().filter(l -> l.contains("infer samples/")).findFirst().orElseThrow();
    String[] words = line.split(" ", -1);
    for (int i = 0; i < words.length; i++) {
      words[i] =
          words[i].startsWith("samples/")
              ? Checkout.file(words[i]).toString()
              : words[i].equals("out") ? dir.toString() : words[i];
    }
    assertEquals(0, Rtm.execute(Arrays.copyOfRange(words, 1, words.length)));
    assertTrue(Files.size(dir.resolve("scene_05.json")) > 5_000);
    assertTrue(Files.size(dir.resolve("scene_05.png")) > 100_000);
  }

  @Test
  void everyCommandShownExists() throws IOException {
    List<String> commands = commands();
    assertTrue(commands.size() > 3, commands::toString);
    for (String line : commands) {
      assertEquals(0, Rtm.execute(line.split(" ", -1)[1], "--help"), line);
    }
  }

  @Test
  void everyFileLinkedIsThere() throws IOException {
    for (String page : List.of("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md")) {
      Matcher link = LINK.matcher(Files.readString(Checkout.file(page)));
      while (link.find()) {
        assertTrue(Files.exists(Checkout.file(link.group(1))), page + " names " + link.group(1));
      }
    }
  }

  private void compileAndRun(String snippet) throws Exception {
    String source =
        """
        import io.github.rtmjava.image.*;
        import io.github.rtmjava.pose.*;
        import io.github.rtmjava.pose3d.*;
        import java.nio.file.*;
        public class Snippet {
          public static void run() throws Exception {
        %s
          }
        }
        """
            .formatted(snippet);
    Path file = Files.writeString(dir.resolve("Snippet.java"), source);
    String path =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    int result =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null, null, null, "-proc:none", "-cp", path, "-d", dir.toString(), file.toString());
    assertEquals(0, result, source);
    try (URLClassLoader loader = new URLClassLoader(new URL[] {dir.toUri().toURL()})) {
      loader.loadClass("Snippet").getMethod("run").invoke(null);
    } catch (InvocationTargetException e) {
      throw new AssertionError(source, e.getCause());
    }
  }

  /** The lines of shell blocks that call the program, without their comments. */
  private static List<String> commands() throws IOException {
    return blocks("sh").stream()
        .flatMap(block -> Stream.of(block.split("\n", -1)))
        .filter(line -> line.startsWith("./rtm "))
        .map(line -> line.replaceFirst(" +#.*", ""))
        .toList();
  }

  private static List<String> blocks(String language) throws IOException {
    List<String> found = new ArrayList<>();
    Matcher block = BLOCK.matcher(Files.readString(Checkout.file("README.md")));
    while (block.find()) {
      if (block.group(1).equals(language)) {
        found.add(block.group(2));
      }
    }
    return found;
  }
}
