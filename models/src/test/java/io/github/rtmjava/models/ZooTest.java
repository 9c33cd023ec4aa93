package io.github.rtmjava.models;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.bundle.Bundles;
import io.github.rtmjava.converter.Conversion;
import io.github.rtmjava.converter.ConversionOptions;
import io.github.rtmjava.model.Codec;
import io.github.rtmjava.model.Model;
import io.github.rtmjava.model.ModelListener;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ZooTest {
  private static final String PATH = "/v1/" + TestModels.FILE;
  private static final String KEY = "rtmdet_pico_8xb32-300e_made-up";

  @TempDir Path folder;
  private Path cache;
  private ScriptedServer server;
  private final byte[] checkpoint = TestModels.checkpoint(0);
  private final List<String> notices = new ArrayList<>();
  private final ModelListener listener =
      new ModelListener() {
        @Override
        public void notice(String line) {
          notices.add(line);
        }
      };

  @BeforeEach
  void start() throws IOException {
    cache = folder.resolve("cache");
    server = new ScriptedServer().on(PATH, ScriptedServer.file(checkpoint));
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rtmdet-pico",
        "pico",
        "RTMDet-Pico",
        "rtmdet_pico_640-8xb32_made-up",
        "rtmdet_pico_640-8xb32_made-up.py",
        TestModels.FILE,
        "rtmdet_pico_8xb32-300e_made-up"
      })
  void everyNameMeansTheFile(String name) throws IOException {
    Model model = zoo().model(name, listener);
    assertEquals("rtmdet-pico", model.name());
    assertEquals(TestModels.sha256(checkpoint), model.provenance().sha256());
    assertEquals(TestModels.FILE, model.provenance().source());
    assertEquals("Apache-2.0", model.provenance().licence());
  }

  @Test
  void theManifestSaysWhatADetectorsFileCannot() throws IOException {
    Model model = zoo().model("pico", listener);
    assertEquals(224, model.spec().input().width());
    assertEquals(192, model.spec().input().height());
    assertEquals(0.4f, ((Codec.Boxes) model.spec().codec()).recommendedThreshold());
  }

  @Test
  void aModelIsFetchedAndConvertedOnce() throws IOException {
    zoo().model("pico", listener);
    zoo().model("rtmdet-pico", listener);
    assertEquals(1, server.requests().size());
    assertEquals(List.of(KEY + ".json", KEY + ".rtm"), names("models"));
    assertEquals(List.of(), names("downloads"));
    CachedModel origin = zoo().cached("pico").orElseThrow();
    assertTrue(origin.verified());
    assertEquals(server.uri(PATH).toString(), origin.url());
    assertEquals(checkpoint.length, origin.bytes());
  }

  @Test
  void weightsArriveBitByBit() throws IOException {
    Path file = Files.write(folder.resolve("original.pth"), checkpoint);
    Model original = Conversion.toModel(file, ConversionOptions.DEFAULT);
    Model model = Bundles.open(zoo().pull("pico", listener));
    assertEquals(original.weights().keys(), model.weights().keys());
    for (String key : original.weights().keys()) {
      assertArrayEquals(
          original.weights().get(key).toFloats(), model.weights().get(key).toFloats(), key);
    }
  }

  @Test
  void anAddressIsAModel() throws IOException {
    server.on("/my/net.pth", ScriptedServer.file(checkpoint));
    URI url = server.uri("/my/net.pth");
    Model model = zoo().model(url.toString(), listener);
    assertEquals("net", model.name());
    zoo().model(url.toString(), listener);
    assertEquals(1, server.requests().size());
    assertTrue(notices.toString().contains("is unverified"), notices.toString());
    assertFalse(zoo().cached(url.toString()).orElseThrow().verified());
  }

  @Test
  void anAddressMaySayItsHash() throws IOException {
    server.on("/my/net.pth", ScriptedServer.file(checkpoint));
    String url = server.uri("/my/net.pth").toString();
    String sha256 = TestModels.sha256(checkpoint);
    assertFails(
        "SHA-256 starting with 00000000", () -> zoo().model(url + "#sha256=00000000", listener));
    zoo().model(url + "#sha256=" + sha256, listener);
    assertTrue(zoo().cached(url).orElseThrow().verified());
    assertFails("hexadecimal digits", () -> zoo().model(url + "#sha1=12", listener));
  }

  @Test
  void aHashIsComparedWithTheCacheToo() throws IOException {
    server.on("/my/net.pth", ScriptedServer.file(checkpoint));
    String url = server.uri("/my/net.pth").toString();
    zoo().model(url, listener);
    byte[] newer = TestModels.checkpoint(1);
    server.on("/my/net.pth", ScriptedServer.file(newer));
    String sha256 = TestModels.sha256(newer);
    assertEquals(sha256, zoo().model(url + "#sha256=" + sha256, listener).provenance().sha256());
  }

  @Test
  void anOfficialFileElsewhereIsCheckedToo() throws IOException {
    server.on("/copy/" + TestModels.FILE, ScriptedServer.file(TestModels.checkpoint(1)));
    assertFails(
        "SHA-256 starting with",
        () -> zoo().model(server.uri("/copy/" + TestModels.FILE).toString(), listener));
  }

  @Test
  void passwordsInAddressesAreRefusedAndNotShown() {
    IOException e =
        assertFails(
            "without a password",
            () -> zoo().model("https://ann:secret@a.example/net.pth?key=hidden", listener));
    assertFalse(e.getMessage().contains("secret"), e.getMessage());
    assertFalse(e.getMessage().contains("hidden"), e.getMessage());
  }

  @Test
  void aHashThatIsNotPublishedIsRecorded() throws IOException {
    ZooEntry unhashed = TestModels.entry("", server.uri(PATH));
    TestModels.zoo(cache, unhashed).model("pico", listener);
    assertTrue(notices.toString().contains("no SHA-256 of it is published"), notices.toString());
    CachedModel origin = TestModels.zoo(cache, unhashed).cached("pico").orElseThrow();
    assertFalse(origin.verified());
    assertEquals(TestModels.sha256(checkpoint), origin.sha256());
    assertEquals(
        TestModels.sha256(checkpoint) + "  " + TestModels.FILE,
        Files.readString(cache.resolve("hashes").resolve(TestModels.FILE)).strip());
  }

  @Test
  void aFileThatChangesAfterItsFirstDownloadIsRefused() throws IOException {
    ZooEntry unhashed = TestModels.entry("", server.uri(PATH));
    Zoo zoo = TestModels.zoo(cache, unhashed);
    zoo.model("pico", listener);
    zoo.prune(List.of("pico"), false, false);
    server.on(PATH, ScriptedServer.file(TestModels.checkpoint(1)));
    assertFails("expected the file that came first", () -> zoo.model("pico", listener));
  }

  @Test
  void mirrorsComeFirst() throws IOException {
    try (ScriptedServer mirror = new ScriptedServer()) {
      mirror.on("/m/" + TestModels.FILE, ScriptedServer.file(checkpoint));
      TestModels.zoo(cache, false, List.of(mirror.uri("/m/")), entry()).model("pico", listener);
      assertEquals(
          List.of("/m" + PATH, "/m/" + TestModels.FILE),
          mirror.requests().stream().map(ScriptedServer.Request::target).toList());
      assertEquals(0, server.requests().size());
    }
  }

  @Test
  void withoutNetworkItSaysWhatToBringWhere() {
    Zoo zoo = TestModels.zoo(cache, true, List.of(), entry());
    IOException e = assertFails("RTM_OFFLINE", () -> zoo.model("pico", listener));
    assertTrue(e.getMessage().contains(server.uri(PATH).toString()), e.getMessage());
    assertTrue(e.getMessage().contains(cache.resolve("downloads").toString()), e.getMessage());
    assertTrue(
        e.getMessage().contains(TestModels.sha256(checkpoint).substring(0, 8)), e.getMessage());
    assertEquals(0, server.requests().size());
  }

  @Test
  void whatWasPutIntoTheFolderIsFound() throws IOException {
    Path downloads = Files.createDirectories(cache.resolve("downloads"));
    Files.write(downloads.resolve(TestModels.FILE), checkpoint);
    TestModels.zoo(cache, true, List.of(), entry()).model("pico", listener);
    assertEquals(0, server.requests().size());
    assertEquals(List.of(TestModels.FILE), names("downloads"));
  }

  @Test
  void theWrongFileInTheFolderIsRefused() throws IOException {
    Path downloads = Files.createDirectories(cache.resolve("downloads"));
    Files.write(downloads.resolve(TestModels.FILE), TestModels.checkpoint(1));
    Zoo zoo = TestModels.zoo(cache, true, List.of(), entry());
    assertFails("bring the file again", () -> zoo.model("pico", listener));
    assertEquals(List.of(), names("models"));
  }

  @Test
  void aFileIsAddedByItsContent() throws IOException {
    Path file = Files.write(folder.resolve("best.pth"), checkpoint);
    Path bundle = zoo().add(file, null, listener);
    assertEquals("rtmdet-pico", Bundles.open(bundle).name());
    assertTrue(notices.get(0).endsWith("is rtmdet-pico (" + TestModels.FILE + ")"), notices.get(0));
    assertEquals(0, server.requests().size());
  }

  @Test
  void anotherFileIsNotAdded() throws IOException {
    Path file = Files.write(folder.resolve("best.pth"), TestModels.checkpoint(1));
    assertFails("expected an official file", () -> zoo().add(file, null, listener));
    assertFails("bring the file again", () -> zoo().add(file, "pico", listener));
    assertEquals(List.of(), names("models"));
  }

  @Test
  void aDownloadToAFolderLeavesTheCacheAlone() throws IOException {
    Path destination = folder.resolve("stick");
    Path file = zoo().download("pico", destination, listener);
    assertEquals(destination.resolve(TestModels.FILE), file);
    assertArrayEquals(checkpoint, Files.readAllBytes(file));
    zoo().download("pico", destination, listener);
    assertEquals(1, server.requests().size());
    assertEquals(List.of(), names("models"));
  }

  @Test
  void aDamagedBundleIsMadeAnew() throws IOException {
    Path bundle = zoo().pull("pico", listener);
    byte[] bytes = Files.readAllBytes(bundle);
    Files.write(bundle, Arrays.copyOf(bytes, bytes.length / 2));
    zoo().model("pico", listener);
    assertArrayEquals(bytes, Files.readAllBytes(bundle));
    assertTrue(notices.toString().contains("is damaged and made anew"), notices.toString());
  }

  @Test
  void verifyFindsOneWrongBit() throws IOException {
    Path bundle = zoo().pull("pico", listener);
    assertTrue(zoo().verify(List.of()).get(0).good());
    byte[] bytes = Files.readAllBytes(bundle);
    bytes[bytes.length / 2] ^= 1;
    Files.write(bundle, bytes);
    Zoo.Check check = zoo().verify(List.of("pico")).get(0);
    assertFalse(check.good());
    assertTrue(check.finding().contains("is damaged"), check.finding());
  }

  @Test
  void pruneRemovesLeftoversAndWhatIsNamed() throws IOException {
    Path bundle = zoo().pull("pico", listener);
    Path part = cache.resolve("downloads").resolve("other.pth.part");
    Path torn = cache.resolve("models").resolve("." + KEY + ".1234abcd-0000.rtm");
    Files.write(part, new byte[10]);
    Files.write(torn, new byte[10]);
    assertEquals(List.of(part, torn), zoo().prune(List.of(), false, true));
    assertTrue(Files.exists(part));
    assertEquals(List.of(part, torn), zoo().prune(List.of(), false, false));
    assertFalse(Files.exists(part) || Files.exists(torn));
    assertTrue(Files.exists(bundle));
    assertEquals(List.of(bundle), zoo().prune(List.of("pico"), false, false));
    assertEquals(List.of(), names("models"));
  }

  @Test
  void anUnknownNameIsNone() {
    assertFalse(zoo().knows("rtmdet-femto"));
    assertFails("there is no model 'rtmdet-femto'", () -> zoo().model("rtmdet-femto", listener));
  }

  @Test
  void threadsShareOneDownload() throws Exception {
    int count = 4;
    CyclicBarrier together = new CyclicBarrier(count);
    ExecutorService threads = Executors.newFixedThreadPool(count);
    try {
      List<Future<Model>> models = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        Callable<Model> pull =
            () -> {
              together.await();
              return zoo().model("pico", ModelListener.NONE);
            };
        models.add(threads.submit(pull));
      }
      for (Future<Model> model : models) {
        assertEquals("rtmdet-pico", model.get().name());
      }
    } finally {
      threads.shutdownNow();
    }
    assertEquals(1, server.requests().size());
    assertTrue(zoo().verify(List.of("pico")).get(0).good());
  }

  @Test
  void processesShareOneDownload() throws Exception {
    String sha256 = TestModels.sha256(checkpoint);
    Process first = PullMain.start(cache, sha256, server.uri(PATH));
    Process second = PullMain.start(cache, sha256, server.uri(PATH));
    assertTrue(first.waitFor(2, TimeUnit.MINUTES) && second.waitFor(2, TimeUnit.MINUTES));
    assertEquals(0, first.exitValue());
    assertEquals(0, second.exitValue());
    assertEquals(1, server.requests().size());
    assertTrue(zoo().verify(List.of("pico")).get(0).good());
  }

  @Test
  void aKilledProcessLeavesABeginningToGoOnFrom() throws Exception {
    int half = checkpoint.length / 2;
    server.on(
        PATH,
        (request, out) -> {
          ScriptedServer.head(out, 200, "ETag: \"one\"", "Content-Length: " + checkpoint.length);
          out.write(checkpoint, 0, half);
          out.flush();
          server.hang();
        },
        ScriptedServer.file(checkpoint));
    Process process = PullMain.start(cache, TestModels.sha256(checkpoint), server.uri(PATH));
    Path part = cache.resolve("downloads").resolve(TestModels.FILE + ".part");
    while (process.isAlive() && (!Files.exists(part) || Files.size(part) < half)) {
      Thread.sleep(20);
    }
    process.destroyForcibly().waitFor();
    assertEquals(half, Files.size(part));

    zoo().model("pico", listener);
    assertEquals(half, server.requests().get(1).from());
    assertTrue(zoo().verify(List.of("pico")).get(0).good());
    assertEquals(List.of(), names("downloads"));
  }

  private Zoo zoo() {
    return TestModels.zoo(cache, entry());
  }

  private ZooEntry entry() {
    return TestModels.entry(checkpoint, server.uri(PATH));
  }

  private List<String> names(String name) throws IOException {
    Path place = cache.resolve(name);
    if (!Files.isDirectory(place)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(place)) {
      return files.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }

  private interface Action {
    void run() throws IOException;
  }

  private static IOException assertFails(String expected, Action action) {
    IOException e = assertThrows(IOException.class, action::run);
    assertTrue(e.getMessage().contains(expected), e.getMessage());
    assertFalse(e.getMessage().contains("\n"));
    return e;
  }
}
