package io.github.rtmjava.app.option;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code rtm serve}: each line starts a service, asks it, and stops it. */
final class ServeRuns {
  private static final String TOKEN = "a-token-of-a-test";
  private static final String EARLIER = "a".repeat(32);
  private static final String LATER = "b".repeat(32);

  private final Path folder;
  private final String picture;
  private final String address;
  private final String clip;

  private ServeRuns(Material material) throws IOException {
    folder = Files.createDirectories(material.pose().resolveSibling("serve"));
    picture = material.scene();
    address = material.address("clip.mp4");
    clip = material.squat();
  }

  static List<Table> tables(Material material) throws IOException {
    return List.of(new ServeRuns(material).serve());
  }

  /** A line whose service is asked so. */
  private static Line line(Asked asked, String... more) {
    List<String> words =
        new ArrayList<>(
            List.of(
                "serve",
                "--port",
                "0",
                "--model",
                "fake-pose",
                "--detector",
                "fake-detector",
                "--engine",
                "fake"));
    words.addAll(List.of(more));
    return Line.of(new Serving(asked), words.toArray(String[]::new));
  }

  private Table serve() throws IOException {
    Table serve = new Table("serve");
    access(serve);
    tls(serve);
    models(serve);
    cameras(serve);
    jobs(serve);
    Asked upload = Asked.post("/v1/poses", Path.of(picture));
    serve
        .option("--limits", "upload-bytes=1k")
        .on(line(upload))
        .turns(run -> Serving.answer(run.out()), "200", "413");
    serve
        .option("--limits", "results-bytes=1")
        .on(line(Asked.get("/v1/jobs"), "--jobs", ended().toString()))
        .shows(
            (without, with) -> {
              assertTrue(without.out().contains(EARLIER), without.said());
              assertTrue(without.out().contains(LATER), without.said());
              assertTrue(!with.out().contains(EARLIER), with.said());
              assertTrue(with.out().contains(LATER), with.said());
            });
    Line free = Line.of(new Serving(Asked.get("/readyz")), "serve", "--port", "0");
    EngineRuns.add(serve, line(Asked.get("/readyz")), free);
    return serve;
  }

  /** A folder of jobs that have ended, with results of a few bytes. */
  private Path ended() throws IOException {
    Path jobs = folder.resolve("ended");
    String now = Instant.now().toString();
    String earlier = Instant.now().minusSeconds(60).toString();
    for (String[] job : new String[][] {{EARLIER, earlier}, {LATER, now}}) {
      Path files = Files.createDirectories(jobs.resolve(job[0]).resolve("files"));
      Files.writeString(files.resolve("poses.jsonl"), "{}\n");
      Files.writeString(
          files.resolveSibling("state.json"),
          """
          {"id": "%s", "query": {}, "state": "DONE", "begun": 1, "created": "%s", "ended": "%s",
           "remarks": []}
          """
              .formatted(job[0], job[1], job[1]));
    }
    return jobs;
  }

  private void access(Table serve) throws IOException {
    Asked models = Asked.get("/v1/models");
    serve
        .option("--host", "localhost")
        .on(line(models))
        .shows(
            (without, with) -> {
              assertTrue(without.out().startsWith("ready at http://127.0.0.1:"), without.said());
              assertTrue(with.out().startsWith("ready at http://localhost:"), with.said());
            });
    String port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = String.valueOf(socket.getLocalPort());
    }
    serve
        .option("--port")
        .between(line(models), line(models).replacing("0", port))
        .shows((without, with) -> assertTrue(with.out().contains(":" + port + "/"), with.said()));
    Path tokens = Files.writeString(folder.resolve("tokens.txt"), "# mine\n" + TOKEN + "\n");
    serve
        .option("--token-file", tokens.toString())
        .on(line(models))
        .turns(run -> Serving.answer(run.out()), "200", "401");
    serve
        .option("--token-file", tokens.toString())
        .on(line(models.with("Authorization", "Bearer " + TOKEN)))
        .turns(run -> Serving.answer(run.out()), "200", "200");
    serve
        .option("--no-token")
        .on(line(models, "--host", "0.0.0.0"))
        .shows(
            (without, with) -> {
              assertEquals(2, without.code(), without.said());
              assertTrue(without.said().contains("--token-file"), without.said());
              assertEquals(0, with.code(), with.said());
              assertEquals("200", Serving.answer(with.out()));
              assertTrue(with.said().contains("whoever reaches"), with.said());
            });
    serve
        .option("--name", "poses.example.org")
        .on(line(models.with("Host", "poses.example.org")))
        .turns(run -> Serving.answer(run.out()), "421", "200");
    serve
        .option("--origin", "https://example.org")
        .on(line(models.with("Origin", "https://example.org")))
        .turns(run -> Serving.answer(run.out()), "403", "200");
  }

  private void tls(Table serve) throws IOException {
    Asked models = Asked.get("/v1/models");
    serve
        .option("--tls-self-signed")
        .on(line(models))
        .shows(
            (without, with) -> {
              assertTrue(without.out().startsWith("ready at http://"), without.said());
              assertTrue(with.out().startsWith("ready at https://"), with.said());
              assertEquals("200", Serving.answer(with.out()));
            });
    Path store = keystore();
    Path password = Files.writeString(folder.resolve("password.txt"), "changeit\n");
    Line encrypted =
        line(models, "--tls-password-file", password.toString(), "--tls-keystore", "" + store);
    serve
        .option("--tls-keystore")
        .between(line(models), encrypted)
        .shows(
            (without, with) -> {
              assertTrue(without.out().startsWith("ready at http://"), without.said());
              assertTrue(with.out().startsWith("ready at https://"), with.said());
              assertEquals("200", Serving.answer(with.out()));
            });
    serve
        .option("--tls-password-file")
        .between(line(models, "--tls-keystore", store.toString()), encrypted)
        .shows(
            (without, with) -> {
              assertEquals(1, without.code(), without.said());
              assertTrue(without.said().contains("the password opens"), without.said());
              assertEquals(0, with.code(), with.said());
            });
  }

  private Path keystore() throws IOException {
    Path store = folder.resolve("keys.p12");
    List<String> keytool =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair",
            "-alias",
            "rtm",
            "-keyalg",
            "EC",
            "-dname",
            "CN=localhost",
            "-storetype",
            "PKCS12",
            "-storepass",
            "changeit",
            "-keystore",
            store.toString());
    try {
      Process process = new ProcessBuilder(keytool).inheritIO().start();
      assertEquals(0, process.waitFor(), "keytool");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
    return store;
  }

  private void cameras(Table serve) {
    serve
        .option("--camera", "door=" + clip)
        .on(line(Asked.get("/v1/live?frames=2")))
        .shows(
            (without, with) -> {
              assertEquals("404", Serving.answer(without.out()));
              assertEquals("200", Serving.answer(with.out()));
              assertTrue(with.out().contains("\"name\":\"door\""), with.said());
              assertEquals(3, with.out().split("event: poses", -1).length, with.said());
            });
    serve
        .option("--camera-model", "door=hands")
        .on(
            line(
                Asked.get("/v1/live?frames=1"),
                "--camera",
                "door=" + clip,
                "--model",
                "hands=fake-pose"))
        .shows(
            (without, with) -> {
              assertTrue(without.out().contains("\"model\":\"fake-pose\""), without.said());
              assertTrue(with.out().contains("\"model\":\"hands\""), with.said());
            });
    serve
        .option("--camera-model", "door=nobody")
        .on(line(Asked.get("/readyz"), "--camera", "door=" + clip))
        .shows(
            (without, with) -> {
              assertEquals(2, with.code(), with.said());
              assertTrue(
                  with.said().contains("expected a model out of fake-pose, found 'nobody'"),
                  with.said());
            });
    serve
        .option("--camera", "door=http://user:pa55word@localhost:9/door.mjpg")
        .on(line(Asked.get("/readyz")))
        .shows(
            (without, with) -> {
              assertEquals(1, with.code(), with.said());
              assertTrue(
                  with.said().contains("expected pictures of the camera 'door'"), with.said());
              assertTrue(!with.said().contains("pa55word"), with.said());
            });
  }

  private void jobs(Table serve) {
    serve
        .option("--jobs", Line.OUT + "/jobs")
        .on(line(Asked.get("/v1/jobs")))
        .turns(Run::files, List.of(), List.of("jobs"));
    String path = URI.create(address).getPath();
    serve
        .option("--allow-urls", address.replace(path, "/*"))
        .on(line(new Asked("/v1/jobs?url=" + address, Path.of(picture), Map.of())))
        .turns(run -> Serving.answer(run.out()), "400", "202");
  }

  private void models(Table serve) {
    Asked models = Asked.get("/v1/models");
    serve
        .option("--model", "other=fake-body")
        .on(line(models))
        .shows(
            (without, with) -> {
              assertTrue(without.out().contains("\"fake-pose\""), without.said());
              assertTrue(!without.out().contains("\"other\""), without.said());
              assertTrue(with.out().contains("\"other\""), with.said());
            });
    Asked upload = Asked.post("/v1/poses", Path.of(picture));
    serve
        .option("--detector")
        .between(line(upload), line(upload).replacing("fake-detector", "none"))
        .shows(
            (without, with) -> {
              assertTrue(without.images("fake detector") > 0, without.said());
              assertEquals(0, with.images("fake detector"), with.said());
              assertEquals("200", Serving.answer(with.out()));
            });
    serve
        .option("--flip-test")
        .on(line(upload).replacing("fake-pose", "fake-flat-pose"))
        .shows(
            (without, with) ->
                assertTrue(
                    without.images("fake pose") > 0
                        && 2 * without.images("fake pose") == with.images("fake pose"),
                    with.said()));
  }
}
