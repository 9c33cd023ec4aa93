package io.github.rtmjava.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RtmCommandTest {
  @TempDir Path dir;

  @Test
  void helpNamesEveryCommand() {
    Cli.Outcome outcome = Cli.run("--help");
    assertEquals(0, outcome.code());
    for (String command :
        List.of("infer", "run", "convert", "inspect", "verify", "doctor", "generate-completion")) {
      assertTrue(outcome.out().contains("\n  " + command), command);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"infer", "run", "convert", "inspect", "verify", "doctor"})
  void helpOfEachCommandHasExamples(String command) {
    Cli.Outcome outcome = Cli.run(command, "--help");
    assertEquals(0, outcome.code());
    assertTrue(outcome.out().startsWith("Usage: rtm " + command), outcome.out());
    assertTrue(outcome.out().contains("\n  rtm " + command + " "), outcome.out());
    assertFalse(outcome.out().contains("\n  converter "), outcome.out());
  }

  @ParameterizedTest
  @ValueSource(strings = {"--version", "infer --version", "inspect --version"})
  void versionIsTheBuilds(String arguments) {
    Cli.Outcome outcome = Cli.run(arguments.split(" ", -1));
    assertEquals(0, outcome.code());
    assertTrue(outcome.out().matches("rtm \\d+\\.\\d+\\.\\d+\\S*\\R"), outcome.out());
  }

  @Test
  void completionKnowsTheFlags() {
    Cli.Outcome outcome = Cli.run("generate-completion");
    assertEquals(0, outcome.code());
    assertTrue(outcome.out().contains("--single-person"), "flags of infer");
    assertTrue(outcome.out().contains("z_up"), "values of --frame");
  }

  @Test
  void misspeltCommandGetsASuggestion() {
    Cli.Outcome outcome = Cli.run("docter");
    assertEquals(2, outcome.code());
    assertTrue(outcome.err().contains("rtm doctor"), outcome.err());
  }

  @Test
  void noCommandIsAnErrorOfUsage() {
    Cli.Outcome outcome = Cli.run();
    assertEquals(2, outcome.code());
    assertEquals("rtm: expected a command, found none", outcome.errLines().get(0));
  }

  @Test
  void stackTraceIsShownOnRequestOnly() {
    String missing = dir.resolve("none.pth").toString();
    assertEquals(1, Cli.run("inspect", missing).errLines().size());
    assertTrue(Cli.run("inspect", missing, "--stacktrace").err().contains("\tat "));
    assertTrue(Cli.run("--stacktrace", "inspect", missing).err().contains("\tat "));
  }
}
