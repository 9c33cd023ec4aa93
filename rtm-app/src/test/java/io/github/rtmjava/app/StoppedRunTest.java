package io.github.rtmjava.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What processes leave that are stopped or killed, and those that the machine gives too little. */
@Timeout(180)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "nobody asks politely there")
class StoppedRunTest {
  @TempDir Path dir;

  @Test
  void picturesThatAreDoneAreComplete() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    HttpServer server = silent(asked, end);
    try {
      List<String> inputs = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        inputs.add(Pictures.write(dir.resolve("in/" + i + ".png"), Pictures.BRIGHT).toString());
      }
      inputs.add("http://localhost:" + server.getAddress().getPort() + "/never.png");
      Process process = start(Map.of(), List.of("--batch-size", "1"), inputs);
      assertTrue(asked.await(90, TimeUnit.SECONDS), "it asks for the last picture");
      awaitFile(dir.resolve("out/0.json"));
      process.toHandle().destroy();
      assertTrue(process.waitFor(60, TimeUnit.SECONDS), "it goes on");
      assertEquals(143, process.exitValue(), said());
      List<String> left = names(dir.resolve("out"));
      assertTrue(left.contains("0.json"), left.toString());
      assertEquals(List.of(), left.stream().filter(n -> !n.matches("[0-2]\\.(json|png)")).toList());
      assertTrue(said().contains("wrote "), said());
      assertEquals(1, said().lines().filter(line -> line.startsWith("stopping")).count(), said());
    } finally {
      end.countDown();
      server.stop(0);
    }
  }

  @Test
  void whatAKilledRunLeavesIsRemovedByTheNext() throws Exception {
    Path photo = Pictures.write(dir.resolve("in/a.png"), Pictures.BRIGHT);
    Path out = Files.createDirectory(dir.resolve("out"));
    Files.createFile(out.resolve(".rtm-of-the-dead.lock"));
    Files.writeString(out.resolve(".rtm-of-the-dead.0.part"), "half");
    Cli.Outcome outcome = Cli.infer(photo.toString(), "-o", out.toString());
    assertEquals(0, outcome.code(), outcome.err());
    assertEquals(List.of("a.json", "a.png"), names(out));
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aFullDiskIsNamed() throws Exception {
    Path disk = Files.createDirectory(dir.resolve("disk"));
    Process mount =
        new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=32k", "tmpfs", disk.toString())
            .redirectErrorStream(true)
            .redirectOutput(dir.resolve("mount.txt").toFile())
            .start();
    assumeTrue(mount.waitFor() == 0, "small disks cannot be mounted by this user");
    try {
      Files.write(disk.resolve("ballast"), new byte[28 << 10]);
      Path photo = Pictures.write(dir.resolve("in/a.png"), Pictures.BRIGHT);
      Cli.Outcome outcome = Cli.infer(photo.toString(), "-o", disk.toString());
      assertEquals(1, outcome.code());
      assertEquals(1, outcome.errLines().size(), outcome.err());
      assertTrue(
          outcome.err().contains(disk + ": expected room for the results, found that its disk"),
          outcome.err());
      assertEquals(List.of("ballast"), names(disk));
    } finally {
      new ProcessBuilder("umount", disk.toString()).start().waitFor();
    }
  }

  @Test
  void aUserWithoutAHomeNeedsNone() throws Exception {
    Path photo = Pictures.write(dir.resolve("in/a.png"), Pictures.BRIGHT);
    Path usual = Path.of(System.getProperty("user.home"), ".javacpp", "cache");
    Path cache = Files.createDirectories(dir.resolve("cache/rtm-java"));
    if (Files.isDirectory(usual)) {
      Files.createSymbolicLink(cache.resolve("javacpp"), usual);
    }
    Process process =
        start(
            Map.of("XDG_CACHE_HOME", dir.resolve("cache").toString()),
            List.of(),
            List.of(photo.toString()),
            "-Duser.home=?",
            "-Djava.io.tmpdir=/dev/null/y");
    assertTrue(process.waitFor(120, TimeUnit.SECONDS));
    assertEquals(0, process.exitValue(), said());
    assertEquals(List.of("a.json", "a.png"), names(dir.resolve("out")));
    assertFalse(Files.exists(dir.resolve("?")));
  }

  private static HttpServer silent(CountDownLatch asked, CountDownLatch end) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          asked.countDown();
          try {
            end.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          exchange.close();
        });
    server.start();
    return server;
  }

  /** {@code rtm infer} with the made-up models, as a process of its own. */
  private Process start(
      Map<String, String> environment,
      List<String> flags,
      List<String> inputs,
      String... javaOptions)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(javaOptions));
    command.addAll(
        List.of(
            "-cp",
            absolute(
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path"))),
            Rtm.class.getName(),
            "infer",
            "--model",
            "fake-pose",
            "--detector",
            "fake-detector",
            "--engine",
            "fake",
            "-o",
            dir.resolve("out").toString()));
    command.addAll(flags);
    command.addAll(inputs);
    ProcessBuilder builder = new ProcessBuilder(command).directory(dir.toFile());
    builder.environment().putAll(environment);
    return builder
        .redirectErrorStream(true)
        .redirectOutput(dir.resolve("said.txt").toFile())
        .start();
  }

  private static String absolute(String classPath) {
    return Stream.of(classPath.split(File.pathSeparator, -1))
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }

  private void awaitFile(Path file) throws InterruptedException {
    for (int i = 0; i < 600 && !Files.exists(file); i++) {
      Thread.sleep(100);
    }
    assertTrue(Files.exists(file), file.toString());
  }

  private String said() throws IOException {
    return Files.readString(dir.resolve("said.txt"));
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
