package io.github.rtmjava.parity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What {@code docs/troubleshooting.md} quotes is what the program says. */
class TroubleshootingTest {
  private static final Path ROOT = Path.of("..");
  private static final Pattern QUOTED = Pattern.compile("```text\n(.*?)\n```", Pattern.DOTALL);
  private static final Pattern LINK = Pattern.compile("\\(#([a-z0-9-]+)\\)");
  private static final Pattern HEADING = Pattern.compile("^## (.*)$", Pattern.MULTILINE);

  /** Between two parts of one message: the end of a string, formatting, and a plus. */
  private static final Pattern JOINT =
      Pattern.compile("\"\\)?\\s*(\\.formatted\\([^;]*?\\))?\\s*\\+\\s*\"");

  private static String page() throws IOException {
    return Files.readString(ROOT.resolve("docs/troubleshooting.md"));
  }

  private static List<String> all(Pattern pattern, String text) {
    return pattern.matcher(text).results().map((MatchResult m) -> m.group(1)).toList();
  }

  @Test
  void everyQuotedMessageStandsInTheSources() throws IOException {
    String sources = JOINT.matcher(sources()).replaceAll("");
    List<String> missing = new ArrayList<>();
    for (String message : all(QUOTED, page())) {
      for (String part : message.split("…", -1)) {
        if (!sources.contains(part.strip())) {
          missing.add(part);
        }
      }
    }
    assertEquals(List.of(), missing);
    assertTrue(all(QUOTED, page()).size() > 15, "messages were found in the page");
  }

  @Test
  void everyLinkLeadsToASection() throws IOException {
    Set<String> sections =
        all(HEADING, page()).stream()
            .map(h -> h.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9 ]", ""))
            .map(h -> h.replace(' ', '-'))
            .collect(Collectors.toSet());
    for (String link : all(LINK, page())) {
      assertTrue(sections.contains(link), link);
    }
    assertEquals(sections.size(), all(LINK, page()).size(), "links and sections");
  }

  private static String sources() throws IOException {
    StringBuilder text = new StringBuilder();
    List<Path> modules;
    try (Stream<Path> content = Files.list(ROOT)) {
      modules = content.map(m -> m.resolve("src/main/java")).filter(Files::isDirectory).toList();
    }
    for (Path module : modules) {
      try (Stream<Path> files = Files.walk(module)) {
        for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
          text.append(Files.readString(file));
        }
      }
    }
    return text.toString();
  }
}
