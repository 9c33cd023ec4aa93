package io.github.rtmjava.server.web;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.rtmjava.image.ImageException;
import io.github.rtmjava.server.metrics.ServerMetrics;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Answers of requests that fail, as RFC 9457 has them: {@code application/problem+json} with {@code
 * title}, {@code status}, {@code detail} and {@code reason}. No path and no stack of this machine
 * is in any of them.
 */
public final class Problems {
  private static final System.Logger LOG = System.getLogger(Problems.class.getName());

  /** Where the Open Inference Protocol is spoken, which has a form of its own for errors. */
  private static final String INFERENCE = "/v2";

  private static final Duration SOON = Duration.ofSeconds(1);

  private final ServerMetrics metrics;

  /** Problems that are counted there. */
  public Problems(ServerMetrics metrics) {
    this.metrics = metrics;
  }

  /** Answers what handlers throw. */
  public void register(RoutesConfig routes) {
    routes.exception(ProblemException.class, (e, ctx) -> answer(e, ctx));
    routes.exception(HttpResponseException.class, (e, ctx) -> answer(of(e, ctx), ctx));
    routes.exception(Exception.class, (e, ctx) -> answer(of(e), ctx));
  }

  /** Answers one. */
  public void answer(ProblemException problem, Context ctx) {
    Reason reason = problem.reason();
    metrics.refused(reason.id());
    Duration retry = problem.retryAfter();
    if (retry != null) {
      ctx.header("Retry-After", String.valueOf(Math.max(1, (retry.toMillis() + 999) / 1000)));
    }
    if (reason == Reason.UNAUTHORIZED) {
      ctx.header("WWW-Authenticate", "Bearer");
    }
    if (reason != Reason.UPLOAD_TOO_SLOW) {
      Bodies.discard(ctx.req());
    }
    if (ctx.path().equals(INFERENCE) || ctx.path().startsWith(INFERENCE + "/")) {
      ctx.status(reason.status())
          .contentType("application/json")
          .result(JsonNodeFactory.instance.objectNode().put("error", problem.detail()).toString());
      return;
    }
    ctx.status(reason.status())
        .contentType("application/problem+json")
        .result(json(problem).toString());
  }

  /** The body of an answer. */
  public static ObjectNode json(ProblemException problem) {
    Reason reason = problem.reason();
    return JsonNodeFactory.instance
        .objectNode()
        .put("title", reason.id().replace('-', ' '))
        .put("status", reason.status())
        .put("reason", reason.id())
        .put("detail", problem.detail());
  }

  private static ProblemException of(HttpResponseException e, Context ctx) {
    return switch (e.getStatus()) {
      case 404 ->
          new ProblemException(
              Reason.NOT_FOUND, "there is nothing at this path; /docs shows what there is");
      case 405 ->
          new ProblemException(
              Reason.METHOD_NOT_ALLOWED, "expected another method than " + ctx.method());
      case 413 -> new ProblemException(Reason.TOO_LARGE, "the body is too large");
      default ->
          e.getStatus() < 500
              ? new ProblemException(Reason.BAD_REQUEST, "the request cannot be understood")
              : of(e);
    };
  }

  /** What is said of a failure; nothing that only the operator may know. */
  public static ProblemException of(Throwable failure) {
    @Nullable Throwable cause = failure.getCause();
    if (failure instanceof CompletionException && cause != null) {
      return of(cause);
    }
    if (failure instanceof ProblemException problem) {
      return problem;
    }
    if (failure instanceof ImageException || failure instanceof IllegalArgumentException) {
      return new ProblemException(Reason.UNREADABLE, String.valueOf(failure.getMessage()));
    }
    if (failure instanceof RejectedExecutionException) {
      return new ProblemException(
          Reason.QUEUE_FULL, "too many pictures are waiting; try again later", SOON);
    }
    if (failure instanceof TimeoutException) {
      return new ProblemException(
          Reason.TOO_LATE, "the time that the request allows has passed; try again later", SOON);
    }
    if (failure instanceof CancellationException) {
      return new ProblemException(Reason.UNAVAILABLE, "the request was given up");
    }
    LOG.log(System.Logger.Level.ERROR, "a request failed", failure);
    return new ProblemException(
        Reason.INTERNAL,
        failure instanceof OutOfMemoryError
            ? "there is too little memory for this request; try a smaller picture"
            : "something went wrong here; the service's log says more");
  }
}
