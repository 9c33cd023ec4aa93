package io.github.rtmjava.server.stream;

/** Where the messages of the service go: a socket. */
interface Outlet {
  /**
   * Sends a text after those before it.
   *
   * @param sent runs when the socket has taken it, or has failed to
   */
  void send(String text, Runnable sent);

  /** Says goodbye, with a code of RFC 6455 and a reason of less than 120 bytes. */
  void close(int code, String reason);
}
