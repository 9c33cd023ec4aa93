package io.github.rtmjava.server.camera;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Locale;

/**
 * How a camera is.
 *
 * @param detail for people; empty where there is nothing to say
 * @param pause until it is tried again; zero where it is not
 */
record CameraState(Kind kind, String detail, Duration pause) {
  private static final ObjectMapper JSON = new ObjectMapper();

  static final CameraState IDLE = new CameraState(Kind.IDLE, "", Duration.ZERO);
  static final CameraState OPENING = new CameraState(Kind.OPENING, "", Duration.ZERO);
  static final CameraState READING = new CameraState(Kind.READING, "", Duration.ZERO);
  static final CameraState ENDED =
      new CameraState(Kind.ENDED, "the service is about to end", Duration.ZERO);

  /** The states. */
  enum Kind {
    /** Nobody watches it: it is closed. */
    IDLE,
    /** It is being opened. */
    OPENING,
    /** It gives pictures. */
    READING,
    /** It was there and is not any more, or does not open. */
    LOST,
    /** The service ends. */
    ENDED;

    /** The name in messages. */
    String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static CameraState lost(Duration pause) {
    return new CameraState(
        Kind.LOST,
        "the camera gives no pictures; it is tried again in %s s"
            .formatted(Math.max(1, pause.toSeconds())),
        pause);
  }

  boolean is(Kind other) {
    return kind == other;
  }

  /** As messages have it. */
  ObjectNode json(String camera) {
    ObjectNode json = JSON.createObjectNode().put("name", camera).put("state", kind.id());
    if (!detail.isEmpty()) {
      json.put("detail", detail);
    }
    if (!pause.isZero()) {
      json.put("again_s", pause.toMillis() / 1e3);
    }
    return json;
  }
}
