package io.github.rtmjava.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class ForeignFlagsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--pose2d rtmo | --model",
        "--pose2d=rtmo | --model",
        "--pose2d-weights a.pth | --model FILE.pth",
        "--det-model rtmdet | --detector",
        "--vis-out-dir out | -o DIR",
        "--pred-out-dir out | -o DIR",
        "--output-root out | -o DIR",
        "--save-predictions | --save json",
        "--draw-bbox | --draw bbox",
        "--show-kpt-idx | --draw index",
        "--skeleton-style openpose | --draw openpose",
        "--black-background | --draw black",
        "--det-cat-id 0 | --classes",
        "--det-cat-ids 0 | --classes",
        "--draw-heatmap | no heatmaps",
        "--disable-rebase-keypoint | metres",
        "--use-oks-tracking | followed",
        "--num-instances 2 | --max-persons",
        "--show-alias | rtm models list",
        "--backend onnxruntime | --engine",
        "--det-frequency 7 | --det-every",
        "--kpt_thr 0.3 | --kpt-thr",
        "--bbox_thr 0.3 | --bbox-thr",
        "--pose_input_size 1 | checkpoint",
        "--detecter x | --detector",
      })
  void flagsOfOthersAreAnswered(String flags, String told) {
    String[] with = ("infer a.jpg -o out " + flags).split(" ", -1);
    String[] alone = ("infer a.jpg " + flags).split(" ", -1);
    for (String[] arguments : List.of(with, alone)) {
      Cli.Outcome outcome = Cli.run(arguments);
      assertEquals(2, outcome.code());
      assertEquals(2, outcome.errLines().size(), outcome.err());
      String name = flags.replaceFirst("[ =].*", "");
      assertTrue(
          outcome.errLines().get(0).startsWith("rtm: unknown option '" + name + "': "),
          outcome.err());
      assertTrue(outcome.errLines().get(0).contains(told), outcome.err());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"--frobnicate", "--trackings-of-nobody", "--scale-factor"})
  void whatIsLikeNothingGetsNoSuggestion(String flag) {
    Cli.Outcome outcome = Cli.run("infer", "a.jpg", "-o", "out", flag);
    assertEquals(2, outcome.code());
    assertEquals("rtm: unknown option '" + flag + "'", outcome.errLines().get(0));
    assertFalse(outcome.err().contains("Possible"), outcome.err());
  }

  @Test
  void severalAreToldAtOnce() {
    Cli.Outcome outcome = Cli.run("infer", "a.jpg", "--pose2d", "x", "--vis-out-dir", "y");
    assertEquals(3, outcome.errLines().size(), outcome.err());
  }

  @Test
  void whatIsMissingIsStillTold() {
    Cli.Outcome outcome = Cli.run("infer", "a.jpg");
    assertEquals(2, outcome.code());
    assertTrue(outcome.err().contains("--output"), outcome.err());
  }

  @Test
  void commandsAreStillSuggested() {
    Cli.Outcome outcome = Cli.run("infr", "a.jpg");
    assertEquals(2, outcome.code());
    assertTrue(outcome.err().contains("infer"), outcome.err());
  }

  /** Every flag that an answer names is one of a command. */
  @Test
  void answersNameFlagsThatAreThere() {
    var commands = RtmCommand.commandLine().getSubcommands();
    Pattern flag = Pattern.compile("--[a-z][a-z0-9-]*");
    for (String answer : ForeignFlags.answers()) {
      Matcher named = flag.matcher(answer);
      while (named.find()) {
        String name = named.group();
        assertTrue(
            commands.values().stream()
                .anyMatch(command -> command.getCommandSpec().optionsMap().containsKey(name)),
            answer);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--radius -1",
        "--thickness 1001",
        "--radius NaN",
        "--show-interval 1",
        "--show --show-interval -1"
      })
  void wrongNumbersAreErrorsOfUsage(String flags) {
    Cli.Outcome outcome = Cli.run(("infer a.jpg -o out " + flags).split(" ", -1));
    assertEquals(2, outcome.code(), outcome.err());
  }
}
