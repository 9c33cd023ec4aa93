package io.github.rtmjava.server.stream;

import io.github.rtmjava.engine.Processors;
import io.github.rtmjava.server.config.ServerLimits;
import io.github.rtmjava.server.load.Admission;
import io.github.rtmjava.server.load.Places;
import io.github.rtmjava.server.load.Turns;
import io.github.rtmjava.server.metrics.ServerMetrics;
import io.github.rtmjava.server.model.ModelPool;
import io.github.rtmjava.server.model.ServedModel;
import io.github.rtmjava.server.recording.Recordings;
import io.github.rtmjava.server.web.Parameters;
import io.github.rtmjava.server.web.ProblemException;
import io.github.rtmjava.server.web.Problems;
import io.github.rtmjava.server.web.Reason;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.websocket.WsConfig;
import io.javalin.websocket.WsConnectContext;
import io.javalin.websocket.WsContext;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * The socket {@code /v1/stream}. Binary messages are frames, see {@link FrameMessage}; each is
 * answered by a text, or dropped because a newer one came. Texts of the client change settings or
 * begin and end a recording.
 */
public final class StreamRoute implements AutoCloseable {
  private static final String PATH = "/v1/stream";
  private static final int LONGEST_TEXT = 4096;
  private static final int GOING_AWAY = 1001;
  private static final int INTERNAL_ERROR = 1011;
  private static final int TRY_AGAIN_LATER = 1013;
  private static final int LONGEST_REASON = 120;

  /** Frames of all streams that keep the processors busy: some are decoded, some computed. */
  private static final int AT_ONCE = Math.max(4, 3 * Processors.count());

  private final ModelPool models;
  private final Surroundings around;
  private final Places places;
  private final Map<String, Open> open = new ConcurrentHashMap<>();

  /** A connection. */
  private record Open(PoseStream stream, Outlet outlet, String client) {}

  /**
   * The route of a service.
   *
   * @param workers decode frames and write answers
   */
  public StreamRoute(
      ModelPool models,
      Admission admission,
      Recordings recordings,
      ServerLimits limits,
      ServerMetrics metrics,
      Executor workers) {
    this.models = models;
    this.around =
        new Surroundings(
            admission, recordings, limits, metrics, workers, new Turns(AT_ONCE, workers));
    this.places = new Places("streams", limits.streams(), limits.streamsPerClient());
    metrics.gauge("rtm_streams", "Streams that are open", places::taken);
  }

  /**
   * Adds it to a server that is being made.
   *
   * @param requireReady throws where the service cannot be used now
   */
  public void register(JavalinConfig config, Consumer<Context> requireReady) {
    ServerLimits limits = around.limits();
    config.jetty.modifyWebSocketServletFactory(
        factory -> {
          factory.setIdleTimeout(limits.streamIdle());
          factory.setMaxBinaryMessageSize(limits.frameBytes() + Double.BYTES);
          factory.setMaxFrameSize(limits.frameBytes() + Double.BYTES);
          factory.setMaxTextMessageSize(LONGEST_TEXT);
        });
    config.routes.wsBeforeUpgrade(
        PATH,
        ctx -> {
          requireReady.accept(ctx);
          require(ctx);
        });
    config.routes.ws(PATH, this::listen);
    // Browsers tell nobody why a socket was refused: whoever asks plainly is told.
    config.routes.get(
        PATH,
        ctx -> {
          requireReady.accept(ctx);
          require(ctx);
          throw new ProblemException(
              Reason.UPGRADE_REQUIRED, "expected a WebSocket, found a request without Upgrade");
        });
  }

  private void require(Context ctx) {
    StreamSettings settings = StreamSettings.of(new Parameters(ctx.queryParamMap()));
    models.requireKnown(settings.model());
    places.require(ctx.ip());
  }

  private void listen(WsConfig ws) {
    ws.onConnect(this::connect);
    ws.onBinaryMessage(
        ctx -> {
          Open here = open.get(ctx.sessionId());
          if (here != null) {
            try {
              here.stream.frame(FrameMessage.of(ctx.data()));
            } catch (ProblemException e) {
              here.stream.refuse(e);
            }
          }
        });
    ws.onMessage(
        ctx -> {
          Open here = open.get(ctx.sessionId());
          if (here != null) {
            here.stream.text(ctx.message());
          }
        });
    ws.onClose(this::leave);
    ws.onError(this::leave);
  }

  private void connect(WsConnectContext ctx) {
    Outlet outlet = new SocketOutlet(ctx.session);
    String client = client(ctx);
    try {
      places.take(client);
      try {
        begin(ctx, client, outlet);
      } catch (IOException | RuntimeException | Error e) {
        if (open.remove(ctx.sessionId()) == null) {
          places.leave(client);
        }
        throw e;
      }
    } catch (ProblemException e) {
      around.metrics().refused(e.reason().id());
      outlet.close(TRY_AGAIN_LATER, shortened(e.detail()));
    } catch (IOException | RuntimeException e) {
      outlet.close(INTERNAL_ERROR, shortened(Problems.of(e).detail()));
    }
  }

  private void begin(WsConnectContext ctx, String client, Outlet outlet) throws IOException {
    StreamSettings settings = StreamSettings.of(new Parameters(ctx.queryParamMap()));
    ServedModel model = models.lease(settings.model());
    try {
      PoseStream stream = new PoseStream(around, model, settings, client, outlet);
      open.put(ctx.sessionId(), new Open(stream, outlet, client));
      stream.open();
    } catch (RuntimeException | Error e) {
      model.close();
      throw e;
    }
  }

  private void leave(WsContext ctx) {
    Open gone = open.remove(ctx.sessionId());
    if (gone != null) {
      gone.stream.close();
      places.leave(gone.client);
    }
  }

  private static String client(WsContext ctx) {
    SocketAddress address = ctx.session.getRemoteSocketAddress();
    return address instanceof InetSocketAddress internet && internet.getAddress() != null
        ? internet.getAddress().getHostAddress()
        : "unknown";
  }

  private static String shortened(String text) {
    return text.length() <= LONGEST_REASON ? text : text.substring(0, LONGEST_REASON);
  }

  /** Takes no more frames, waits for those that were accepted, and says goodbye. */
  public void drain(Duration most) throws InterruptedException {
    long end = System.nanoTime() + most.toNanos();
    for (Open each : open.values()) {
      each.stream.drain(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
      each.outlet.close(GOING_AWAY, "the service is about to end");
    }
  }

  @Override
  public void close() {
    open.values().forEach(each -> each.outlet.close(GOING_AWAY, "the service has ended"));
    open.values().forEach(each -> each.stream.close());
  }
}
