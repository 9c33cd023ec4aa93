package io.github.rtmjava.samediff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.engine.EngineException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class InferenceThreadTest {
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch end = new CountDownLatch(1);

  @AfterEach
  void end() {
    end.countDown();
  }

  private FutureTask<Integer> occupy(InferenceThread thread) throws InterruptedException {
    FutureTask<Integer> caller =
        new FutureTask<>(
            () ->
                thread.call(
                    () -> {
                      begun.countDown();
                      end.await();
                      return 1;
                    }));
    new Thread(caller).start();
    begun.await();
    return caller;
  }

  @Test
  void workThatHasNotBegunIsCalledOffWhenItsCallerIsInterrupted() throws Exception {
    AtomicBoolean done = new AtomicBoolean();
    try (InferenceThread thread = new InferenceThread("test")) {
      FutureTask<Integer> first = occupy(thread);
      Thread.currentThread().interrupt();
      assertThrows(EngineException.class, () -> thread.call(() -> done.getAndSet(true)));
      assertTrue(Thread.interrupted(), "stays interrupted");
      end.countDown();
      assertEquals(1, first.get(30, TimeUnit.SECONDS));
      assertEquals(2, thread.call(() -> 2));
    }
    assertFalse(done.get());
  }

  @Test
  void workThatHasBegunIsWaitedForWhateverHappens() throws Exception {
    try (InferenceThread thread = new InferenceThread("test", Duration.ofSeconds(1))) {
      FutureTask<Integer> first = occupy(thread);
      Thread.sleep(1200);
      assertFalse(first.isDone());
      end.countDown();
      assertEquals(1, first.get(30, TimeUnit.SECONDS));
    }
  }

  @Test
  void workDoesNotWaitForEver() throws Exception {
    try (InferenceThread thread = new InferenceThread("test", Duration.ofSeconds(1))) {
      FutureTask<Integer> first = occupy(thread);
      EngineException e = assertThrows(EngineException.class, () -> thread.call(() -> 1));
      assertTrue(e.getMessage().startsWith("waited 1 s for the model's thread"), e.getMessage());
      end.countDown();
      assertEquals(1, first.get(30, TimeUnit.SECONDS));
    }
  }

  @Test
  void theProcessEndsWhileCallersWait() throws Exception {
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Exiting.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      String said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertTrue(child.waitFor(40, TimeUnit.SECONDS), "it ends");
      assertEquals(3, child.exitValue(), said);
      assertEquals(
          List.of("first: 1", "second: the process is ending, so no model runs any more"),
          said.lines().sorted().toList());
    } finally {
      child.destroyForcibly();
    }
  }

  /** Exits while one caller's work is done and another one's waits; both tell what they get. */
  static final class Exiting {
    private Exiting() {}

    public static void main(String[] args) throws Exception {
      InferenceThread thread = new InferenceThread("test");
      CountDownLatch begun = new CountDownLatch(1);
      CountDownLatch told = new CountDownLatch(2);
      Runtime.getRuntime().addShutdownHook(new Thread(() -> await(told)));
      new Thread(() -> tell("first", told, thread, begun)).start();
      begun.await();
      Thread second = new Thread(() -> tell("second", told, thread, new CountDownLatch(1)));
      second.start();
      while (second.getState() != Thread.State.TIMED_WAITING) {
        Thread.sleep(5);
      }
      System.exit(3);
    }

    private static void tell(
        String name, CountDownLatch told, InferenceThread thread, CountDownLatch begun) {
      try {
        int result =
            thread.call(
                () -> {
                  begun.countDown();
                  long until = System.nanoTime() + 1_000_000_000L;
                  while (System.nanoTime() < until) {
                    Thread.onSpinWait(); // as native code, which nothing interrupts
                  }
                  return 1;
                });
        System.out.println(name + ": " + result);
      } catch (IOException | RuntimeException e) {
        System.out.println(name + ": " + e.getMessage());
      } finally {
        told.countDown();
      }
    }

    private static void await(CountDownLatch told) {
      try {
        told.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
