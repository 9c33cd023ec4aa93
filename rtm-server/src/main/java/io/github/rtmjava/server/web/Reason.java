package io.github.rtmjava.server.web;

import java.util.Locale;

/** Why a request is not answered with what it asks for. */
public enum Reason {
  /** What it says makes no sense. */
  BAD_REQUEST(400),
  /** It has no token, or a wrong one. */
  UNAUTHORIZED(401),
  /** It comes from a page of somebody else's. */
  FORBIDDEN_ORIGIN(403),
  /** There is nothing at its path, or no model of that name. */
  NOT_FOUND(404),
  /** Nothing of the kind is done at its path. */
  METHOD_NOT_ALLOWED(405),
  /** No form that it accepts can hold the answer. */
  NOT_ACCEPTABLE(406),
  /** Its body does not arrive in time. */
  UPLOAD_TOO_SLOW(408),
  /** What it asks for is in another state. */
  CONFLICT(409),
  /** It does not say how long its body is. */
  LENGTH_REQUIRED(411),
  /** Its body, or a picture in it, is too large. */
  TOO_LARGE(413),
  /** Its body is of another kind than expected. */
  UNSUPPORTED(415),
  /** The part of a file that it asks for is not there. */
  RANGE(416),
  /** It names another host than this one. */
  WRONG_HOST(421),
  /** What it brings cannot be read, or cannot be asked of the model. */
  UNREADABLE(422),
  /** It has to speak another protocol here. */
  UPGRADE_REQUIRED(426),
  /** Too much is waiting already. */
  QUEUE_FULL(429),
  /** It would wait too long, or longer than it says. */
  TOO_LATE(429),
  /** Too many bodies are in memory. */
  MEMORY_FULL(429),
  /** Too many streams are open, in all or of this client. */
  STREAMS_FULL(429),
  /** Something went wrong here. */
  INTERNAL(500),
  /** The service has begun to end, or is not ready yet. */
  UNAVAILABLE(503);

  private final int status;

  Reason(int status) {
    this.status = status;
  }

  /** The status of HTTP. */
  public int status() {
    return status;
  }

  /** The name in answers and metrics, for example {@code queue-full}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
