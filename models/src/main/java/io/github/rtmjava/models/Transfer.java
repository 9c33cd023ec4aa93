package io.github.rtmjava.models;

import io.github.rtmjava.web.EnvironmentProxies;
import io.github.rtmjava.web.Redirects;
import java.time.Duration;

/**
 * How patient downloads are.
 *
 * @param connect time for a connection, and for an answer's first line
 * @param stall time in which at least {@code stallBytes} have to come
 * @param stallBytes see there
 * @param attempts so many attempts in a row may bring nothing before an address is given up
 * @param pause between attempts; grows with each in a row that brings nothing
 * @param proxies which proxy to use
 * @param redirects which are followed
 */
record Transfer(
    Duration connect,
    Duration stall,
    int stallBytes,
    int attempts,
    Duration pause,
    EnvironmentProxies proxies,
    Redirects redirects) {

  static Transfer usual(EnvironmentProxies proxies) {
    return new Transfer(
        Duration.ofSeconds(20),
        Duration.ofSeconds(30),
        1 << 14,
        4,
        Duration.ofSeconds(1),
        proxies,
        Redirects.PUBLIC);
  }

  Transfer with(Redirects other) {
    return new Transfer(connect, stall, stallBytes, attempts, pause, proxies, other);
  }
}
