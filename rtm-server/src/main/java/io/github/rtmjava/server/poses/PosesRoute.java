package io.github.rtmjava.server.poses;

import io.github.rtmjava.engine.Deadline;
import io.github.rtmjava.image.Image;
import io.github.rtmjava.pose.PoseResult;
import io.github.rtmjava.pose3d.PoseInferencer;
import io.github.rtmjava.pose3d.PoseOptions;
import io.github.rtmjava.pose3d.PoseRequest;
import io.github.rtmjava.runtime.Closer;
import io.github.rtmjava.runtime.Futures;
import io.github.rtmjava.server.config.ServerLimits;
import io.github.rtmjava.server.load.Admission;
import io.github.rtmjava.server.load.PictureDecoder;
import io.github.rtmjava.server.load.Ticket;
import io.github.rtmjava.server.metrics.ServerMetrics;
import io.github.rtmjava.server.model.ModelPool;
import io.github.rtmjava.server.model.ServedModel;
import io.github.rtmjava.server.web.Deadlines;
import io.github.rtmjava.server.web.Departures;
import io.github.rtmjava.server.web.Parameters;
import io.github.rtmjava.server.web.ProblemException;
import io.github.rtmjava.server.web.Problems;
import io.github.rtmjava.server.web.Reason;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** {@code POST /v1/poses}: the poses in the pictures of a body. */
public final class PosesRoute {
  private final ModelPool models;
  private final Admission admission;
  private final ServerLimits limits;
  private final ServerMetrics metrics;
  private final Executor workers;
  private final PictureDecoder decoder;

  /**
   * The route of a service.
   *
   * @param workers decode pictures and write answers
   */
  public PosesRoute(
      ModelPool models,
      Admission admission,
      ServerLimits limits,
      ServerMetrics metrics,
      Executor workers) {
    this.models = models;
    this.admission = admission;
    this.limits = limits;
    this.metrics = metrics;
    this.workers = workers;
    this.decoder = new PictureDecoder(limits.pixels());
  }

  /** Answers a request. */
  public void handle(Context ctx) throws IOException {
    long start = System.nanoTime();
    Parameters inQuery = new Parameters(ctx.queryParamMap());
    AnswerForm form = AnswerForm.of(ctx.header("Accept"));
    Deadline deadline = Deadlines.of(ctx);
    try (Closer opened = new Closer()) {
      ServedModel model = opened.add(models.lease(inQuery.text("model")));
      long length = ctx.req().getContentLengthLong();
      Ticket ticket =
          opened.add(
              admission.admit(
                  model.cost(), 1, length < 0 ? limits.uploadBytes() : length, deadline));
      Uploads uploads = Uploads.of(ctx, limits);
      PosesQuery query = query(ctx.queryParamMap(), uploads);
      if (uploads.several() && !form.several()) {
        throw new ProblemException(
            Reason.NOT_ACCEPTABLE,
            "expected Accept to be application/json or %s for several pictures, found %s"
                .formatted(BinaryPoses.TYPE, form.type()));
      }
      metrics.took(ServerMetrics.Stage.UPLOAD, System.nanoTime() - start);
      CompletableFuture<byte[]> answer =
          answer(ctx, uploads, query, form, model, ticket, deadline, start);
      opened.release();
      var unused = answer.whenComplete((bytes, failure) -> model.close());
      ctx.future(() -> Futures.map(answer, bytes -> ctx.contentType(form.type()).result(bytes)));
    }
  }

  private PosesQuery query(Map<String, List<String>> inQuery, Uploads uploads) {
    Map<String, List<String>> all = new HashMap<>(inQuery);
    all.remove("token");
    for (Map.Entry<String, List<String>> option : uploads.options().entrySet()) {
      if (all.putIfAbsent(option.getKey(), option.getValue()) != null) {
        throw new ProblemException(
            Reason.BAD_REQUEST,
            "expected %s in the query or in the part options, found it in both"
                .formatted(option.getKey()));
      }
    }
    if (uploads.options().containsKey("model")) {
      throw new ProblemException(
          Reason.BAD_REQUEST, "expected model in the query, found it in the part options");
    }
    Parameters parameters = new Parameters(all);
    PosesQuery query = PosesQuery.of(parameters);
    parameters.requireNoOthers();
    return query;
  }

  private CompletableFuture<byte[]> answer(
      Context ctx,
      Uploads uploads,
      PosesQuery query,
      AnswerForm form,
      ServedModel model,
      Ticket ticket,
      Deadline deadline,
      long start) {
    List<Ticket> tickets = new ArrayList<>();
    List<CompletableFuture<Outcome>> begun = new ArrayList<>();
    List<CompletableFuture<Outcome>> outcomes = new ArrayList<>();
    List<Upload> pictures = uploads.pictures();
    for (int i = 0; i < pictures.size(); i++) {
      Upload upload = pictures.get(i);
      try {
        Ticket own = i == 0 ? ticket : admission.admit(model.cost(), 1, 0, deadline);
        tickets.add(own);
        CompletableFuture<Outcome> found = found(upload, query, model, own, deadline);
        begun.add(found);
        outcomes.add(found.handle((outcome, failure) -> outcome(upload, outcome, failure)));
      } catch (ProblemException e) {
        outcomes.add(CompletableFuture.completedFuture(new Outcome.Failed(upload.name(), e)));
      }
    }
    CompletableFuture<Void> all =
        CompletableFuture.allOf(outcomes.toArray(CompletableFuture[]::new));
    CompletableFuture<byte[]> answer =
        all.thenApplyAsync(
            none -> {
              long from = System.nanoTime();
              List<Outcome> done = outcomes.stream().map(CompletableFuture::join).toList();
              byte[] bytes = bytes(done, uploads.several(), query, form);
              metrics.took(ServerMetrics.Stage.WRITE, System.nanoTime() - from);
              metrics.took(ServerMetrics.Stage.ALL, System.nanoTime() - start);
              return bytes;
            },
            workers);
    Departures.watch(ctx, answer, () -> leave(begun));
    // Not done before it is written: what was accepted is waited for in the end.
    return answer.whenComplete((bytes, failure) -> tickets.forEach(Ticket::close));
  }

  /** Nobody waits any more. */
  private void leave(List<CompletableFuture<Outcome>> begun) {
    metrics.gone("/v1/poses");
    begun.forEach(found -> found.cancel(/* mayInterruptIfRunning= */ false));
  }

  private static Outcome outcome(
      Upload upload, @Nullable Outcome found, @Nullable Throwable failure) {
    return found == null
        ? new Outcome.Failed(
            upload.name(),
            Problems.of(failure == null ? new IllegalStateException("no outcome") : failure))
        : found;
  }

  private static byte[] bytes(
      List<Outcome> outcomes, boolean several, PosesQuery query, AnswerForm form) {
    try {
      if (several) {
        return Answers.several(outcomes, query, form);
      }
      Outcome only = outcomes.get(0);
      if (only instanceof Outcome.Failed failed) {
        throw failed.problem();
      }
      return Answers.one((Outcome.Found) only, query, form);
    } catch (IOException e) {
      throw new ProblemException(Reason.INTERNAL, "the answer cannot be written here");
    }
  }

  private CompletableFuture<Outcome> found(
      Upload upload, PosesQuery query, ServedModel model, Ticket ticket, Deadline deadline) {
    return Futures.then(
        CompletableFuture.supplyAsync(() -> decode(upload, ticket), workers),
        image -> {
          long from = System.nanoTime();
          ticket.begun();
          return Futures.map(
              submit(image, query, model.inferencer(), deadline),
              result -> {
                metrics.took(ServerMetrics.Stage.COMPUTE, System.nanoTime() - from);
                metrics.picture(model.name(), result.size());
                ticket.computed();
                return found(upload, image, result, query, model.inferencer());
              });
        });
  }

  private static Outcome found(
      Upload upload, Image image, PoseResult all, PosesQuery query, PoseInferencer model) {
    PoseResult result = inFrame(all, query);
    return new Outcome.Found(
        upload.name(),
        image,
        result,
        model
            .recording(upload.name(), image.width(), image.height(), 0, 1)
            .withFrame(result.frame()));
  }

  private static PoseResult inFrame(PoseResult all, PosesQuery query) {
    try {
      return query.frame() == null ? all : all.in(query.frame());
    } catch (IllegalStateException e) {
      throw new ProblemException(Reason.UNREADABLE, String.valueOf(e.getMessage()));
    }
  }

  private Image decode(Upload upload, Ticket ticket) {
    long from = System.nanoTime();
    Image image = decoder.decode(upload.data(), upload.name(), ticket);
    metrics.took(ServerMetrics.Stage.DECODE, System.nanoTime() - from);
    return image;
  }

  private static CompletableFuture<PoseResult> submit(
      Image image, PosesQuery query, PoseInferencer model, Deadline deadline) {
    PoseOptions options = query.options();
    return model.submit(
        query.boxes().isEmpty()
            ? new PoseRequest(image, options)
            : new PoseRequest(image, query.boxes(), options),
        deadline);
  }
}
