package io.github.rtmjava.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * {@code "%d".formatted(…)} writes the digits of the user's language, which no program reads: a
 * number in such a text is a {@code %s}, or the text is made with {@code String.format(Locale.ROOT,
 * …)}.
 */
class FormatsTest {
  private static final Pattern NUMBER =
      Pattern.compile("(?<!%)(?:%%)*%(?:\\d+\\$)?[-#+ 0,(]*\\d*(?:\\.\\d+)?[dfeEgGaAtT]");

  /** String literals, joined by pluses, in front of a call of formatted. */
  private static final Pattern FORMATTED =
      Pattern.compile(
          "((?:\"\"\".*?\"\"\"|\"(?:[^\"\\\\\n"
              + "]|\\\\.)*\")(?:\\s*\\+\\s*\"(?:[^\"\\\\\n"
              + "]|\\\\.)*\")*)\\s*\\)*\\s*\\.formatted\\(",
          Pattern.DOTALL);

  @Test
  void noNumberIsFormattedInTheUsersLanguage() throws IOException {
    List<String> found = new ArrayList<>();
    int calls = 0;
    for (Path source : sources()) {
      Matcher call = FORMATTED.matcher(Files.readString(source));
      while (call.find()) {
        calls++;
        if (NUMBER.matcher(call.group(1)).find()) {
          found.add(source.getFileName() + ": " + call.group(1));
        }
      }
    }
    assertTrue(calls > 100, "the sources are where they were: " + calls);
    assertEquals(List.of(), found);
  }

  @Test
  void theRuleKnowsANumber() {
    for (String text : List.of("%d", "a %03d b", "%,d", "%.2f", "%1$d", "%%%d", "%10.3e")) {
      assertTrue(NUMBER.matcher(text).find(), text);
    }
    for (String text : List.of("%s", "%%d", "100 %", "%x", "%-5s")) {
      assertTrue(!NUMBER.matcher(text).find(), text);
    }
    assertTrue(FORMATTED.matcher("(\"a %d\"\n + \" b\")\n .formatted(1)").find());
  }

  private static List<Path> sources() throws IOException {
    try (Stream<Path> modules = Files.list(Path.of(".."))) {
      List<Path> all = new ArrayList<>();
      for (Path module : modules.map(m -> m.resolve("src/main/java")).toList()) {
        if (Files.isDirectory(module)) {
          try (Stream<Path> files = Files.walk(module)) {
            files.filter(f -> f.toString().endsWith(".java")).forEach(all::add);
          }
        }
      }
      return all;
    }
  }
}
