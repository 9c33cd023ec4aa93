package io.github.rtmjava.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

class ChoiceConverterTest {

  /** Of every command: what its help offers is what its errors list. */
  @TestFactory
  List<DynamicTest> errorsListTheWordsOfTheHelp() {
    List<DynamicTest> tests = new ArrayList<>();
    add(RtmCommand.commandLine(), List.of(), tests);
    assertTrue(tests.size() >= 4, () -> "found " + tests.size() + " flags of words");
    return tests;
  }

  private static void add(CommandLine command, List<String> path, List<DynamicTest> tests) {
    for (OptionSpec option : command.getCommandSpec().options()) {
      Class<?> type = option.auxiliaryTypes()[0];
      if (type.isEnum()) {
        String[] words = new String[type.getEnumConstants().length];
        for (int i = 0; i < words.length; i++) {
          words[i] = type.getEnumConstants()[i].toString();
        }
        tests.add(
            DynamicTest.dynamicTest(
                String.join(" ", path) + " " + option.longestName(),
                () -> check(path, option.longestName(), words)));
      }
    }
    command
        .getSubcommands()
        .forEach(
            (name, sub) -> {
              List<String> longer = new ArrayList<>(path);
              longer.add(name);
              add(sub, longer, tests);
            });
  }

  private static void check(List<String> path, String option, String[] words) {
    List<String> arguments = new ArrayList<>(path);
    arguments.addAll(List.of(option, "sideways"));
    Cli.Outcome outcome = Cli.run(arguments.toArray(String[]::new));
    assertEquals(2, outcome.code(), outcome.err());
    String line = outcome.errLines().get(0);
    assertTrue(line.contains("found 'sideways'"), line);
    assertFalse(line.contains("case-insensitive"), line);
    for (String word : words) {
      if (!line.contains(word)) {
        // Precisions have short names of their own.
        assertEquals("--precision", option, line);
      }
    }
  }

  @Test
  void anyCaseIsRead() {
    for (String word : List.of("one_euro", "ONE_EURO", "One_Euro")) {
      Cli.Outcome outcome =
          Cli.infer("no-such-picture.png", "-o", "no-such-folder", "--smooth", word);
      assertEquals(1, outcome.code(), outcome.err());
      assertTrue(outcome.err().toLowerCase(Locale.ROOT).contains("no such file"), outcome.err());
    }
  }
}
