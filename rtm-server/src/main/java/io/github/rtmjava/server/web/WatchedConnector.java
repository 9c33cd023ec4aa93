package io.github.rtmjava.server.web;

import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** Takes connections in of which one hears that the client has gone, see {@link Departures}. */
public class WatchedConnector extends ServerConnector {
  /** For a server, with these protocols. */
  public WatchedConnector(Server server, ConnectionFactory... factories) {
    super(server, factories);
  }

  @Override
  protected SocketChannelEndPoint newEndPoint(
      SocketChannel channel, ManagedSelector selector, SelectionKey key) {
    WatchedEndPoint end =
        new WatchedEndPoint(channel, selector, key, getScheduler(), getExecutor());
    end.setIdleTimeout(getIdleTimeout());
    return end;
  }
}
