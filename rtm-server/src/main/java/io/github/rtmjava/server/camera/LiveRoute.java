package io.github.rtmjava.server.camera;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.rtmjava.pose.Recording;
import io.github.rtmjava.runtime.Closer;
import io.github.rtmjava.server.load.Places;
import io.github.rtmjava.server.message.PoseMessages;
import io.github.rtmjava.server.model.ServedModel;
import io.github.rtmjava.server.recording.LiveRecording;
import io.github.rtmjava.server.web.Parameters;
import io.github.rtmjava.server.web.ProblemException;
import io.github.rtmjava.server.web.Reason;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What cameras at the server see: {@code GET /v1/live} for as long as somebody watches, the list of
 * cameras, and recordings of them.
 */
public final class LiveRoute implements AutoCloseable {
  private static final int CREATED = 201;

  private final Cameras cameras;
  private final Surroundings around;
  private final Places places;

  /** The route of a service. */
  public LiveRoute(Cameras cameras, Surroundings around) {
    this.cameras = cameras;
    this.around = around;
    this.places =
        new Places("watchers", around.limits().watchers(), around.limits().watchersPerClient());
    around.metrics().gauge("rtm_watchers", "Watchers of cameras at the server", places::taken);
  }

  /**
   * Adds it to a server that is being made.
   *
   * @param requireReady throws where the service cannot be used now
   */
  public void register(RoutesConfig routes, UnaryOperator<Context> requireReady) {
    routes.get("/v1/cameras", ctx -> json(ctx, cameras.list() + "\n"));
    routes.get("/v1/live", ctx -> live(requireReady.apply(ctx)));
    routes.post("/v1/cameras/{name}/recordings", ctx -> record(requireReady.apply(ctx)));
    routes.post("/v1/recordings/{id}/end", this::end);
  }

  private static void json(Context ctx, String text) {
    ctx.contentType("application/json").result(text);
  }

  private void live(Context ctx) throws IOException {
    LiveQuery query = LiveQuery.of(new Parameters(ctx.queryParamMap()));
    CameraFeed feed = cameras.feed(query.camera());
    try (Closer opened = new Closer()) {
      String client = ctx.ip();
      places.take(client);
      opened.add(() -> places.leave(client));
      // In use for as long as somebody watches, so that it makes no room for others.
      ServedModel model = query.needsPoses() ? opened.add(feed.lease()) : null;
      feed.join(query.needsPoses());
      opened.add(() -> feed.leave(query.needsPoses()));
      String hello = hello(feed, model);
      ctx.contentType(query.form().type())
          .header("X-Accel-Buffering", "no"); // of proxies, which would hold frames back
      write(new Watching(feed, query), hello, ctx.res().getOutputStream());
    }
  }

  /** Keeps the thread of the request: there are as many more of these as there may be watchers. */
  private static void write(Watching watching, String hello, OutputStream out) {
    try {
      watching.run(hello, out);
    } catch (IOException e) {
      // Nobody takes it any more.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private String hello(CameraFeed feed, @Nullable ServedModel model) {
    if (model == null) {
      return "";
    }
    Recording typical = model.inferencer().typicalRecording();
    ObjectNode hello =
        PoseMessages.hello(model.name(), typical)
            .put("name", feed.name())
            .put("width", feed.width())
            .put("height", feed.height());
    hello.putObject("limits").put("record_frames", around.limits().recordFrames());
    return hello.toString();
  }

  private void record(Context ctx) {
    LiveRecording made = cameras.feed(ctx.pathParam("name")).record(ctx.ip());
    ctx.status(CREATED);
    json(ctx, PoseMessages.recording(made.id()) + "\n");
  }

  private void end(Context ctx) {
    LiveRecording recording =
        around
            .recordings()
            .find(ctx.pathParam("id"))
            .orElseThrow(
                () ->
                    new ProblemException(
                        Reason.NOT_FOUND,
                        "there is no such recording, or it was removed meanwhile"));
    recording.end();
    json(
        ctx,
        PoseMessages.recorded(
                recording.id(),
                recording.frames(),
                recording.why(),
                around.limits().recordAge().toSeconds())
            + "\n");
  }

  /** Ends every camera, and waits until watchers are told. */
  public void drain(Duration most) throws InterruptedException {
    cameras.close();
    var unused = places.awaitNone(most);
  }

  @Override
  public void close() {
    cameras.close();
  }
}
