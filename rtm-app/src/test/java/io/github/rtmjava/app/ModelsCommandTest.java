package io.github.rtmjava.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.github.rtmjava.model.ModelSources;
import io.github.rtmjava.model.Task;
import io.github.rtmjava.models.Zoo;
import io.github.rtmjava.models.ZooEntry;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands on a zoo of one file, which is an embedded model in the role of an official one. */
class ModelsCommandTest {
  private static final String FILE = "rtmdet_made-up-12345678.pth";

  @TempDir Path folder;
  private HttpServer server;
  private byte[] content;
  private ZooEntry entry;

  @BeforeEach
  void start() throws Exception {
    try (InputStream in = Zoo.class.getResourceAsStream("rtmdet-nano_synth-320.rtm")) {
      content = in.readAllBytes();
    }
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/" + FILE,
        exchange -> {
          exchange.sendResponseHeaders(200, content.length);
          exchange.getResponseBody().write(content);
          exchange.close();
        });
    server.start();
    String sha256 = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    entry =
        new ZooEntry(
            "made-up",
            List.of("mu"),
            List.of("made-up_8xb32"),
            "rtmdet",
            Task.DETECTION,
            null,
            "rendered people",
            new ZooEntry.Size(320, 320),
            FILE,
            List.of(URI.create("http://localhost:" + server.getAddress().getPort() + "/" + FILE)),
            4,
            sha256,
            "Apache-2.0",
            List.of(new ZooEntry.Figure("box AP", "nothing", 1.5, "%", "this test")),
            null,
            0.3f);
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void pullPrintsTheBundle() throws IOException {
    Cli.Outcome outcome = run("pull", "mu");
    assertEquals(0, outcome.code(), outcome.err());
    assertEquals("made-up", ModelSources.open(outcome.out().strip()).name());
    assertTrue(outcome.err().contains("comes from localhost"), outcome.err());
    assertFalse(outcome.err().contains("\u001b"), "no bar where there is no terminal");
    assertEquals(outcome.out(), run("path", "made-up").out());
  }

  @Test
  void pullAllIsEveryModelOfATask() {
    Cli.Outcome outcome = run("pull", "--all", "--task", "detection");
    assertEquals(0, outcome.code(), outcome.err());
    assertEquals(outcome.out(), run("path", "made-up").out());
    assertEquals("", run("pull", "--all", "--task", "hand").out());
  }

  @Test
  void pullToAFolderAndBringFromThere() {
    String destination = folder.resolve("stick").toString();
    Cli.Outcome outcome = run("pull", "mu", "--dest", destination);
    assertEquals(0, outcome.code(), outcome.err());
    assertEquals(Path.of(destination, FILE).toString(), outcome.out().strip());
    assertEquals(1, run("path", "mu").code());
    server.stop(0);
    assertEquals(0, run("pull", "--from-file", outcome.out().strip()).code());
    assertEquals(0, run("path", "mu").code());
  }

  @Test
  void pullGoesOnAfterAFailure() {
    Cli.Outcome outcome = run("pull", "http://localhost:1/none.pth", "mu");
    assertEquals(1, outcome.code());
    assertTrue(outcome.err().contains("rtm: none-"), outcome.err());
    assertTrue(Files.exists(Path.of(outcome.out().strip())), outcome.out());
  }

  @Test
  void listAndInfoShowWhatIsThere() {
    assertEquals(
        List.of(
            "NAME     INPUT    CACHE  ALSO",
            "",
            "Detectors (detection)",
            "made-up  320x320  -      mu"),
        run("list").out().lines().toList());
    run("pull", "mu");
    assertTrue(run("list").out().contains("320x320  verified"));
    String info = run("info", "made-up_8xb32").out();
    assertTrue(info.contains("published  box AP on nothing 1.5 % (this test)"), info);
    assertTrue(info.contains("file       " + FILE + ", about 4 MB"), info);
  }

  @Test
  void jsonSaysTheSame() throws IOException {
    run("pull", "mu");
    JsonNode list = new ObjectMapper().readTree(run("list", "--json").out());
    assertEquals("made-up", list.path(0).path("name").asText());
    assertTrue(list.path(0).path("cached").path("verified").asBoolean());
    JsonNode info = new ObjectMapper().readTree(run("info", "mu", "--json").out());
    assertEquals(list.path(0), info);
    JsonNode checks = new ObjectMapper().readTree(run("verify", "--json").out());
    assertTrue(checks.path(0).path("good").asBoolean(), checks.toString());
  }

  @Test
  void verifyFailsOnADamagedBundle() throws IOException {
    Path bundle = Path.of(run("pull", "mu").out().strip());
    assertEquals(0, run("verify").code());
    byte[] bytes = Files.readAllBytes(bundle);
    bytes[bytes.length / 2] ^= 1;
    Files.write(bundle, bytes);
    Cli.Outcome outcome = run("verify", "mu");
    assertEquals(1, outcome.code());
    assertTrue(outcome.err().contains("is damaged"), outcome.err());
  }

  @Test
  void pruneRemovesWhatIsNamed() {
    String bundle = run("pull", "mu").out().strip();
    assertEquals("", run("prune").out());
    assertEquals("would remove " + bundle, run("prune", "mu", "--dry-run").out().strip());
    assertEquals("removed " + bundle, run("prune", "--all").out().strip());
    assertFalse(Files.exists(Path.of(bundle)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"info", "path", "pull", "verify", "prune"})
  void unknownNamesAreOneLine(String command) {
    Cli.Outcome outcome = run(command, "nobody");
    assertEquals(1, outcome.code());
    assertEquals(1, outcome.errLines().size());
    assertTrue(outcome.err().contains("there is no model 'nobody'"), outcome.err());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "pull", "pull a b --from-file x", "pull --from-file x --dest y"})
  void senselessCommandLinesAreErrorsOfUsage(String arguments) {
    String[] words = arguments.isEmpty() ? new String[0] : arguments.split(" ", -1);
    assertEquals(2, run(words).code());
  }

  @ParameterizedTest
  @ValueSource(strings = {"list", "info", "path", "pull", "verify", "prune"})
  void helpHasExamples(String command) {
    Cli.Outcome outcome = run(command, "--help");
    assertEquals(0, outcome.code());
    assertTrue(outcome.out().startsWith("Usage: rtm models " + command), outcome.out());
    assertTrue(outcome.out().contains("\n  rtm models " + command), outcome.out());
  }

  private Cli.Outcome run(String... arguments) {
    String[] all = new String[arguments.length + 1];
    all[0] = "models";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return Cli.run(Zoo.of(List.of(entry), List.of(), folder.resolve("cache")), all);
  }
}
