package io.github.rtmjava.web;

import java.net.http.HttpHeaders;

/**
 * An answer of a web server whose body has not been read yet; to be closed, which ends the
 * transfer.
 *
 * @param status of HTTP
 * @param headers beside it
 * @param body of the answer
 */
public record WebAnswer(int status, HttpHeaders headers, BodyQueue body) implements AutoCloseable {
  /** The first value of a header; empty if there is none. */
  public String header(String name) {
    return headers.firstValue(name).orElse("");
  }

  /** How many bytes the body is said to have; -1 where nothing is said. */
  public long length() {
    return headers.firstValueAsLong("Content-Length").orElse(-1);
  }

  @Override
  public void close() {
    body.close();
  }
}
