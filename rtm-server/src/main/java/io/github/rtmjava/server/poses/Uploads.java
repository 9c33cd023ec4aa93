package io.github.rtmjava.server.poses;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.rtmjava.files.PublicName;
import io.github.rtmjava.server.config.ServerLimits;
import io.github.rtmjava.server.web.Bodies;
import io.github.rtmjava.server.web.ProblemException;
import io.github.rtmjava.server.web.Reason;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the body of a request brings: one picture, or in parts several of them and {@code options}.
 *
 * @param pictures in the order of the body
 * @param options by names, besides those of the query
 * @param several whether the answer is one of several pictures, however many there are
 */
record Uploads(List<Upload> pictures, Map<String, List<String>> options, boolean several) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String OPTIONS = "options";
  private static final String UNNAMED = "picture";
  private static final int LONGEST_NAME = 200;
  private static final int LONGEST_OPTIONS = 1 << 16;

  /**
   * Reads a body.
   *
   * @throws ProblemException if it is too large, too slow, or holds something else
   */
  static Uploads of(Context ctx, ServerLimits limits) throws IOException {
    String type = ctx.contentType();
    requireNoForm(type);
    byte[] data = Bodies.read(ctx, limits.uploadBytes(), limits.uploadTime());
    if (type != null && ctx.isMultipartFormData()) {
      return ofParts(FormParts.of(data, type, limits.pictures() + 1), limits);
    }
    if (data.length == 0) {
      throw new ProblemException(
          Reason.BAD_REQUEST, "expected a picture as the body, found an empty one");
    }
    return new Uploads(List.of(new Upload(UNNAMED, data)), Map.of(), false);
  }

  private static void requireNoForm(@Nullable String type) {
    if (type != null && (type.startsWith("text/") || type.startsWith("application/json"))) {
      throw new ProblemException(
          Reason.UNSUPPORTED,
          "expected a picture, or multipart/form-data with pictures, found " + type);
    }
  }

  private static Uploads ofParts(List<FormParts.Part> parts, ServerLimits limits) {
    List<Upload> pictures = new ArrayList<>();
    Map<String, List<String>> options = new LinkedHashMap<>();
    for (FormParts.Part part : parts) {
      if (OPTIONS.equals(part.name())) {
        options(part.data()).forEach(options::put);
        continue;
      }
      if (pictures.size() == limits.pictures()) {
        throw new ProblemException(
            Reason.TOO_LARGE,
            "expected at most %s pictures, found more".formatted(limits.pictures()));
      }
      pictures.add(new Upload(name(part.fileName()), part.data()));
    }
    if (pictures.isEmpty()) {
      throw new ProblemException(
          Reason.BAD_REQUEST, "expected parts with pictures, found none in the body");
    }
    return new Uploads(pictures, options, true);
  }

  /** A name that says nothing of folders and steers no terminal. */
  private static String name(@Nullable String submitted) {
    if (submitted == null || submitted.isBlank()) {
      return UNNAMED;
    }
    String name = PublicName.of(submitted).replaceAll("\\p{Cntrl}", "?");
    return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME);
  }

  private static Map<String, List<String>> options(byte[] json) {
    if (json.length > LONGEST_OPTIONS) {
      throw new ProblemException(
          Reason.TOO_LARGE,
          "expected the part options of at most %s bytes, found %s"
              .formatted(LONGEST_OPTIONS, json.length));
    }
    Map<String, List<String>> options = new LinkedHashMap<>();
    try {
      JsonNode root = JSON.readTree(json);
      if (root == null || !root.isObject()) {
        throw new ProblemException(
            Reason.BAD_REQUEST, "expected the part options as a JSON object, found something else");
      }
      root.properties().forEach(e -> options.put(e.getKey(), texts(e.getKey(), e.getValue())));
    } catch (JsonProcessingException e) {
      throw new ProblemException(
          Reason.BAD_REQUEST, "expected the part options as JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new ProblemException(Reason.BAD_REQUEST, "the part options cannot be read");
    }
    return options;
  }

  private static List<String> texts(String name, JsonNode value) {
    if (value.isArray() && !value.isEmpty() && value.get(0).isArray()) {
      List<String> texts = new ArrayList<>();
      value.forEach(inner -> texts.add(joined(name, inner)));
      return texts;
    }
    return List.of(value.isArray() ? joined(name, value) : text(name, value));
  }

  private static String joined(String name, JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(value -> texts.add(text(name, value)));
    return String.join(",", texts);
  }

  private static String text(String name, JsonNode value) {
    if (!value.isValueNode() || value.isNull()) {
      throw new ProblemException(
          Reason.BAD_REQUEST,
          "expected a text, a number, true or false, or numbers in [] as %s".formatted(name));
    }
    return value.asText();
  }
}
