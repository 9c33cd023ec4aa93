package io.github.rtmjava.server.stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.rtmjava.engine.Deadline;
import io.github.rtmjava.geometry.Camera;
import io.github.rtmjava.image.Image;
import io.github.rtmjava.motion.angle.Angles;
import io.github.rtmjava.motion.smooth.LiveSmoother;
import io.github.rtmjava.motion.smooth.SmoothOptions;
import io.github.rtmjava.pose.PoseFrame;
import io.github.rtmjava.pose.PoseResult;
import io.github.rtmjava.pose.Recording;
import io.github.rtmjava.pose3d.PoseFollower;
import io.github.rtmjava.server.load.PictureDecoder;
import io.github.rtmjava.server.load.Ticket;
import io.github.rtmjava.server.message.PoseMessages;
import io.github.rtmjava.server.metrics.ServerMetrics.Stage;
import io.github.rtmjava.server.model.ServedModel;
import io.github.rtmjava.server.recording.LiveRecording;
import io.github.rtmjava.server.web.Parameters;
import io.github.rtmjava.server.web.ProblemException;
import io.github.rtmjava.server.web.Problems;
import io.github.rtmjava.server.web.Reason;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What happens on one connection. Its frames are decoded side by side, and then go through the
 * networks and the tracker one after the other, in their order; frames of other connections go
 * through the networks with them, each connection in its turn. The newest frame waits while as many
 * as may are under way, in place of the one that waited before.
 *
 * <p>May be used by several threads at once.
 */
final class PoseStream {
  /** A frame that would have to wait longer is of no use to anybody. */
  private static final Duration LATEST = Duration.ofSeconds(5);

  /** Answers to texts that a client has not read. */
  private static final int MOST_UNREAD = 16;

  private static final int POLICY_VIOLATION = 1008;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Surroundings around;
  private final ServedModel model;
  private final String client;
  private final Outlet out;
  private final PoseFollower follower;
  private final StreamClock clock = new StreamClock();

  // Guarded by this.
  private @Nullable FrameMessage waiting;
  private boolean asked;
  private int busy;
  private int unread;
  private long dropped;
  private boolean closed;
  private StreamSettings.Live settings;
  private @Nullable LiveRecording recording;
  private CompletableFuture<Boolean> before = CompletableFuture.completedFuture(true);

  // Owned by the frame whose turn it is.
  private StreamSettings.Live applied;
  private @Nullable LiveSmoother smoother;
  private @Nullable Camera camera;

  PoseStream(
      Surroundings around, ServedModel model, StreamSettings wanted, String client, Outlet out) {
    this.around = around;
    this.model = model;
    this.client = client;
    this.out = out;
    this.settings = wanted.live();
    this.applied = wanted.live();
    this.follower = model.inferencer().follower(wanted.following(), wanted.live().people());
  }

  /** Says hello. */
  void open() {
    Recording typical = model.inferencer().typicalRecording();
    out.send(StreamJson.hello(model.name(), typical, around.limits()), () -> {});
  }

  /** Takes a frame. */
  void frame(FrameMessage message) {
    synchronized (this) {
      if (closed) {
        return;
      }
      if (waiting != null) {
        dropped++;
        around.count("dropped");
      }
      waiting = message;
    }
    ask();
  }

  /** Asks for a turn for the frame that waits, unless it is there or too many are under way. */
  private void ask() {
    synchronized (this) {
      if (asked || waiting == null || busy >= around.limits().framesInFlight()) {
        return;
      }
      asked = true;
    }
    around.turns().ask(this::turn);
  }

  private void turn() {
    FrameMessage newest;
    synchronized (this) {
      asked = false;
      newest = waiting;
      waiting = null;
      if (newest != null) {
        busy++;
      }
    }
    if (newest == null) {
      around.turns().leave();
    } else {
      begin(newest);
    }
  }

  private void begin(FrameMessage message) {
    try {
      Ticket ticket =
          around.admission().admit(model.cost(), 1, message.picture().length, Deadline.in(LATEST));
      Steps steps = new Steps(message);
      CompletableFuture<Image> image =
          CompletableFuture.supplyAsync(() -> decode(message, ticket, steps), around.workers());
      inTurn(
          turn ->
              turn.thenCombine(image, (before, decoded) -> decoded)
                  .thenCompose(decoded -> look(decoded, ticket, steps))
                  .thenApplyAsync(poses -> write(poses, ticket, steps), around.workers())
                  .handle(
                      (text, failure) -> {
                        ticket.close();
                        return end(message, text, failure);
                      }));
    } catch (ProblemException e) {
      inTurn(turn -> turn.thenApply(before -> end(message, null, e)));
    }
  }

  /** Does something once the frame before is answered; answers come in the order of frames. */
  private void inTurn(UnaryOperator<CompletableFuture<Boolean>> work) {
    CompletableFuture<Boolean> mine = new CompletableFuture<>();
    CompletableFuture<Boolean> turn;
    synchronized (this) {
      turn = before;
      before = mine;
    }
    var unused = work.apply(turn).whenComplete((done, failure) -> mine.complete(true));
  }

  private Image decode(FrameMessage message, Ticket ticket, Steps steps) {
    steps.decodeFrom = System.nanoTime();
    try {
      return new PictureDecoder(around.limits().pixels())
          .decode(message.picture(), "frame", ticket);
    } finally {
      steps.decodeTo = System.nanoTime();
    }
  }

  /** In the frame's turn. */
  private CompletableFuture<PoseFrame> look(Image image, Ticket ticket, Steps steps) {
    StreamSettings.Live wanted;
    synchronized (this) {
      wanted = settings;
    }
    if (!wanted.people().equals(applied.people())) {
      follower.change(wanted.people());
    }
    applied = wanted;
    steps.computeFrom = System.nanoTime();
    ticket.begun();
    return follower
        .submit(image, clock.next(steps.message))
        .whenComplete((poses, failure) -> steps.computeTo = System.nanoTime());
  }

  /** In the frame's turn. */
  private String write(PoseFrame raw, Ticket ticket, Steps steps) {
    ticket.computed();
    PoseFrame poses = raw.with(smooth(raw));
    PoseResult result = poses.result();
    Recording about = model.inferencer().recording("stream", result.width(), result.height(), 0, 0);
    keep(poses, about);
    Camera seenBy = about.camera() == null || about.camera().equals(camera) ? null : about.camera();
    if (seenBy != null) {
      camera = seenBy;
    }
    around.picture(model.name(), result.size());
    around.took(Stage.DECODE, steps.decodeTo - steps.decodeFrom);
    around.took(Stage.COMPUTE, steps.computeTo - steps.computeFrom);
    try {
      return StreamJson.poses(
          steps.message.stamp(),
          poses,
          seenBy,
          applied.angles() ? Angles.of(result.keypointSet()) : null,
          dropped(),
          steps.times());
    } catch (IOException e) {
      throw new ProblemException(Reason.INTERNAL, String.valueOf(e.getMessage()));
    }
  }

  private PoseResult smooth(PoseFrame raw) {
    if (!applied.smooth()) {
      smoother = null;
      return raw.result();
    }
    LiveSmoother current = smoother;
    if (current == null) {
      current = new LiveSmoother(SmoothOptions.LIVE);
      smoother = current;
    }
    return current.step(raw.time(), raw.result());
  }

  private synchronized long dropped() {
    return dropped;
  }

  private void keep(PoseFrame poses, Recording about) {
    LiveRecording current;
    synchronized (this) {
      current = recording;
    }
    if (current == null) {
      return;
    }
    Optional<String> ended;
    try {
      ended = current.add(poses, () -> about);
    } catch (IOException e) {
      ended = Optional.of("it cannot be written here any more");
    }
    ended.ifPresent(why -> finish(current, why));
  }

  private void finish(LiveRecording current, String why) {
    synchronized (this) {
      if (recording != current) {
        return;
      }
      recording = null;
    }
    current.end();
    tell(
        PoseMessages.recorded(
            current.id(), current.frames(), why, around.limits().recordAge().toSeconds()));
  }

  /** Sends what came of a frame; once that is gone the next one may begin. */
  private boolean end(FrameMessage message, @Nullable String text, @Nullable Throwable failure) {
    String answer = text;
    if (answer == null) {
      ProblemException problem =
          Problems.of(failure == null ? new IllegalStateException("no answer") : failure);
      long gone;
      synchronized (this) {
        gone = ++dropped;
      }
      around.count(problem.reason().id());
      answer = StreamJson.failed(message.stamp(), problem, gone);
    } else {
      around.count("answered");
    }
    around.took(Stage.ALL, System.nanoTime() - message.arrival());
    around.turns().leave();
    out.send(answer, this::sent);
    return failure == null;
  }

  private void sent() {
    synchronized (this) {
      busy--;
      notifyAll();
    }
    ask();
  }

  /** Takes a message about the stream. */
  void text(String message) {
    try {
      JsonNode json = JSON.readTree(message);
      if (json == null || json.size() != 1 || !json.isObject()) {
        throw unknown();
      }
      Map.Entry<String, JsonNode> only = json.properties().iterator().next();
      switch (only.getKey()) {
        case "set" -> set(only.getValue());
        case "record" -> record(only.getValue().asText());
        default -> throw unknown();
      }
    } catch (IOException e) {
      tell(StreamJson.failed(unknown()));
    } catch (ProblemException e) {
      tell(StreamJson.failed(e));
    }
  }

  private static ProblemException unknown() {
    return new ProblemException(
        Reason.BAD_REQUEST,
        "expected a text of {\"set\": {…}} or {\"record\": \"start\" or \"stop\"}, found another");
  }

  private void set(JsonNode values) {
    if (!values.isObject()) {
      throw unknown();
    }
    Map<String, List<String>> texts = new HashMap<>();
    for (Map.Entry<String, JsonNode> value : values.properties()) {
      if (!value.getValue().isValueNode() || value.getValue().isNull()) {
        throw unknown();
      }
      texts.put(value.getKey(), List.of(value.getValue().asText()));
    }
    Parameters parameters = new Parameters(texts);
    StreamSettings.Live now;
    synchronized (this) {
      now = settings.with(parameters);
      parameters.requireNoOthers();
      settings = now;
    }
    tell(StreamJson.settings(now));
  }

  private void record(String what) {
    switch (what) {
      case "start" -> {
        LiveRecording begun = around.recordings().begin(client);
        LiveRecording old;
        boolean gone;
        synchronized (this) {
          old = recording;
          gone = closed;
          recording = gone ? null : begun;
        }
        if (gone) {
          begun.end();
          return;
        }
        if (old != null) {
          old.end();
        }
        tell(PoseMessages.recording(begun.id()));
      }
      case "stop" -> {
        LiveRecording current;
        synchronized (this) {
          current = recording;
        }
        if (current == null) {
          throw new ProblemException(Reason.CONFLICT, "nothing is being recorded");
        }
        finish(current, "asked for");
      }
      default -> throw unknown();
    }
  }

  /** Refuses a message. */
  void refuse(ProblemException problem) {
    tell(StreamJson.failed(problem));
  }

  /** Says something that answers no frame. */
  private void tell(String text) {
    synchronized (this) {
      if (closed) {
        return;
      }
      if (++unread > MOST_UNREAD) {
        out.close(POLICY_VIOLATION, "answers are not read");
        return;
      }
    }
    out.send(
        text,
        () -> {
          synchronized (this) {
            unread--;
          }
        });
  }

  /** Takes nothing in any more, and waits until the frames under way are answered. */
  void drain(Duration most) throws InterruptedException {
    long end = System.nanoTime() + most.toNanos();
    synchronized (this) {
      waiting = null;
      while (busy > 0 && System.nanoTime() - end < 0) {
        wait(Math.max(1, (end - System.nanoTime()) / 1_000_000));
      }
    }
  }

  /** Ends it: the client has gone, or is sent away. */
  void close() {
    LiveRecording current;
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      waiting = null;
      current = recording;
      recording = null;
    }
    if (current != null) {
      current.end();
    }
    // Not before the frames under way, which use it.
    CompletableFuture<Boolean> last;
    synchronized (this) {
      last = before;
    }
    var unused = last.whenComplete((done, failure) -> model.close());
  }

  /** When a frame went through what. Each is written and read by one thread after the other. */
  private static final class Steps {
    private final FrameMessage message;
    private volatile long decodeFrom;
    private volatile long decodeTo;
    private volatile long computeFrom;
    private volatile long computeTo;

    Steps(FrameMessage message) {
      this.message = message;
    }

    StreamJson.Times times() {
      long queue = decodeFrom - message.arrival() + computeFrom - decodeTo;
      long all = System.nanoTime() - message.arrival();
      return new StreamJson.Times(queue, decodeTo - decodeFrom, computeTo - computeFrom, all);
    }
  }
}
