package io.github.rtmjava.server.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.rtmjava.server.config.ServerLimits;
import io.github.rtmjava.server.web.Bodies;
import io.github.rtmjava.server.web.FileAnswer;
import io.github.rtmjava.server.web.ProblemException;
import io.github.rtmjava.server.web.Reason;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** {@code /v1/jobs}: videos in, files out, with what comes in between. */
public final class JobsRoute {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PATH = "/v1/jobs";
  private static final String ONE = PATH + "/{id}";
  private static final String LINES = "application/x-ndjson";
  private static final int CREATED = 202;
  private static final int GONE = 204;

  private static final Map<String, String> TYPES =
      Map.of(
          "jsonl", LINES,
          "json", "application/json",
          "csv", "text/csv",
          "html", "text/html; charset=utf-8",
          "mp4", "video/mp4",
          "png", "image/png",
          "glb", "model/gltf-binary",
          "zip", "application/zip");

  private final Jobs jobs;
  private final ServerLimits limits;

  /** Those who read lines while they come, each on a thread of the server. */
  private final Semaphore readers;

  /** The routes of a service's jobs. */
  public JobsRoute(Jobs jobs, ServerLimits limits) {
    this.jobs = jobs;
    this.limits = limits;
    this.readers = new Semaphore(limits.streams());
  }

  /**
   * Adds them.
   *
   * @param ready refuses what comes before the models are loaded
   */
  public void register(RoutesConfig routes, UnaryOperator<Context> ready) {
    routes.post(PATH, ctx -> add(ready.apply(ctx)));
    routes.get(PATH, this::list);
    routes.get(ONE, ctx -> json(ctx, describe(job(ctx))));
    routes.delete(ONE, this::end);
    routes.get(ONE + "/poses.jsonl", this::lines);
    routes.get(ONE + "/files/{name}", this::file);
  }

  private void add(Context ctx) throws IOException {
    Map<String, List<String>> values = new HashMap<>(ctx.queryParamMap());
    values.remove("token");
    JobQuery query = JobQuery.of(values);
    Job job =
        jobs.add(
            query, values, file -> Bodies.save(ctx, limits.jobBytes(), limits.uploadTime(), file));
    ctx.status(CREATED).header("Location", PATH + "/" + job.id());
    json(ctx, describe(job));
  }

  private void list(Context ctx) throws IOException {
    ArrayNode list = JSON.createArrayNode();
    for (Job job : jobs.all()) {
      list.add(describe(job));
    }
    json(ctx, JSON.createObjectNode().set("jobs", list));
  }

  private void end(Context ctx) throws IOException {
    Job job = job(ctx);
    if (jobs.end(job)) {
      ctx.status(GONE);
    } else {
      json(ctx, describe(job));
    }
  }

  private Job job(Context ctx) throws IOException {
    return jobs.of(ctx.pathParam("id"));
  }

  private void lines(Context ctx) throws IOException {
    Job job = job(ctx);
    if (job.entry().state().ended()) {
      send(ctx, job, JobFiles.LINES);
      return;
    }
    if (!readers.tryAcquire()) {
      throw new ProblemException(
          Reason.STREAMS_FULL,
          "%s others read results while they come, which is all that may; ask for the state"
              .formatted(limits.streams()),
          Duration.ofSeconds(5));
    }
    try {
      ctx.contentType(LINES);
      ctx.res().flushBuffer();
      new LineStream(job, jobs.files(job).resolve(JobFiles.LINES), ctx.outputStream()).run();
    } finally {
      readers.release();
    }
  }

  private void file(Context ctx) throws IOException {
    Job job = job(ctx);
    if (!job.entry().state().ended()) {
      throw new ProblemException(
          Reason.CONFLICT,
          "expected a job that has ended, found one that is %s; its poses.jsonl can be read now"
              .formatted(job.entry().state().id()));
    }
    send(ctx, job, ctx.pathParam("name"));
  }

  private void send(Context ctx, Job job, String asked) throws IOException {
    // The name is looked for among those that are there: it makes no path.
    Path file =
        finished(job).stream()
            .filter(each -> String.valueOf(each.getFileName()).equals(asked))
            .findFirst()
            .orElseThrow(
                () ->
                    new ProblemException(
                        Reason.NOT_FOUND,
                        "expected the name of a file of this job; GET %s/ID lists them"
                            .formatted(PATH)));
    String name = String.valueOf(file.getFileName());
    FileAnswer.send(ctx, file, name, type(name), job.id() + "-" + Files.size(file));
  }

  private static String type(String name) {
    String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return TYPES.getOrDefault(ending, "application/octet-stream");
  }

  /** The files of a job that has ended, by their names. */
  private List<Path> finished(Job job) throws IOException {
    if (!job.entry().state().ended()) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(jobs.files(job))) {
      return all.filter(file -> !String.valueOf(file.getFileName()).startsWith("."))
          .filter(Files::isRegularFile)
          .sorted()
          .toList();
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private ObjectNode describe(Job job) throws IOException {
    JobEntry entry = job.entry();
    ObjectNode node =
        JSON.createObjectNode()
            .put("id", entry.id())
            .put("state", entry.state().id())
            .put("name", job.query().name())
            .put("created", entry.created());
    String ended = entry.ended();
    if (ended != null) {
      node.put("ended", ended)
          .put("expires", Instant.parse(ended).plus(limits.jobAge()).toString());
    }
    ObjectNode progress = node.putObject("progress").put("frames", entry.frames());
    if (job.expected() > 0) {
      progress.put("of", Math.max(job.expected(), entry.frames()));
    }
    progress.put("people", entry.people()).put("seconds", entry.seconds());
    if (!entry.remarks().isEmpty()) {
      entry.remarks().forEach(node.putArray("remarks")::add);
    }
    if (entry.reason() != null) {
      node.putObject("error").put("reason", entry.reason()).put("detail", entry.error());
    }
    ArrayNode files = node.putArray("files");
    for (Path file : finished(job)) {
      files
          .addObject()
          .put("name", String.valueOf(file.getFileName()))
          .put("bytes", Files.size(file));
    }
    return node;
  }

  private static void json(Context ctx, JsonNode node) {
    ctx.contentType("application/json").result(node + "\n");
  }
}
