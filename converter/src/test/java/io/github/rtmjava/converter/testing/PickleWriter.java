package io.github.rtmjava.converter.testing;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Writes pickles of protocol 2, operation by operation. */
public final class PickleWriter {
  /** A class or function by module and name. */
  public record Global(String module, String name) {}

  /** A call of a class or function. */
  public record Call(Global callee, List<?> arguments) {}

  /** An object by its persistent identifier. */
  public record Persistent(List<?> id) {}

  /** A tuple, as opposed to a list. */
  public record Tuple(List<?> values) {
    public static Tuple of(Object... values) {
      return new Tuple(Arrays.asList(values));
    }
  }

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  public PickleWriter() {
    op(0x80, 2);
  }

  /** Raw operations. */
  public PickleWriter op(int... bytes) {
    for (int b : bytes) {
      out.write(b);
    }
    return this;
  }

  /** Any value made of None (null), truth values, numbers, strings, bytes and the records above. */
  public PickleWriter value(Object value) {
    if (value instanceof Boolean b) {
      op(b ? 0x88 : 0x89);
    } else if (value instanceof Integer i) {
      op('J').little(4, i);
    } else if (value instanceof Long l) {
      op(0x8a, 8).little(8, l);
    } else if (value instanceof Double d) {
      op('G');
      byte[] bytes = ByteBuffer.allocate(8).putDouble(d).array();
      out.writeBytes(bytes);
    } else if (value instanceof String s) {
      byte[] bytes = s.getBytes(StandardCharsets.UTF_8);
      op('X').little(4, bytes.length);
      out.writeBytes(bytes);
    } else if (value instanceof byte[] bytes) {
      op('B').little(4, bytes.length);
      out.writeBytes(bytes);
    } else if (value instanceof Tuple tuple) {
      op('(');
      tuple.values.forEach(this::value);
      op('t');
    } else if (value instanceof List<?> list) {
      op(']', '(');
      list.forEach(this::value);
      op('e');
    } else if (value instanceof Map<?, ?> map) {
      op('}', '(');
      map.forEach((k, v) -> value(k).value(v));
      op('u');
    } else if (value instanceof Global global) {
      op('c');
      out.writeBytes((global.module + "\n" + global.name + "\n").getBytes(StandardCharsets.UTF_8));
    } else if (value instanceof Call call) {
      value(call.callee).value(new Tuple(call.arguments)).op('R');
    } else if (value instanceof Persistent persistent) {
      value(new Tuple(persistent.id)).op('Q');
    } else {
      throw new IllegalArgumentException("cannot pickle a " + value.getClass());
    }
    return this;
  }

  /** Python's None. */
  public PickleWriter none() {
    return op('N');
  }

  /** A little-endian integer of {@code bytes} bytes. */
  public PickleWriter little(int bytes, long value) {
    byte[] all = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array();
    out.write(all, 0, bytes);
    return this;
  }

  /** The pickle, ended by STOP. */
  public byte[] toBytes() {
    op('.');
    return out.toByteArray();
  }
}
