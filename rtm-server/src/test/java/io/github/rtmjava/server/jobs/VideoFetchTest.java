package io.github.rtmjava.server.jobs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.github.rtmjava.server.config.AddressPattern;
import io.github.rtmjava.server.web.ProblemException;
import io.github.rtmjava.web.Redirects;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names of hosts that lead here and there. Nothing in {@code .invalid} has an address. */
final class VideoFetchTest {
  private static final byte[] CLIP = "a clip".getBytes(StandardCharsets.UTF_8);

  @TempDir Path folder;
  private final AtomicInteger asked = new AtomicInteger();
  private HttpServer web;

  @BeforeEach
  void start() throws IOException {
    web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    web.createContext(
        "/clip.mp4",
        exchange -> {
          asked.incrementAndGet();
          String host = String.valueOf(exchange.getRequestHeaders().getFirst("Host"));
          byte[] body =
              host.startsWith("clips.invalid:") ? CLIP : host.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    web.start();
  }

  @AfterEach
  void stop() {
    web.stop(0);
  }

  private URI address(String host) {
    return URI.create("http://%s:%s/clip.mp4".formatted(host, web.getAddress().getPort()));
  }

  private Path fetch(JudgedHosts hosts, URI address) throws IOException {
    AddressPattern any = AddressPattern.of("http://*.invalid:" + web.getAddress().getPort());
    Path target = folder.resolve("clip");
    new VideoFetch(List.of(any), 1000, hosts)
        .fetch(
            address,
            target,
            new Job(JobEntry.waiting("0".repeat(32), Map.of()), JobQuery.of(Map.of())));
    return target;
  }

  private static InetAddress[] loopback(String host) {
    return new InetAddress[] {InetAddress.getLoopbackAddress()};
  }

  @Test
  void theAddressThatWasJudgedIsAsked() throws IOException {
    // Whoever looked this name up again would find nothing.
    Path clip =
        fetch(
            new JudgedHosts(null, VideoFetchTest::loopback, at -> false), address("clips.invalid"));
    assertArrayEquals(CLIP, Files.readAllBytes(clip));
  }

  @Test
  void aNameThatLeadsInsideInTheEndIsNotAsked() throws IOException {
    AtomicInteger looks = new AtomicInteger();
    JudgedHosts.Names rebound =
        host ->
            looks.getAndIncrement() == 0
                ? new InetAddress[] {InetAddress.getByName("192.0.2.1")}
                : loopback(host);
    JudgedHosts hosts = new JudgedHosts(null, rebound, Redirects::isPrivate);
    URI address = address("clips.invalid");
    Proxy first = hosts.select(address).get(0);
    InetSocketAddress pinned = (InetSocketAddress) first.address();
    assertEquals("192.0.2.1", pinned.getAddress().getHostAddress());
    ProblemException refused = assertThrows(ProblemException.class, () -> fetch(hosts, address));
    assertTrue(refused.detail().contains("private"), refused::detail);
    assertEquals(0, asked.get());
  }

  @Test
  void oneOfSeveralAddressesIsEnoughToRefuseAHost() {
    JudgedHosts.Names both =
        host ->
            new InetAddress[] {
              InetAddress.getByName("192.0.2.1"), InetAddress.getByName("10.0.0.1")
            };
    JudgedHosts hosts = new JudgedHosts(null, both, Redirects::isPrivate);
    assertThrows(IllegalArgumentException.class, () -> hosts.select(address("clips.invalid")));
  }

  @Test
  void overHttpsTheCertificateIsOfTheName() {
    Predicate<InetAddress> none = at -> false;
    JudgedHosts hosts = new JudgedHosts(null, VideoFetchTest::loopback, none);
    assertEquals(
        List.of(Proxy.NO_PROXY), hosts.select(URI.create("https://clips.invalid/clip.mp4")));
  }

  @Test
  void aProxyOfTheOperatorsLooksNamesUp() throws IOException {
    JudgedHosts.Names nobody =
        host -> {
          throw new UnknownHostException(host);
        };
    ProxySelector proxies =
        ProxySelector.of(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), web.getAddress().getPort()));
    fetch(new JudgedHosts(proxies, nobody, Redirects::isPrivate), address("clips.invalid"));
    assertEquals(1, asked.get());
  }
}
