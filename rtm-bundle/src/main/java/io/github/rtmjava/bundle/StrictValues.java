package io.github.rtmjava.bundle;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.util.Set;

/** Texts and numbers that are just that: no text for a number, no fraction for a whole number. */
final class StrictValues {
  private static final Set<JsonToken> TEXT = Set.of(JsonToken.VALUE_STRING);
  private static final Set<JsonToken> WHOLE = Set.of(JsonToken.VALUE_NUMBER_INT);
  private static final Set<JsonToken> NUMBER =
      Set.of(JsonToken.VALUE_NUMBER_INT, JsonToken.VALUE_NUMBER_FLOAT);

  private StrictValues() {}

  static SimpleModule module() {
    return new SimpleModule("strict values")
        .addDeserializer(String.class, new Strict<>(String.class, TEXT, JsonParser::getText))
        .addDeserializer(int.class, new Strict<>(int.class, WHOLE, JsonParser::getIntValue))
        .addDeserializer(Integer.class, new Strict<>(Integer.class, WHOLE, JsonParser::getIntValue))
        .addDeserializer(long.class, new Strict<>(long.class, WHOLE, JsonParser::getLongValue))
        .addDeserializer(float.class, new Strict<>(float.class, NUMBER, JsonParser::getFloatValue))
        .addDeserializer(Float.class, new Strict<>(Float.class, NUMBER, JsonParser::getFloatValue))
        .addDeserializer(
            double.class, new Strict<>(double.class, NUMBER, JsonParser::getDoubleValue));
  }

  private interface Reading<T> {
    T read(JsonParser in) throws IOException;
  }

  private static final class Strict<T> extends StdScalarDeserializer<T> {
    private static final long serialVersionUID = 1L;

    private final transient Set<JsonToken> tokens;
    private final transient Reading<T> reading;

    Strict(Class<T> type, Set<JsonToken> tokens, Reading<T> reading) {
      super(type);
      this.tokens = tokens;
      this.reading = reading;
    }

    @Override
    public T deserialize(JsonParser in, DeserializationContext context) throws IOException {
      if (!tokens.contains(in.currentToken())) {
        throw MismatchedInputException.from(in, handledType(), "another type of value");
      }
      try {
        return reading.read(in);
      } catch (InputCoercionException e) { // a number out of range, without the path to it
        throw MismatchedInputException.from(in, handledType(), e.getOriginalMessage());
      }
    }
  }
}
