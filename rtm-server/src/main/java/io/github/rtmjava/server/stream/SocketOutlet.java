package io.github.rtmjava.server.stream;

import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;

/** The socket of a connection. */
record SocketOutlet(Session session) implements Outlet {
  @Override
  public void send(String text, Runnable sent) {
    if (!session.isOpen()) {
      sent.run();
      return;
    }
    session.sendText(
        text,
        Callback.from(
            sent,
            failure -> {
              sent.run();
              session.disconnect();
            }));
  }

  @Override
  public void close(int code, String reason) {
    session.close(code, reason, Callback.NOOP);
  }
}
