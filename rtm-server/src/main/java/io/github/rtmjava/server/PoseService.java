package io.github.rtmjava.server;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.rtmjava.engine.Processors;
import io.github.rtmjava.server.camera.Cameras;
import io.github.rtmjava.server.camera.LiveRoute;
import io.github.rtmjava.server.camera.Surroundings;
import io.github.rtmjava.server.config.ServerOptions;
import io.github.rtmjava.server.docs.DocsRoute;
import io.github.rtmjava.server.jobs.Jobs;
import io.github.rtmjava.server.jobs.JobsRoute;
import io.github.rtmjava.server.load.Admission;
import io.github.rtmjava.server.metrics.ServerMetrics;
import io.github.rtmjava.server.model.ModelPool;
import io.github.rtmjava.server.oip.InferenceRoute;
import io.github.rtmjava.server.page.PageFiles;
import io.github.rtmjava.server.poses.PosesRoute;
import io.github.rtmjava.server.recording.RecordingFiles;
import io.github.rtmjava.server.recording.Recordings;
import io.github.rtmjava.server.stream.StreamRoute;
import io.github.rtmjava.server.web.BodyClock;
import io.github.rtmjava.server.web.Guard;
import io.github.rtmjava.server.web.ProblemException;
import io.github.rtmjava.server.web.Problems;
import io.github.rtmjava.server.web.Reason;
import io.github.rtmjava.server.web.SecurityHeaders;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Server;

/**
 * Everything that a pose server does, without the server: routes for any Javalin, of one's own or
 * of {@link PoseServer}.
 *
 * <pre>{@code
 * PoseService service = new PoseService(ServerOptions.DEFAULT);
 * Javalin app = Javalin.create(service::register);
 * service.load();
 * app.start(8080);
 * }</pre>
 */
public final class PoseService implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ServerOptions options;
  private final ServerMetrics metrics = new ServerMetrics();
  private final ModelPool models;
  private final Admission admission;
  private final Guard guard;
  private final Problems problems = new Problems(metrics);
  private final ExecutorService workers;
  private final PosesRoute poses;
  private final Jobs jobs;
  private final Recordings recordings;
  private final StreamRoute streams;
  private final Cameras cameras;
  private final LiveRoute live;
  private volatile boolean ready;

  /** A service with nothing loaded: it is not ready until {@link #load} is done. */
  public PoseService(ServerOptions options) {
    this.options = options;
    this.models = new ModelPool(options.models(), options.limits().memory(), metrics);
    this.admission = new Admission(options.limits(), metrics);
    this.guard = new Guard(options);
    AtomicInteger number = new AtomicInteger();
    this.workers =
        Executors.newFixedThreadPool(
            Math.max(2, Processors.count()),
            task -> {
              Thread thread = new Thread(task, "rtm serve " + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    this.poses = new PosesRoute(models, admission, options.limits(), metrics, workers);
    this.jobs = new Jobs(options, models, admission, metrics);
    this.recordings = new Recordings(options.limits(), metrics);
    this.streams =
        new StreamRoute(models, admission, recordings, options.limits(), metrics, workers);
    Surroundings around =
        new Surroundings(models, admission, recordings, options.limits(), metrics, workers);
    this.cameras = new Cameras(options.cameras(), options.cameraModels(), around);
    this.live = new LiveRoute(cameras, around);
  }

  /** Adds its routes, and what every request goes through, to a server that is being made. */
  public void register(JavalinConfig config) {
    config.jetty.modifyServer(PoseService::watchBodies);
    var routes = config.routes;
    routes.before(SecurityHeaders::add);
    routes.before(guard::admit);
    routes.wsBeforeUpgrade(guard::admit);
    routes.get("/healthz", ctx -> ctx.result("ok\n"));
    routes.get("/readyz", this::readiness);
    routes.get(
        "/metrics", ctx -> ctx.contentType("text/plain; version=0.0.4").result(metrics.scrape()));
    new DocsRoute().register(routes);
    routes.get("/v1/models", this::models);
    routes.post("/v1/poses", ctx -> poses.handle(requireReady(ctx)));
    new JobsRoute(jobs, options.limits()).register(routes, this::requireReady);
    streams.register(config, this::requireReady);
    live.register(routes, this::requireReady);
    RecordingFiles files = new RecordingFiles(recordings);
    routes.get("/v1/recordings/{id}/files/{format}", files::handle);
    new InferenceRoute(models, admission, options.limits(), metrics)
        .register(routes, this::requireReady);
    new PageFiles().register(routes);
    routes.after(ctx -> metrics.answered(route(ctx), ctx.statusCode()));
    problems.register(routes);
  }

  private static void watchBodies(Server server) {
    if (server.getHandler() instanceof Handler.Singleton outer) {
      outer.insertHandler(new BodyClock());
    } else {
      server.setHandler(new BodyClock());
    }
  }

  private static String route(Context ctx) {
    var endpoint = ctx.endpoints().lastHttpEndpoint();
    return endpoint == null ? "other" : endpoint.path;
  }

  private Context requireReady(Context ctx) {
    if (!ready || admission.isClosed()) {
      throw notReady();
    }
    return ctx;
  }

  private ProblemException notReady() {
    return admission.isClosed()
        ? new ProblemException(Reason.UNAVAILABLE, "the service is about to end")
        : new ProblemException(
            Reason.UNAVAILABLE, "the models are being loaded", Duration.ofSeconds(1));
  }

  private void readiness(Context ctx) {
    requireReady(ctx);
    ctx.result("ready\n");
  }

  private void models(Context ctx) {
    ArrayNode list = JSON.createArrayNode();
    models
        .states()
        .forEach(
            (name, runs) -> {
              ObjectNode model = list.addObject().put("name", name).put("loaded", runs.isPresent());
              runs.ifPresent(description -> model.put("engine", description));
            });
    ctx.contentType("application/json").result(list.toString() + "\n");
  }

  /**
   * Loads the models and makes them ready; from then on requests are answered.
   *
   * @throws IOException if one cannot be opened, or a camera is not there
   */
  public void load() throws IOException {
    cameras.check();
    jobs.open();
    models.loadAll();
    jobs.start();
    ready = true;
  }

  /**
   * Takes in nothing new, and waits for what was accepted.
   *
   * @return whether all of it is done, or the time was too short
   */
  public boolean drain() throws InterruptedException {
    admission.close();
    live.drain(Duration.ofSeconds(1));
    long end = System.nanoTime() + options.limits().drain().toNanos();
    boolean answered = admission.awaitIdle(options.limits().drain());
    streams.drain(Duration.ofSeconds(1));
    return jobs.drain(Duration.ofNanos(Math.max(0, end - System.nanoTime()))) && answered;
  }

  /** Ends at once; {@link #drain} before, where what was accepted is to be finished. */
  @Override
  public void close() {
    admission.close();
    live.close();
    streams.close();
    recordings.close();
    workers.shutdown();
    jobs.close();
    models.close();
    try {
      if (!workers.awaitTermination(1, TimeUnit.SECONDS)) {
        workers.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
