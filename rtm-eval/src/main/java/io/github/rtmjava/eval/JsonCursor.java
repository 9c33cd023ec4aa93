package io.github.rtmjava.eval;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Goes through a JSON file once, from front to back, keeping nothing of it. Whatever is not as
 * expected ends in an {@link IOException} of one line that names the file and the place.
 */
final class JsonCursor implements AutoCloseable {
  /** Python writes numbers that are none as {@code NaN} and {@code Infinity}. */
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();

  private final Path file;
  private final JsonParser parser;

  /** Stands at the file's first value. */
  JsonCursor(Path file) throws IOException {
    this.file = file;
    parser = JSON.createParser(new BufferedInputStream(Files.newInputStream(file), 1 << 16));
    next();
  }

  /** Reads the value of one field; must consume it. */
  @FunctionalInterface
  interface Field {
    void read(String name) throws IOException;
  }

  /** Reads one element; must consume it. */
  @FunctionalInterface
  interface Element {
    void read() throws IOException;
  }

  boolean isObject() {
    return parser.currentToken() == JsonToken.START_OBJECT;
  }

  boolean isArray() {
    return parser.currentToken() == JsonToken.START_ARRAY;
  }

  boolean isNull() {
    return parser.currentToken() == JsonToken.VALUE_NULL;
  }

  /** Consumes an object, field by field. */
  void object(String what, Field field) throws IOException {
    if (!isObject()) {
      throw unexpected(what + " as an object");
    }
    while (next() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      next();
      field.read(name);
    }
  }

  /** The first field of the object that is one of those looked for; the rest stays unread. */
  Optional<String> firstField(Predicate<String> lookedFor) throws IOException {
    while (next() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      if (lookedFor.test(name)) {
        return Optional.of(name);
      }
      next();
      skip();
    }
    return Optional.empty();
  }

  /** Goes to the first element of an array; false if it is empty. */
  boolean enter() throws IOException {
    return next() != JsonToken.END_ARRAY;
  }

  /** Consumes an array, element by element. */
  void array(String what, Element element) throws IOException {
    if (!isArray()) {
      throw unexpected(what + " as an array");
    }
    while (next() != JsonToken.END_ARRAY) {
      element.read();
    }
  }

  /** Passes over a value. */
  void skip() throws IOException {
    try {
      parser.skipChildren();
    } catch (JsonProcessingException e) {
      throw damaged(e);
    }
  }

  double number(String what) throws IOException {
    double value = anyNumber(what);
    if (!Double.isFinite(value)) {
      throw problem("expected %s as a finite number, found %s".formatted(what, value));
    }
    return value;
  }

  /** A number, or NaN or an infinity; NaN for null, which some write in its place. */
  double anyNumber(String what) throws IOException {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.VALUE_NULL) {
      return Double.NaN;
    }
    if (token != JsonToken.VALUE_NUMBER_INT && token != JsonToken.VALUE_NUMBER_FLOAT) {
      throw unexpected(what + " as a number");
    }
    try {
      return parser.getDoubleValue();
    } catch (JsonProcessingException e) {
      throw damaged(e);
    }
  }

  /** An integer, also where it is written as 3.0. */
  long integer(String what) throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_NUMBER_FLOAT) {
      double value = anyNumber(what);
      if (value == Math.rint(value) && Math.abs(value) <= 1L << 53) {
        return (long) value;
      }
    }
    if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT) {
      throw unexpected(what + " as an integer");
    }
    try {
      return parser.getLongValue();
    } catch (JsonProcessingException e) {
      throw unexpected(what + " as an integer of 64 bits");
    }
  }

  /** A number that is 0 or more and fits an int. */
  int count(String what) throws IOException {
    long value = integer(what);
    if (value < 0 || value > Integer.MAX_VALUE) {
      throw problem("expected %s of 0 or more, found %s".formatted(what, value));
    }
    return (int) value;
  }

  /** {@code true}, {@code false}, 1 or 0. */
  boolean flag(String what) throws IOException {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.VALUE_TRUE || token == JsonToken.VALUE_FALSE) {
      return token == JsonToken.VALUE_TRUE;
    }
    return number(what) != 0;
  }

  String text(String what) throws IOException {
    if (parser.currentToken() != JsonToken.VALUE_STRING) {
      throw unexpected(what + " as a string");
    }
    try {
      return parser.getText();
    } catch (JsonProcessingException e) {
      throw damaged(e);
    }
  }

  boolean isText() {
    return parser.currentToken() == JsonToken.VALUE_STRING;
  }

  /** A string, or what stands for a name that was written as a number. */
  String label(String what) throws IOException {
    return isText() ? text(what) : Long.toString(integer(what));
  }

  /** An array of at most so many numbers, which may be NaN or infinite. */
  double[] anyNumbers(String what, int most) throws IOException {
    double[][] values = {new double[Math.min(most, 64)]};
    int[] count = {0};
    array(
        what,
        () -> {
          if (count[0] == most) {
            throw problem("expected at most %s numbers in %s, found more".formatted(most, what));
          }
          if (count[0] == values[0].length) {
            values[0] = Arrays.copyOf(values[0], Math.min(most, 2 * count[0]));
          }
          values[0][count[0]++] = anyNumber(what);
        });
    return Arrays.copyOf(values[0], count[0]);
  }

  /** An array of at most so many numbers. */
  double[] numbers(String what, int most) throws IOException {
    return finite(what, anyNumbers(what, most));
  }

  /** An array of exactly so many numbers. */
  double[] exactly(String what, int count) throws IOException {
    return finite(what, anyExactly(what, count));
  }

  private double[] anyExactly(String what, int count) throws IOException {
    double[] values = anyNumbers(what, count);
    if (values.length != count) {
      throw problem("expected %s numbers in %s, found %s".formatted(count, what, values.length));
    }
    return values;
  }

  private double[] finite(String what, double[] values) throws IOException {
    for (double value : values) {
      if (!Double.isFinite(value)) {
        throw problem("expected finite numbers in %s, found %s".formatted(what, value));
      }
    }
    return values;
  }

  /** An array of rows of so many numbers each. */
  double[][] rows(String what, int columns) throws IOException {
    double[][] rows = anyRows(what, columns);
    for (double[] row : rows) {
      finite(what, row);
    }
    return rows;
  }

  /** An array of rows of so many numbers each, which may be NaN or infinite. */
  double[][] anyRows(String what, int columns) throws IOException {
    double[][][] rows = {new double[64][]};
    int[] count = {0};
    array(
        what,
        () -> {
          if (count[0] == KeypointSets.MOST) {
            throw problem(
                "expected at most %s rows in %s, found more".formatted(KeypointSets.MOST, what));
          }
          if (count[0] == rows[0].length) {
            rows[0] = Arrays.copyOf(rows[0], 2 * count[0]);
          }
          rows[0][count[0]++] = anyExactly(what, columns);
        });
    return Arrays.copyOf(rows[0], count[0]);
  }

  /** Refuses anything after the first value. */
  void end() throws IOException {
    if (next() != JsonToken.NOT_AVAILABLE) {
      throw unexpected("the end of the file");
    }
  }

  IOException problem(String message) {
    return new IOException(
        "%s, line %s: %s".formatted(file, parser.currentTokenLocation().getLineNr(), message));
  }

  private IOException unexpected(String expected) {
    JsonToken token = parser.currentToken();
    String found = token == null ? "the end of the file" : describe(token);
    return problem("expected %s, found %s".formatted(expected, found));
  }

  private String describe(JsonToken token) {
    return switch (token) {
      case START_OBJECT -> "an object";
      case START_ARRAY -> "an array";
      case VALUE_STRING -> "a string";
      case VALUE_NULL -> "null";
      case VALUE_TRUE, VALUE_FALSE -> "a truth value";
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "another number";
      case END_OBJECT, END_ARRAY, FIELD_NAME, NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
          "something else";
    };
  }

  private JsonToken next() throws IOException {
    try {
      JsonToken token = parser.nextToken();
      return token == null ? JsonToken.NOT_AVAILABLE : token;
    } catch (JsonProcessingException e) {
      throw damaged(e);
    }
  }

  private IOException damaged(JsonProcessingException e) {
    long line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
    return new IOException(
        "%s, line %s: expected JSON, found something damaged: %s"
            .formatted(file, line, e.getOriginalMessage().lines().findFirst().orElse("")),
        e);
  }

  @Override
  public void close() throws IOException {
    parser.close();
  }
}
