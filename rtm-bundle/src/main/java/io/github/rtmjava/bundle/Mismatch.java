package io.github.rtmjava.bundle;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.InvalidNullException;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import io.github.rtmjava.checkpoint.CheckpointException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says in the words of people which field of a file does not hold what its record expects. */
final class Mismatch {
  private Mismatch() {}

  /**
   * @param in the object that was read
   * @param file in which it is
   */
  static CheckpointException refusal(JsonProcessingException e, JsonNode in, String file) {
    if (e instanceof ValueInstantiationException && e.getCause() != null) {
      return new CheckpointException(
          "expected a sound specification: " + e.getCause().getMessage(), e);
    }
    if (e instanceof InvalidTypeIdException type && type.getTypeId() != null) {
      return new CheckpointException(
          "expected a codec %s, found '%s'; use a newer version of rtm-java"
              .formatted(SpecJson.CODECS, type.getTypeId()),
          e);
    }
    List<Object> path = path(e);
    return new CheckpointException(
        "expected %s in '%s' of %s, found %s; convert the model again"
            .formatted(expected(e, path), written(path), file, found(in, path)),
        e);
  }

  /** Names of fields and indices of elements, from the outermost on. */
  private static List<Object> path(JsonProcessingException e) {
    List<Object> path = new ArrayList<>();
    if (e instanceof JsonMappingException mapping) {
      for (JsonMappingException.Reference step : mapping.getPath()) {
        path.add(step.getFieldName() == null ? step.getIndex() : step.getFieldName());
      }
    }
    if (e instanceof InvalidTypeIdException) {
      path.add(SpecJson.TYPE);
    }
    return path;
  }

  private static String written(List<Object> path) {
    StringBuilder out = new StringBuilder();
    for (Object step : path) {
      out.append(step instanceof String ? (out.isEmpty() ? "" : ".") + step : "[" + step + "]");
    }
    return out.toString();
  }

  private static String expected(JsonProcessingException e, List<Object> path) {
    if (e instanceof InvalidNullException && path.get(path.size() - 1) instanceof Integer) {
      return "a value"; // Jackson tells the type of the list, not of its elements
    }
    Class<?> type = target(e);
    if (type == String.class || e instanceof InvalidTypeIdException) {
      return "text";
    } else if (type == int.class || type == Integer.class || type == long.class) {
      return "a whole number";
    } else if (type == float.class || type == Float.class || type == double.class) {
      return "a number";
    }
    return type != null && List.class.isAssignableFrom(type) ? "a list" : "an object";
  }

  private static @Nullable Class<?> target(JsonProcessingException e) {
    return e instanceof MismatchedInputException mismatch ? mismatch.getTargetType() : null;
  }

  private static String found(JsonNode in, List<Object> path) {
    JsonNode node = in;
    for (Object step : path) {
      node = step instanceof String name ? node.path(name) : node.path((Integer) step);
    }
    return switch (node.getNodeType()) {
      case MISSING -> "nothing";
      case NULL -> "null";
      case STRING -> "text";
      case NUMBER -> "the number " + node.asText();
      case BOOLEAN -> node.asText();
      case ARRAY -> "a list";
      default -> "an object";
    };
  }
}
