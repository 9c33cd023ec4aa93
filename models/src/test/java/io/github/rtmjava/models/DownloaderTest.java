package io.github.rtmjava.models;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.model.ModelListener;
import io.github.rtmjava.web.EnvironmentProxies;
import io.github.rtmjava.web.Redirects;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DownloaderTest {
  private static final String NAME = "net.pth";
  private static final Duration IMPATIENT = Duration.ofMillis(500);
  private static final String PATH = "/models/net.pth";

  @TempDir Path folder;
  private ScriptedServer server;
  private final byte[] content = bytes(1, 200_000);

  @BeforeEach
  void start() throws IOException {
    server = new ScriptedServer();
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  @Test
  void aFileComesWholeAndWithItsProgress() throws IOException {
    server.on(PATH, ScriptedServer.file(content));
    List<Long> done = new ArrayList<>();
    Downloader.Fetched fetched =
        downloader(Map.of())
            .fetch(
                wanted(PATH),
                folder,
                new ModelListener() {
                  @Override
                  public void progress(String what, long bytes, long total) {
                    assertEquals(NAME, what);
                    assertEquals(content.length, total);
                    done.add(bytes);
                  }
                });
    assertEquals(folder.resolve(NAME), fetched.file());
    assertEquals(sha256(content), fetched.sha256());
    assertEquals((long) content.length, done.get(done.size() - 1));
    assertEquals(done.stream().sorted().toList(), done);
    assertOnlyTheFile();
  }

  @Test
  void aCutConnectionIsTakenUpWhereItEnded() throws IOException {
    server.on(
        PATH, ScriptedServer.cut(content, 70_000, "ETag: \"one\""), ScriptedServer.file(content));
    fetch(PATH);
    assertOnlyTheFile();
    ScriptedServer.Request second = server.requests().get(1);
    assertTrue(second.from() > 0 && second.from() <= 70_000, second.toString());
    assertEquals("\"one\"", second.header("if-range"));
  }

  @Test
  void aLaterRunGoesOn() throws IOException {
    server.on(
        PATH, ScriptedServer.cut(content, 70_000, "ETag: \"one\""), ScriptedServer.status(404));
    assertFails("404", PATH);
    long there = Files.size(folder.resolve(NAME + ".part"));
    assertTrue(there > 0, "the beginning is kept");
    server.on(PATH, ScriptedServer.file(content));
    fetch(PATH);
    assertEquals(there, server.requests().get(2).from());
    assertOnlyTheFile();
  }

  @Test
  void anotherVersionOnTheServerBeginsAnew() throws IOException {
    byte[] newer = bytes(2, 150_000);
    server.on(
        PATH,
        ScriptedServer.cut(content, 70_000, "ETag: \"one\""),
        ScriptedServer.file(newer, "ETag: \"two\""));
    downloader(Map.of()).fetch(wanted(newer, PATH), folder, ModelListener.NONE);
    assertArrayEquals(newer, Files.readAllBytes(folder.resolve(NAME)));
  }

  @Test
  void aServerWithoutRangesBeginsAnew() throws IOException {
    server.on(
        PATH,
        ScriptedServer.cut(content, 70_000),
        (request, out) -> {
          ScriptedServer.head(out, 200, "Content-Length: " + content.length);
          out.write(content);
        });
    fetch(PATH);
    assertOnlyTheFile();
  }

  @Test
  void twoPartsThatDoNotFitBeginAnew() throws IOException {
    byte[] other = bytes(3, content.length);
    server.on(PATH, ScriptedServer.cut(other, 70_000), ScriptedServer.file(content));
    fetch(PATH);
    assertEquals(3, server.requests().size());
    assertTrue(server.requests().get(1).from() > 0);
    assertEquals(0, server.requests().get(2).from());
    assertOnlyTheFile();
  }

  @Test
  void withoutHashAndTagNothingIsPutTogether() throws IOException {
    server.on(PATH, ScriptedServer.cut(content, 70_000), ScriptedServer.file(content));
    RemoteFile unknown = new RemoteFile(NAME, List.of(server.uri(PATH)), Checksum.UNKNOWN, 1 << 20);
    downloader(Map.of()).fetch(unknown, folder, ModelListener.NONE);
    assertEquals(0, server.requests().get(1).from());
    assertOnlyTheFile();
  }

  @Test
  void aRangeOtherThanAskedForBeginsAnew() throws IOException {
    server.on(
        PATH,
        ScriptedServer.cut(content, 70_000),
        (request, out) -> {
          ScriptedServer.head(
              out, 206, "Content-Range: bytes 5-9/" + content.length, "Content-Length: 5");
          out.write(content, 5, 5);
        },
        ScriptedServer.file(content));
    fetch(PATH);
    assertOnlyTheFile();
  }

  @Test
  void aWholePartIsFinishedWithoutAnotherByte() throws IOException {
    server.on(PATH, ScriptedServer.file(content));
    Files.write(folder.resolve(NAME + ".part"), content);
    fetch(PATH);
    assertEquals(content.length, server.requests().get(0).from());
    assertEquals(1, server.requests().size());
    assertOnlyTheFile();
  }

  @Test
  void aPartThatIsLongerThanTheFileBeginsAnew() throws IOException {
    server.on(PATH, ScriptedServer.file(content));
    Files.write(folder.resolve(NAME + ".part"), bytes(4, content.length + 1));
    fetch(PATH);
    assertOnlyTheFile();
  }

  @Test
  void wrongBytesAreRefused() throws IOException {
    server.on(PATH, ScriptedServer.file(bytes(5, content.length)));
    assertFails("expected a file with SHA-256 " + sha256(content), PATH);
    assertEquals(List.of(), names());
  }

  @Test
  void aLengthThatIsTooSmallIsNoticed() throws IOException {
    server.on(
        PATH,
        (request, out) -> {
          ScriptedServer.head(out, 200, "Content-Length: 1000");
          out.write(content);
        });
    assertFails("expected a file with SHA-256", PATH);
    assertEquals(List.of(), names());
  }

  @Test
  void aLengthThatIsTooLargeIsNoticed() throws IOException {
    server.on(
        PATH,
        (request, out) -> {
          ScriptedServer.head(
              out,
              request.from() == 0 ? 200 : 206,
              "Content-Range: bytes %d-999999/1000000".formatted(request.from()),
              "Content-Length: " + (1_000_000 - request.from()));
          out.write(content, request.from(), content.length - request.from());
        });
    assertFails("connection", PATH);
    assertFalse(Files.exists(folder.resolve(NAME)));
  }

  @Test
  void aMirrorStepsIn() throws IOException {
    server
        .on("/wrong/net.pth", ScriptedServer.file(bytes(6, content.length)))
        .on(PATH, ScriptedServer.file(content));
    fetch("/gone/net.pth", "/wrong/net.pth", PATH);
    assertOnlyTheFile();
  }

  @Test
  void everyAddressIsInTheMessage() {
    IOException e = assertFails("/gone/net.pth: it is not there (404)", "/gone/net.pth", "/b");
    assertTrue(e.getMessage().contains("/b: it is not there (404)"), e.getMessage());
    assertTrue(e.getMessage().contains("RTM_MIRROR"), e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403, 404, 410, 418, 416})
  void refusalsAreNotRepeated(int status) {
    server.on(PATH, ScriptedServer.status(status));
    assertFails("(" + status + ")", PATH);
    assertEquals(1, server.requests().size());
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 500, 503})
  void passingTroubleIsWaitedFor(int status) throws IOException {
    server.on(PATH, ScriptedServer.status(status), ScriptedServer.file(content));
    fetch(PATH);
    assertOnlyTheFile();
  }

  @Test
  void lastingTroubleIsGivenUp() {
    server.on(PATH, ScriptedServer.status(503));
    assertFails("(503)", PATH);
    assertEquals(3, server.requests().size());
  }

  @Test
  void aServerThatFallsSilentIsLeft() throws IOException {
    server
        .on(
            PATH,
            (request, out) -> {
              ScriptedServer.head(out, 200, "Content-Length: " + content.length);
              out.write(content, 0, 100);
              out.flush();
              server.hang();
            })
        .on("/mirror", ScriptedServer.file(content));
    downloader(IMPATIENT, Map.of()).fetch(wanted(PATH, "/mirror"), folder, ModelListener.NONE);
    assertOnlyTheFile();
  }

  @Test
  void aServerThatTricklesIsLeft() throws IOException {
    server
        .on(
            PATH,
            (request, out) -> {
              ScriptedServer.head(out, 200, "Content-Length: " + content.length);
              for (int i = 0; i < content.length; i++) {
                out.write(content, i, 1);
                out.flush();
                sleep(20);
              }
            })
        .on("/mirror", ScriptedServer.file(content));
    downloader(IMPATIENT, Map.of()).fetch(wanted(PATH, "/mirror"), folder, ModelListener.NONE);
    assertOnlyTheFile();
  }

  @Test
  void aServerThatNeverAnswersIsLeft() throws IOException {
    server.on(PATH, (request, out) -> server.hang()).on("/mirror", ScriptedServer.file(content));
    downloader(IMPATIENT, Map.of()).fetch(wanted(PATH, "/mirror"), folder, ModelListener.NONE);
    assertOnlyTheFile();
  }

  @Test
  void aClosedPortIsNamed() throws IOException {
    URI gone;
    try (ScriptedServer other = new ScriptedServer()) {
      gone = other.uri("/net.pth");
    }
    RemoteFile wanted = new RemoteFile(NAME, List.of(gone), new Checksum(sha256(content)), 1 << 20);
    IOException e =
        assertThrows(
            IOException.class,
            () -> downloader(Map.of()).fetch(wanted, folder, ModelListener.NONE));
    assertTrue(e.getMessage().contains(gone + ": no connection"), e.getMessage());
  }

  @Test
  void redirectsAreFollowed() throws IOException {
    server
        .on("/old", ScriptedServer.status(302, "Location: /older"))
        .on("/older", ScriptedServer.status(308, "Location: " + server.uri(PATH)))
        .on(PATH, ScriptedServer.file(content));
    fetch("/old");
    assertOnlyTheFile();
  }

  @ParameterizedTest
  @ValueSource(strings = {"file:///etc/passwd", "ftp://localhost/net.pth", "jar:file:/x!/y", ""})
  void redirectsToOtherSchemesAreRefused(String location) {
    server.on("/old", ScriptedServer.status(302, "Location: " + location));
    assertFails("a redirect to another scheme", "/old");
  }

  /** The proxy stands for a public host, and sends to this machine. */
  @Test
  void redirectsNeverLeadInside() throws IOException {
    String outside = "http://93.184.216.34/net.pth";
    server
        .on(outside, ScriptedServer.status(302, "Location: " + server.uri(PATH)))
        .on(PATH, ScriptedServer.file(content));
    RemoteFile wanted =
        new RemoteFile(NAME, List.of(URI.create(outside)), new Checksum(sha256(content)), 1 << 20);
    IOException e =
        assertThrows(
            IOException.class,
            () ->
                downloader(Map.of("http_proxy", server.uri("").toString()))
                    .fetch(wanted, folder, ModelListener.NONE));
    assertTrue(
        e.getMessage().contains("a redirect to localhost, a host of this machine"), e.getMessage());
    assertEquals(1, server.requests().size());
  }

  @Test
  void redirectsInACircleEnd() {
    server.on("/old", ScriptedServer.status(302, "Location: /old"));
    assertFails("redirects", "/old");
  }

  @Test
  void anEndlessBodyIsCutOff() {
    server.on(
        PATH,
        (request, out) -> {
          ScriptedServer.head(out, 200);
          while (true) {
            out.write(content);
          }
        });
    assertFails("more than 1,048,576 bytes came", PATH);
    assertEquals(List.of(), names());
  }

  @Test
  void aFileThatIsTooLargeIsNotBegun() {
    server.on(PATH, ScriptedServer.status(200, "X-Length: 1"));
    server.on(
        PATH, (request, out) -> ScriptedServer.head(out, 200, "Content-Length: 99999999999999"));
    assertFails("expected at most 1,048,576 bytes", PATH);
    assertEquals(List.of(), names());
  }

  @Test
  void aCompressedBodyIsRefused() throws IOException {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
      gzip.write(content);
    }
    server.on(PATH, ScriptedServer.file(zipped.toByteArray(), "Content-Encoding: gzip"));
    assertFails("compressed with gzip", PATH);
    assertEquals("identity", server.requests().get(0).header("accept-encoding"));
    assertEquals(List.of(), names());
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/html; charset=utf-8", "application/octet-stream"})
  void aWebPageIsNoModel(String type) {
    byte[] page = "\n<!DOCTYPE html><html>Please log in".getBytes(StandardCharsets.UTF_8);
    server.on(PATH, ScriptedServer.file(page, "Content-Type: " + type));
    assertFails("found a web page", PATH);
    assertFalse(Files.exists(folder.resolve(NAME)));
  }

  @Test
  void aProxyOfTheEnvironmentIsUsed() throws IOException {
    server.on("http://models.example/net.pth", ScriptedServer.file(content));
    RemoteFile wanted =
        new RemoteFile(
            NAME,
            List.of(URI.create("http://models.example/net.pth")),
            new Checksum(sha256(content)),
            1 << 20);
    downloader(Map.of("http_proxy", server.uri("").toString()))
        .fetch(wanted, folder, ModelListener.NONE);
    assertOnlyTheFile();
  }

  private void fetch(String... paths) throws IOException {
    downloader(Map.of()).fetch(wanted(paths), folder, ModelListener.NONE);
  }

  private IOException assertFails(String expected, String... paths) {
    IOException e = assertThrows(IOException.class, () -> fetch(paths));
    assertTrue(e.getMessage().contains(expected), e.getMessage());
    assertFalse(e.getMessage().contains("\n"));
    return e;
  }

  private RemoteFile wanted(String... paths) {
    return wanted(content, paths);
  }

  private RemoteFile wanted(byte[] expected, String... paths) {
    return new RemoteFile(
        NAME,
        Arrays.stream(paths).map(server::uri).toList(),
        new Checksum(sha256(expected)),
        1 << 20);
  }

  private void assertOnlyTheFile() throws IOException {
    assertEquals(List.of(NAME), names());
    assertArrayEquals(content, Files.readAllBytes(folder.resolve(NAME)));
  }

  private List<String> names() {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(path -> path.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Downloader downloader(Map<String, String> environment) {
    return downloader(Duration.ofSeconds(20), environment);
  }

  private static Downloader downloader(Duration patience, Map<String, String> environment) {
    return new Downloader(
        new Transfer(
            patience,
            patience,
            1000,
            3,
            Duration.ZERO,
            new EnvironmentProxies(environment, null),
            Redirects.PUBLIC));
  }

  private static void sleep(int millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static byte[] bytes(int seed, int count) {
    byte[] bytes = new byte[count];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  private static String sha256(byte[] bytes) {
    return TestModels.sha256(bytes);
  }
}
