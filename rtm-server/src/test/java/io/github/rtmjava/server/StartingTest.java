package io.github.rtmjava.server;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.pose3d.PoseConfig;
import io.github.rtmjava.server.config.ServerOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Starts that fail, and leave nothing behind. */
final class StartingTest {
  private static final ServerOptions NO_MODEL =
      ServerOptions.DEFAULT.withModels(Map.of("none", PoseConfig.of("there/is/no-such-model.rtm")));

  @Test
  void aPlaceThatIsTakenIsToldOfFirst() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      IOException e =
          assertThrows(
              IOException.class,
              () -> PoseServer.start(NO_MODEL.at("127.0.0.1", taken.getLocalPort())));
      assertTrue(String.valueOf(e.getMessage()).contains("found that it is taken"), e::toString);
    }
    IOException e =
        assertThrows(
            IOException.class,
            () ->
                PoseServer.start(
                    NO_MODEL.withTokens(Set.of("a-token-of-a-test")).at("no.invalid", 0)));
    assertTrue(String.valueOf(e.getMessage()).contains("not this machine's"), e::toString);
  }

  @Test
  void aModelThatCannotBeOpenedLeavesThePortFree() throws IOException {
    int port = freePort();
    IOException e =
        assertThrows(IOException.class, () -> PoseServer.start(NO_MODEL.at("127.0.0.1", port)));
    assertTrue(String.valueOf(e.getMessage()).contains("no-such-model"), e::toString);
    requireFree(port);
    requireNoLoading();
  }

  @Test
  void whoIsInterruptedWaitsForTheLoadingToEnd() throws Exception {
    int port = freePort();
    FutureTask<String> start =
        new FutureTask<>(
            () -> {
              try (PoseServer server =
                  PoseServer.start(ServerOptions.DEFAULT.at("127.0.0.1", port))) {
                return server.address().toString();
              } catch (IOException | RuntimeException e) {
                return "failed";
              }
            });
    Thread thread = new Thread(start, "start");
    thread.start();
    Thread.sleep(200);
    thread.interrupt();
    assertTrue(!start.get(60, TimeUnit.SECONDS).isEmpty());
    requireNoLoading();
    requireFree(port);
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  private static void requireFree(int port) throws IOException {
    try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      assertEquals(port, free.getLocalPort());
    }
  }

  private static void requireNoLoading() {
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().equals("rtm load")) {
        // Its work has ended; it may be about to.
        assertDoesNotThrow(() -> thread.join(10_000));
        assertFalse(thread.isAlive());
      }
    }
  }
}
