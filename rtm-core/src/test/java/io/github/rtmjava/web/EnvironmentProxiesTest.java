package io.github.rtmjava.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvironmentProxiesTest {
  private static final URI HTTPS = URI.create("https://models.example.org/net.pth");

  @ParameterizedTest
  @CsvSource({
    "HTTPS_PROXY, http://proxy.example:3128, proxy.example:3128",
    "https_proxy, proxy.example:3128, proxy.example:3128",
    "ALL_PROXY, http://ann:secret@proxy.example, proxy.example:80"
  })
  void variablesNameTheProxy(String variable, String value, String expected) {
    assertEquals(expected, select(Map.of(variable, value), HTTPS));
  }

  @Test
  void eachSchemeHasItsOwn() {
    assertEquals("none", select(Map.of("http_proxy", "http://proxy.example:1"), HTTPS));
  }

  @ParameterizedTest
  @CsvSource({
    "example.org, none",
    ".example.org, none",
    "*.example.org, none",
    "'localhost, models.example.org', none",
    "*, none",
    "ample.org, p:1",
    "org.example, p:1"
  })
  void exceptionsAreMade(String except, String expected) {
    assertEquals(expected, select(Map.of("https_proxy", "http://p:1", "NO_PROXY", except), HTTPS));
  }

  @Test
  void propertiesOfJavaComeFirst() {
    ProxySelector java =
        ProxySelector.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 9));
    EnvironmentProxies proxies = new EnvironmentProxies(Map.of("https_proxy", "http://p:1"), java);
    assertEquals(java.select(HTTPS), proxies.select(HTTPS));
  }

  @Test
  void anotherKindOfProxyIsRefusedWithoutShowingIt() {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> select(Map.of("https_proxy", "socks5://ann:secret@p:1"), HTTPS));
    assertTrue(e.getMessage().startsWith("HTTPS_PROXY: expected an address"), e.getMessage());
    assertTrue(!e.getMessage().contains("secret"), e.getMessage());
  }

  @Test
  void passwordsAreForProxiesThatHaveThem() {
    assertNull(new EnvironmentProxies(Map.of("https_proxy", "http://p:1"), null).authenticator());
    assertNotNull(
        new EnvironmentProxies(Map.of("https_proxy", "http://a:b@p:1"), null).authenticator());
  }

  private static String select(Map<String, String> environment, URI uri) {
    Proxy proxy = new EnvironmentProxies(environment, null).select(uri).get(0);
    if (proxy.type() == Proxy.Type.DIRECT) {
      return "none";
    }
    InetSocketAddress address = (InetSocketAddress) proxy.address();
    return address.getHostString() + ":" + address.getPort();
  }
}
