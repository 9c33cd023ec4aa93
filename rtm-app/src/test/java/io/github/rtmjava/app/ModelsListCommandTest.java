package io.github.rtmjava.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.rtmjava.models.Zoo;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** What the commands say of the official models; the cache is empty. */
class ModelsListCommandTest {
  @TempDir Path folder;

  @Test
  void handsAreATable() {
    assertEquals(
        List.of(
            "NAME            INPUT    CACHE  ALSO",
            "",
            "Hands, 21 keypoints (hand)",
            "rtmpose-m-hand  256x256  -      hand, rtmpose-m-hand21, rtmpose-m-hand5"),
        run("list", "--task", "hand").out().lines().toList());
  }

  @Test
  void aliasesAreATable() {
    assertEquals(
        List.of(
            "NAMES                    MODEL     DETECTOR     ABOVE  NMS",
            "wholebody3d              rtmw3d-l  rtmdet-m     0.3    -",
            "wholebody3d:lightweight  rtmw3d-l  rtmdet-nano  0.3    -",
            "wholebody3d:balanced     rtmw3d-x  yolox-m      0.3    -",
            "wholebody3d:performance  rtmw3d-x  rtmdet-m     0.3    -"),
        run("list", "--aliases", "--task", "wholebody3d").out().lines().toList());
  }

  @ParameterizedTest
  @CsvSource({
    "detection, 15, rtmdet-m",
    "body, 25, rtmpose-t-body17-256x192",
    "Body26, 7, rtmpose-t-body26-256x192",
    "face, 3, rtmpose-t-face",
    "wholebody, 14, rtmw-m-256x192",
    "hand3d, 2, internet-r50",
    "pose-3d, 4, rtmw3d-l",
    "pose_2d, 43, rtmpose-t-body17-256x192"
  })
  void aTaskChooses(String task, int count, String first) throws IOException {
    JsonNode list = json("list", "--json", "--task", task);
    assertEquals(count, list.size());
    assertEquals(first, list.get(0).path("name").asText());
  }

  @Test
  void theWholeListHasEveryModelOnce() throws IOException {
    JsonNode all = json("list", "--json");
    long rows =
        run("list")
            .out()
            .lines()
            .filter(line -> line.matches("(rtm|yolox|dwpose|internet).*"))
            .count();
    assertEquals(all.size(), rows);
  }

  @Test
  void aliasesAsJsonSayWhereTheyDiffer() throws IOException {
    JsonNode face = json("list", "--aliases", "--json", "--task", "face").get(0);
    assertEquals("rtmpose-m-face", face.path("model").asText());
    assertEquals("yolox-s-face", face.path("detector").asText());
    assertTrue(face.path("differs").asText().contains("declares the name twice"), face.toString());
  }

  @Test
  void aRecipeIsExplained() {
    String info = run("info", "wholebody:performance").out();
    assertTrue(info.contains("name       rtmw-l-384x288\n"), info);
    assertTrue(
        info.contains(
            "as         wholebody:performance of rtmlib: with yolox-m, boxes above 0.3, no second"
                + " NMS; rtmlib scales"),
        info);
    assertTrue(info.contains("network    rtmw, pose_2d, input 384x288 (height x width)"), info);
    assertTrue(info.contains("SHA-256    not published"), info);
  }

  @Test
  void unknownTasksAreErrorsOfUsage() {
    Cli.Outcome outcome = run("list", "--task", "cats");
    assertEquals(2, outcome.code());
    assertTrue(outcome.err().contains("expected detection, body17,"), outcome.err());
  }

  @ParameterizedTest
  @CsvSource({"--task hand", "--all rtmw-m", "--all --from-file x", "hand --task hand"})
  void pullsThatAreAmbiguousAreErrorsOfUsage(String arguments) {
    assertEquals(2, run(("pull " + arguments).split(" ", -1)).code());
  }

  private JsonNode json(String... arguments) throws IOException {
    return new ObjectMapper().readTree(run(arguments).out());
  }

  private Cli.Outcome run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine rtm = RtmCommand.commandLine();
    rtm.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    ModelsCommand models = rtm.getSubcommands().get("models").getCommand();
    Zoo official = Zoo.open();
    models.use(Zoo.of(official.entries(), official.recipes(), folder.resolve("cache")));
    String[] all = new String[arguments.length + 1];
    all[0] = "models";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return new Cli.Outcome(rtm.execute(all), out.toString(), err.toString());
  }
}
