package io.github.rtmjava.server.oip;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.rtmjava.server.web.ProblemException;
import io.github.rtmjava.server.web.Reason;
import java.io.IOException;

/**
 * What somebody wants to know of the models there are.
 *
 * @param ready whether those that are not loaded are left out
 */
record IndexRequest(boolean ready) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Reads a body.
   *
   * @throws ProblemException if it is neither empty nor an object
   */
  static IndexRequest of(byte[] body) {
    if (body.length == 0) {
      return new IndexRequest(false);
    }
    try {
      JsonNode json = JSON.readTree(body);
      if (json.isObject() && (!json.has("ready") || json.get("ready").isBoolean())) {
        return new IndexRequest(json.path("ready").asBoolean());
      }
    } catch (IOException e) {
      // It is no JSON.
    }
    throw new ProblemException(
        Reason.BAD_REQUEST,
        "expected nothing or an object with 'ready' of true or false, found something else");
  }
}
