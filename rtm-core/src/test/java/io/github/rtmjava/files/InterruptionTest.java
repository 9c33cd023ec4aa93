package io.github.rtmjava.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class InterruptionTest {
  @TempDir Path dir;

  /** A job of each kind. */
  static final class Job {
    private Job() {}

    public static void main(String[] args) throws Exception {
      Path folder = Path.of(args[1]);
      Duration patience = Duration.ofMillis(args[0].equals("hangs") ? 300 : 60_000);
      try (Interruption interruption =
              new Interruption(() -> System.out.println("stopping"), patience);
          Unfinished unfinished = Unfinished.in(folder)) {
        Files.writeString(unfinished.path(), "half");
        switch (args[0]) {
          case "completes" -> interruption.completing(() -> complete(interruption, folder));
          case "breaks" -> broken(folder);
          case "waits for another" -> interruption.completing(() -> waitForAnother(interruption));
          default -> interruption.completing(Job::hang);
        }
      }
    }

    private static Void complete(Interruption interruption, Path folder) throws Exception {
      System.out.println("ready");
      while (!interruption.requested()) {
        Thread.sleep(10);
      }
      try {
        interruption.breakable(
            () -> {
              Thread.sleep(60_000);
              return null;
            });
      } catch (InterruptedException e) {
        System.out.println("interrupted");
      }
      Thread.sleep(300);
      NewFile.write(folder.resolve("result"), out -> out.write('c'));
      return null;
    }

    private static void broken(Path folder) throws IOException {
      System.out.println("ready");
      try (NewFile file = NewFile.at(folder.resolve("result"))) {
        Files.writeString(file.path(), "half");
        Thread.sleep(60_000);
        file.commit();
      } catch (InterruptedException e) {
        throw new InterruptedIOException();
      }
    }

    private static Void waitForAnother(Interruption interruption) throws InterruptedException {
      CountDownLatch latch = new CountDownLatch(1);
      return interruption.stoppable(
          latch::countDown,
          () -> {
            System.out.println("ready");
            latch.await();
            return null;
          });
    }

    private static Void hang() {
      System.out.println("ready");
      while (true) {
        Thread.onSpinWait();
      }
    }
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "nobody asks politely there")
  void whatIsToBeCompletedIs() throws Exception {
    stop("completes", List.of("stopping", "interrupted"));
    assertEquals(List.of("result"), left());
    assertEquals("c", Files.readString(dir.resolve("result")));
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "nobody asks politely there")
  void whatCanBeBrokenOffLeavesNothing() throws Exception {
    stop("breaks", List.of("stopping"));
    assertEquals(List.of(), left());
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "nobody asks politely there")
  void whatTheWorkWaitsForIsAskedAsWell() throws Exception {
    stop("waits for another", List.of("stopping"));
    assertEquals(List.of(), left());
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "nobody asks politely there")
  void nobodyWaitsForEverForWhatHangs() throws Exception {
    stop("hangs", List.of("stopping"));
    assertEquals(List.of(), left());
  }

  @Test
  void aJobThatEndsByItselfIsNotAsked() {
    AtomicBoolean asked = new AtomicBoolean();
    try (Interruption interruption = new Interruption(() -> asked.set(true))) {
      assertFalse(interruption.requested());
    }
    assertFalse(asked.get());
  }

  private void stop(String kind, List<String> said) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                Job.class.getName(),
                kind,
                dir.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader out = process.inputReader()) {
      assertEquals("ready", out.readLine());
      // Process.destroy would close the stream that is read here.
      process.toHandle().destroy();
      for (String line : said) {
        assertEquals(line, out.readLine());
      }
      assertTrue(process.waitFor(40, TimeUnit.SECONDS), "it goes on");
      assertEquals(143, process.exitValue());
    } finally {
      process.destroyForcibly();
    }
  }

  private List<String> left() throws IOException {
    try (Stream<Path> files = Files.list(dir)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
