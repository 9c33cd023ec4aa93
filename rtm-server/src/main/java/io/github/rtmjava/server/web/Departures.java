package io.github.rtmjava.server.web;

import io.javalin.http.Context;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.io.EndPoint;
import org.jspecify.annotations.Nullable;

/** Clients that go away before they are answered. */
public final class Departures {
  private Departures() {}

  /**
   * Runs something if a client closes its connection before it has an answer, wholly or one side of
   * it. To be called once the body is read. Nothing happens where the connection is none of {@link
   * WatchedEndPoint}.
   *
   * @param answer until it is done
   * @param gone is run once at most
   */
  public static void watch(Context ctx, CompletableFuture<?> answer, Runnable gone) {
    EndPoint end =
        ServletContextRequest.getServletContextRequest(ctx.req())
            .getConnectionMetaData()
            .getConnection()
            .getEndPoint();
    WatchedEndPoint watched = watched(end);
    if (watched != null) {
      watched.watch(gone);
      var unused = answer.whenComplete((done, failure) -> watched.unwatch());
    }
  }

  private static @Nullable WatchedEndPoint watched(EndPoint outer) {
    EndPoint end = outer;
    while (end instanceof EndPoint.Wrapper wrapper) {
      end = wrapper.unwrap();
    }
    return end instanceof WatchedEndPoint watched ? watched : null;
  }
}
