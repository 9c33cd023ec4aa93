package io.github.rtmjava.server.oip;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.rtmjava.engine.BatchRunner;
import io.github.rtmjava.engine.Deadline;
import io.github.rtmjava.nn.Network;
import io.github.rtmjava.nn.Value;
import io.github.rtmjava.runtime.Closer;
import io.github.rtmjava.runtime.Futures;
import io.github.rtmjava.server.config.ServerLimits;
import io.github.rtmjava.server.load.Admission;
import io.github.rtmjava.server.load.Ticket;
import io.github.rtmjava.server.metrics.ServerMetrics;
import io.github.rtmjava.server.model.ModelPool;
import io.github.rtmjava.server.model.ServedModel;
import io.github.rtmjava.server.web.Bodies;
import io.github.rtmjava.server.web.Deadlines;
import io.github.rtmjava.server.web.Departures;
import io.github.rtmjava.server.web.ProblemException;
import io.github.rtmjava.server.web.Reason;
import io.github.rtmjava.tensor.DType;
import io.github.rtmjava.tensor.Shape;
import io.github.rtmjava.tensor.Tensor;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * {@code /v2}: the bare networks by the Open Inference Protocol, with the extension for tensors as
 * bytes, and Triton's list of models. {@link ServedNetworks} says what networks are called.
 */
public final class InferenceRoute {
  /** The only version of each model. */
  static final String VERSION = "1";

  /** Where callers do not share batches, whose size is theirs to say. */
  private static final int LARGEST_BATCH = 64;

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String MODEL = "/v2/models/{model}";
  private static final String HEADER_LENGTH = "Inference-Header-Content-Length";
  private static final List<String> PLACES = List.of(MODEL, MODEL + "/versions/{version}");

  private final ServedNetworks networks;
  private final Admission admission;
  private final ServerLimits limits;
  private final ServerMetrics metrics;

  /** The routes of a service. */
  public InferenceRoute(
      ModelPool models, Admission admission, ServerLimits limits, ServerMetrics metrics) {
    this.networks = new ServedNetworks(models);
    this.admission = admission;
    this.limits = limits;
    this.metrics = metrics;
  }

  /**
   * Adds them.
   *
   * @param ready refuses what comes before the models are loaded
   */
  public void register(RoutesConfig routes, UnaryOperator<Context> ready) {
    routes.get("/v2", InferenceRoute::server);
    routes.get("/v2/health/live", ctx -> json(ctx, JSON.createObjectNode().put("live", true)));
    routes.get(
        "/v2/health/ready",
        ctx -> json(ready.apply(ctx), JSON.createObjectNode().put("ready", true)));
    routes.get("/v2/models", ctx -> json(ctx, JSON.createObjectNode().set("models", names())));
    routes.post(
        "/v2/repository/index", ctx -> json(ctx, index(IndexRequest.of(ctx.bodyAsBytes()))));
    for (String place : PLACES) {
      routes.get(place, ctx -> model(ready.apply(ctx)));
      routes.get(place + "/ready", this::ready);
      routes.post(place + "/infer", ctx -> infer(ready.apply(ctx)));
    }
  }

  private static void server(Context ctx) {
    ObjectNode node = JSON.createObjectNode().put("name", "rtm-java");
    @Nullable String version = InferenceRoute.class.getPackage().getImplementationVersion();
    node.put("version", version == null ? "development" : version);
    node.putArray("extensions").add("binary_tensor_data");
    json(ctx, node);
  }

  private ArrayNode names() {
    ArrayNode names = JSON.createArrayNode();
    networks.all().forEach(network -> names.add(network.name()));
    return names;
  }

  private ArrayNode index(IndexRequest request) {
    ArrayNode index = JSON.createArrayNode();
    for (ServedNetworks.Known network : networks.all()) {
      if (network.loaded() || !request.ready()) {
        index
            .addObject()
            .put("name", network.name())
            .put("version", VERSION)
            .put("state", network.loaded() ? "READY" : "UNAVAILABLE")
            .put("reason", network.loaded() ? "" : "it is loaded when it is asked for");
      }
    }
    return index;
  }

  private void ready(Context ctx) {
    requireVersion(ctx);
    String asked = ctx.pathParam("model");
    networks.requireLoaded(asked);
    json(ctx, JSON.createObjectNode().put("name", asked).put("ready", true));
  }

  private void model(Context ctx) throws IOException {
    requireVersion(ctx);
    String asked = ctx.pathParam("model");
    try (ServedModel model = networks.lease(asked)) {
      Network network = networks.runner(asked, model).network();
      ObjectNode node = JSON.createObjectNode().put("name", asked);
      node.putArray("versions").add(VERSION);
      node.put("platform", "rtm-java");
      ArrayNode inputs = node.putArray("inputs");
      network.inputs().forEach(value -> describe(inputs.addObject(), value.name(), value));
      ArrayNode outputs = node.putArray("outputs");
      network.outputs().forEach((name, value) -> describe(outputs.addObject(), name, value));
      json(ctx, node);
    }
  }

  private static void describe(ObjectNode node, String name, Value value) {
    ArrayNode shape =
        node.put("name", name).put("datatype", Datatypes.of(value.type())).putArray("shape");
    for (int dim : value.shape().dims()) {
      shape.add(dim);
    }
  }

  private void infer(Context ctx) throws IOException {
    requireVersion(ctx);
    String asked = ctx.pathParam("model");
    Deadline deadline = Deadlines.of(ctx);
    try (Closer opened = new Closer()) {
      ServedModel model = opened.add(networks.lease(asked));
      BatchRunner runner = networks.runner(asked, model);
      long length = ctx.req().getContentLengthLong();
      Ticket ticket =
          opened.add(
              admission.admit(
                  model.cost(), 1, length < 0 ? limits.uploadBytes() : length, deadline));
      byte[] body = Bodies.read(ctx, limits.uploadBytes(), limits.uploadTime());
      long most = mostElements(runner);
      ticket.resize(body.length + Math.min(most, body.length / 2L) * Float.BYTES);
      InferRequest request = InferRequest.of(body, headerLength(ctx, body.length), most);
      int images = requireFit(request, runner);
      Ticket others =
          images == 1 ? ticket : opened.add(admission.admit(model.cost(), images - 1, 0, deadline));
      CompletableFuture<InferAnswer> answer =
          runner.submit(
              images,
              deadline,
              inputs -> inputs.forEach((name, tensor) -> fill(tensor, request, name)),
              outputs -> InferAnswer.of(asked, request, outputs));
      opened.release();
      Departures.watch(
          ctx,
          answer,
          () -> {
            metrics.gone("/v2/models/{model}/infer");
            answer.cancel(/* mayInterruptIfRunning= */ false);
          });
      var unused =
          answer.whenComplete(
              (done, failure) -> {
                others.close();
                ticket.close();
                model.close();
              });
      ctx.future(() -> Futures.map(answer, done -> send(ctx, done, asked)));
    }
  }

  private Context send(Context ctx, InferAnswer answer, String model) {
    metrics.count("rtm_inferences", "Runs of bare networks", "model", model);
    if (answer.binary()) {
      ctx.header(HEADER_LENGTH, String.valueOf(answer.json()));
    }
    return ctx.contentType(answer.binary() ? "application/octet-stream" : "application/json")
        .result(answer.body());
  }

  private static void fill(Tensor tensor, InferRequest request, String name) {
    InferRequest.Input input = request.inputs().get(name);
    if (input != null) {
      tensor.bytes().put(input.data().duplicate());
    }
  }

  /** Of all inputs of the largest batch. */
  private static long mostElements(BatchRunner runner) {
    long elements = 0;
    for (Value input : runner.network().inputs()) {
      elements += input.shape().withBatch(1).elements();
    }
    return elements * Math.min(runner.mostImages(), LARGEST_BATCH);
  }

  /** How many images an input holds that is what the network wants. */
  private static int requireFit(InferRequest request, BatchRunner runner) {
    Network network = runner.network();
    int most = Math.min(runner.mostImages(), LARGEST_BATCH);
    int images = 0;
    for (Value value : network.inputs()) {
      InferRequest.Input input = request.inputs().get(value.name());
      if (input == null) {
        throw wrong("the input %s, found none of this name".formatted(value.name()));
      }
      if (value.type() != DType.FLOAT32 || !input.datatype().equals(Datatypes.of(DType.FLOAT32))) {
        throw wrong("FP32 as datatype of %s, found %s".formatted(value.name(), input.datatype()));
      }
      Shape shape = shape(input, value, most);
      if (input.data().remaining() != shape.elements() * Float.BYTES) {
        throw wrong(
            "%s elements of the input %s, as its shape says, found %s"
                .formatted(shape.elements(), value.name(), input.data().remaining() / Float.BYTES));
      }
      if (images != 0 && images != shape.dim(0)) {
        throw wrong("as many images in each input");
      }
      images = shape.dim(0);
    }
    if (request.inputs().size() > network.inputs().size()) {
      throw wrong(
          "inputs out of %s".formatted(network.inputs().stream().map(Value::name).toList()));
    }
    for (String output : request.outputs().keySet()) {
      if (!network.outputs().containsKey(output)) {
        throw wrong("outputs out of %s".formatted(network.outputs().keySet()));
      }
    }
    return images;
  }

  private static Shape shape(InferRequest.Input input, Value value, int most) {
    boolean small = input.shape().stream().allMatch(dim -> dim > 0 && dim <= Integer.MAX_VALUE);
    if (small && input.shape().size() == value.shape().rank() && input.shape().get(0) <= most) {
      Shape shape = Shape.of(input.shape().stream().mapToInt(Long::intValue).toArray());
      if (value.shape().accepts(shape)) {
        return shape;
      }
    }
    throw wrong(
        "the shape %s with 1 to %s images of the input %s, found %s"
            .formatted(value.shape(), most, value.name(), input.shape()));
  }

  private static int headerLength(Context ctx, int length) {
    String header = ctx.header(HEADER_LENGTH);
    if (header == null) {
      return length;
    }
    try {
      return Integer.parseInt(header.strip());
    } catch (NumberFormatException e) {
      throw wrong("%s as a whole number".formatted(HEADER_LENGTH));
    }
  }

  private static void requireVersion(Context ctx) {
    String version = ctx.pathParamMap().get("version");
    if (version != null && !version.equals(VERSION)) {
      throw new ProblemException(
          Reason.NOT_FOUND, "expected version %s, the only one".formatted(VERSION));
    }
  }

  private static ProblemException wrong(String expected) {
    return new ProblemException(Reason.BAD_REQUEST, "expected " + expected);
  }

  private static void json(Context ctx, JsonNode node) {
    ctx.contentType("application/json").result(node + "\n");
  }
}
