package io.github.rtmjava.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class RedirectsTest {
  private static final URI OUTSIDE = URI.create("https://93.184.216.34/a.jpg");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1", "127.9.9.9", "0.0.0.0", "0.1.2.3", "10.0.0.1", "172.16.0.1", "192.168.1.1",
        "169.254.169.254", "100.64.0.1", "::1", "::", "fe80::1", "fc00::1", "fd12::1",
        "::ffff:127.0.0.1", "224.0.0.1"
      })
  void privateHosts(String host) throws IOException {
    assertTrue(Redirects.isPrivate(InetAddress.getByName(host)));
    String address = "https://" + (host.contains(":") ? "[" + host + "]" : host) + "/b.jpg";
    IOException e =
        assertThrows(IOException.class, () -> Redirects.PUBLIC.next(OUTSIDE, OUTSIDE, address));
    assertTrue(String.valueOf(e.getMessage()).contains("private network"), e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"93.184.216.34", "100.128.0.1", "172.32.0.1", "2606:4700::1111"})
  void publicHosts(String host) throws IOException {
    assertFalse(Redirects.isPrivate(InetAddress.getByName(host)));
  }

  @Test
  void whoNamesAPrivateHostMeansIt() throws IOException {
    URI named = URI.create("http://localhost:8080/a.jpg");
    assertEquals(
        "http://127.0.0.1:9/b.jpg",
        Redirects.PUBLIC.next(named, named, "http://127.0.0.1:9/b.jpg").toString());
    assertEquals(
        "http://localhost:8080/b.jpg", Redirects.PUBLIC.next(named, named, "/b.jpg").toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.2", "169.254.169.254", "10.0.0.1", "[fd12::1]"})
  void aPrivateHostLeadsToNoOther(String host) throws IOException {
    URI named = URI.create("http://127.0.0.1:8080/a.jpg");
    String address = "http://" + host + "/b.jpg";
    assertThrows(IOException.class, () -> Redirects.PUBLIC.next(named, named, address));
    assertEquals(address, Redirects.PRIVATE_TOO.next(named, named, address).toString());
  }

  @Test
  void whoAllowsPrivateHostsStillLeavesHttpsToNobody() {
    assertThrows(
        IOException.class,
        () -> Redirects.PRIVATE_TOO.next(OUTSIDE, OUTSIDE, "http://127.0.0.1/b.jpg"));
  }

  @Test
  void aChainOfRedirectsIsJudgedByWhatWasNamed() {
    URI between = URI.create("https://93.184.216.35/");
    assertThrows(
        IOException.class, () -> Redirects.PUBLIC.next(OUTSIDE, between, "https://127.0.0.1/x"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "file:///etc/passwd",
        "ftp://93.184.216.34/a",
        "",
        "http://93.184.216.34/a",
        "https:///a",
        "ht tp://x"
      })
  void otherWaysAreNotFollowed(String location) {
    assertThrows(IOException.class, () -> Redirects.PUBLIC.next(OUTSIDE, OUTSIDE, location));
  }
}
