package io.github.rtmjava.app.option;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every option of every command, and every value of those that choose, does something. With {@code
 * -Drtm.option=REGEX} only the effects are looked at whose command and option it finds, for example
 * {@code 'infer --draw'}.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class EveryOptionTest {
  private static final CommandTree TREE = new CommandTree();
  private static final Pattern WANTED = Pattern.compile(System.getProperty("rtm.option", ""));

  @TempDir static Path folder;
  private static @Nullable Material material;
  private static List<Effect> effects = List.of();

  @BeforeAll
  static void fillTables() throws IOException {
    System.setProperty("rtm.cache", folder.resolve("cache").toString());
    Material made = new Material(folder.resolve("in"));
    material = made;
    effects = Tables.all(made, TREE).stream().flatMap(t -> t.effects().stream()).toList();
  }

  @AfterAll
  static void close() {
    System.clearProperty("rtm.cache");
    if (material != null) {
      material.close();
    }
  }

  @TestFactory
  Stream<DynamicNode> hasItsEffect() {
    Bench bench = new Bench(folder.resolve("runs"));
    Map<String, Map<String, List<Effect>>> sorted =
        effects.stream()
            .filter(e -> WANTED.matcher(e.command() + " " + e.option()).find())
            .collect(
                Collectors.groupingBy(
                    Effect::command,
                    LinkedHashMap::new,
                    Collectors.groupingBy(
                        Effect::option, LinkedHashMap::new, Collectors.toList())));
    return sorted.entrySet().stream()
        .map(
            command ->
                dynamicContainer(
                    ("rtm " + command.getKey()).strip(),
                    command.getValue().entrySet().stream()
                        .map(
                            option ->
                                dynamicContainer(
                                    option.getKey(), tests(option.getValue(), bench)))));
  }

  private static Stream<DynamicNode> tests(List<Effect> effects, Bench bench) {
    return effects.stream().map(effect -> dynamicTest(effect.title(), () -> effect.check(bench)));
  }

  @Test
  void isInTheTables() {
    List<String> missing = new ArrayList<>();
    for (String command : TREE.commands()) {
      for (String option : TREE.options(command)) {
        List<Effect> own =
            effects.stream()
                .filter(e -> e.command().equals(command) && e.option().equals(option))
                .toList();
        if (own.isEmpty()) {
          missing.add("rtm %s %s".formatted(command, option));
          continue;
        }
        NavigableSet<String> values = TREE.choice(command, option);
        for (Effect effect : own) {
          TREE.given(effect.with(), command, option).ifPresent(values::removeAll);
        }
        values.forEach(value -> missing.add("rtm %s %s %s".formatted(command, option, value)));
      }
    }
    assertEquals(List.of(), missing, "options without an effect: add them to a table");
  }

  /** A table that names what is not there, or runs a line without its option, shows nothing. */
  @Test
  void isUsedByItsLines() {
    NavigableSet<String> wrong = new TreeSet<>();
    for (Effect effect : effects) {
      if (!TREE.has(effect.command(), effect.option())) {
        wrong.add("rtm %s has no %s".formatted(effect.command(), effect.option()));
      } else if (TREE.given(effect.with(), effect.command(), effect.option()).isEmpty()) {
        wrong.add("%s is not in: rtm %s".formatted(effect.option(), effect.with()));
      }
    }
    assertEquals(new TreeSet<>(), wrong);
  }
}
