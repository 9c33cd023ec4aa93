package io.github.rtmjava.parity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.app.Rtm;
import io.github.rtmjava.nn.NetworkBuilder;
import io.github.rtmjava.nn.Value;
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

/**
 * What the README and the pages of {@code docs} show is compiled, and run unless it is marked
 * {@code java norun} because it needs a download.
 */
class ReadmeTest {
  private static final Pattern BLOCK = Pattern.compile("```([\\w ]+)\\n(.*?)```", Pattern.DOTALL);
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)\\)");

  @TempDir private Path dir;

  @Test
  void theJavaCompilesAndRuns() throws Exception {
    List<String> snippets = blocks("java");
    assertFalse(snippets.isEmpty());
    for (String snippet : snippets) {
      compile(
          snippet.replace("\"samples/", "\"" + Checkout.file("samples").toUri().getPath() + "/"));
      run(snippet);
    }
  }

  @Test
  void theJavaThatNeedsDownloadsCompiles() throws Exception {
    List<String> snippets = blocks("java norun");
    assertTrue(snippets.size() > 3);
    for (String snippet : snippets) {
      compile(snippet);
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
    for (Path page : pages()) {
      Matcher link = LINK.matcher(Files.readString(page));
      while (link.find()) {
        Path linked = page.resolveSibling(link.group(1));
        assertTrue(Files.exists(linked), page + " names " + link.group(1));
      }
    }
  }

  private void compile(String snippet) throws IOException {
    String source =
        """
        import io.github.rtmjava.engine.*;
        import io.github.rtmjava.eval.*;
        import io.github.rtmjava.geometry.*;
        import io.github.rtmjava.image.*;
        import io.github.rtmjava.nn.*;
        import io.github.rtmjava.output.draw.*;
        import io.github.rtmjava.output.format.*;
        import io.github.rtmjava.output.format.json.*;
        import io.github.rtmjava.pose.*;
        import io.github.rtmjava.motion.angle.*;
        import io.github.rtmjava.motion.space.*;
        import io.github.rtmjava.pose3d.*;
        import io.github.rtmjava.motion.refine.*;
        import io.github.rtmjava.motion.smooth.*;
        import io.github.rtmjava.motion.calibration.*;
        import io.github.rtmjava.motion.track.*;
        import io.github.rtmjava.server.*;
        import io.github.rtmjava.server.config.*;
        import io.github.rtmjava.video.*;
        import io.javalin.*;
        import java.net.*;
        import java.nio.file.*;
        import java.time.*;
        import java.util.*;
        import java.util.concurrent.*;
        import java.util.stream.*;
        import org.eclipse.jetty.ee10.servlet.*;
        import org.eclipse.jetty.ee10.websocket.server.config.*;
        import org.eclipse.jetty.server.*;
        public class Snippet {
          public static void run(NetworkBuilder builder, Value image) throws Exception {
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
  }

  private void run(String snippet) throws Exception {
    try (URLClassLoader loader = new URLClassLoader(new URL[] {dir.toUri().toURL()})) {
      loader
          .loadClass("Snippet")
          .getMethod("run", NetworkBuilder.class, Value.class)
          .invoke(null, null, null);
    } catch (InvocationTargetException e) {
      throw new AssertionError(snippet, e.getCause());
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
    for (Path page : pages()) {
      Matcher block = BLOCK.matcher(Files.readString(page));
      while (block.find()) {
        if (block.group(1).equals(language)) {
          found.add(block.group(2));
        }
      }
    }
    return found;
  }

  private static List<Path> pages() throws IOException {
    List<Path> pages = new ArrayList<>();
    for (String page : List.of("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md")) {
      pages.add(Checkout.file(page));
    }
    try (Stream<Path> docs = Files.list(Checkout.file("docs"))) {
      docs.filter(page -> page.toString().endsWith(".md")).sorted().forEach(pages::add);
    }
    return pages;
  }
}
