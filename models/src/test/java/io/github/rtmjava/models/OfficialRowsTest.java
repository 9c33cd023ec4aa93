package io.github.rtmjava.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.model.ModelListener;
import io.github.rtmjava.testing.SharedData;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every official file by every name that upstream has for it: the right file is asked for at the
 * right address, and refused or reported as its SHA-256 demands. The addresses' host is a server on
 * this machine, which has made-up content for all of them.
 */
class OfficialRowsTest {
  private static final byte[] CONTENT = {1, 2, 3, 4};

  @TempDir Path folder;
  private ScriptedServer server;
  private final List<String> notices = new ArrayList<>();
  private final ModelListener listener =
      new ModelListener() {
        @Override
        public void notice(String line) {
          notices.add(line);
        }
      };

  static Stream<OfficialRow> rows() {
    return OfficialRow.all().stream();
  }

  @BeforeEach
  void start() throws IOException {
    server = new ScriptedServer();
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  @ParameterizedTest
  @MethodSource("rows")
  void everyNameLeadsToTheFile(OfficialRow row) {
    Zoo zoo = Zoo.open();
    List<String> references =
        new ArrayList<>(
            List.of(row.name(), row.config(), row.config() + ".py", row.file(), stem(row.file())));
    references.addAll(row.names());
    references.removeIf(reference -> reference.isEmpty() || reference.equals(".py"));
    for (String reference : references) {
      ZooEntry entry = zoo.find(reference).orElseThrow(() -> new AssertionError(reference));
      assertEquals(row.file(), entry.file(), reference);
      assertEquals(row.name(), entry.name(), reference);
      assertEquals(row.sha256(), entry.sha256(), reference);
      assertEquals(row.input(), entry.input().toString(), reference);
    }
  }

  @ParameterizedTest
  @MethodSource("rows")
  void theFileIsAskedForWhereItIsAndChecked(OfficialRow row) throws IOException {
    server.on(row.path(), ScriptedServer.file(CONTENT));
    Zoo zoo = TestModels.zoo(folder.resolve("cache"), atThisServer(row));
    String reference = row.names().isEmpty() ? row.name() : row.names().get(0);
    Path target = folder.resolve("files");
    if (row.sha256().isEmpty()) {
      assertEquals(target.resolve(row.file()), zoo.download(reference, target, listener));
    } else {
      IOException e =
          assertThrows(IOException.class, () -> zoo.download(reference, target, listener));
      assertTrue(e.getMessage().contains("SHA-256 starting with " + row.sha256()), e.getMessage());
    }
    assertEquals(row.path(), server.requests().get(0).target());
  }

  @Test
  void thePersonDetectorHasTwoHomes() throws IOException {
    OfficialRow row = OfficialRow.all().get(0);
    String second = row.path().replace("/rtmpose/", "/rtmposev1/");
    server.on(second, ScriptedServer.file(CONTENT));
    Zoo zoo = TestModels.zoo(folder.resolve("cache"), atThisServer(row));
    assertThrows(IOException.class, () -> zoo.download("rtmdet-m", folder, listener));
    assertEquals(
        List.of(row.path(), second),
        server.requests().stream().map(ScriptedServer.Request::target).toList());
  }

  @Test
  void everyRowThatWasGatheredIsHere() throws IOException {
    List<String> facts =
        Files.readAllLines(SharedData.path("reference/CHECKPOINTS.md")).stream()
            .filter(line -> line.startsWith("|") && line.contains(".pth"))
            .toList();
    List<OfficialRow> rows = OfficialRow.all();
    assertEquals(facts.size(), rows.size());
    for (OfficialRow row : rows) {
      String fact = facts.stream().filter(l -> l.contains(row.file())).findFirst().orElseThrow();
      String hash = row.sha256().isEmpty() ? "none" : row.sha256();
      assertTrue(fact.contains("| " + hash + " |"), fact);
      assertTrue(fact.contains(row.input()), fact);
    }
  }

  /** The official entry, its host replaced by this machine. */
  private ZooEntry atThisServer(OfficialRow row) {
    ZooEntry entry = Zoo.open().find(row.file()).orElseThrow();
    List<URI> urls = entry.urls().stream().map(url -> server.uri(url.getPath())).toList();
    return TestModels.at(entry, urls);
  }

  private static String stem(String file) {
    return file.substring(0, file.length() - ".pth".length());
  }
}
