package io.github.rtmjava.converter;

import io.github.rtmjava.checkpoint.CheckpointException;
import io.github.rtmjava.checkpoint.Data;
import io.github.rtmjava.converter.Py.Dict;
import io.github.rtmjava.converter.Py.Global;
import io.github.rtmjava.converter.Py.Plain;
import io.github.rtmjava.converter.Py.Sequence;
import io.github.rtmjava.converter.Py.Tuple;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs pickles of protocols 0 to 5 (Python's {@code pickletools}). No class is ever loaded: what a
 * pickle calls is looked up in the closed table of {@link Constructors}, anything else becomes an
 * inert {@link Py.Instance}. Every operation takes at least one byte of the file and makes at most
 * one object, and their number is bounded.
 */
final class PickleMachine {
  /** Several times what a training checkpoint of the largest model needs. */
  private static final int MAX_OPERATIONS = 2_000_000;

  private static final int MAX_NAME = 512;

  /** Heap bytes that an operation takes, about: an object, its place, its entry in the memo. */
  private static final int OBJECT = 96;

  private static final Plain NONE = new Plain(new Data.None());
  private static final Plain TRUE = new Plain(new Data.Bool(true));
  private static final Plain FALSE = new Plain(new Data.Bool(false));
  private static final Tuple EMPTY = new Tuple(List.of());

  private final Constructors constructors;
  private final List<Py> stack = new ArrayList<>();
  private final Deque<Integer> marks = new ArrayDeque<>();
  private final Map<Long, Py> memo = new HashMap<>();

  private PickleMachine(Constructors constructors) {
    this.constructors = constructors;
  }

  /** Runs one pickle and returns what it leaves. */
  static Py run(PickleInput in, Constructors constructors) throws IOException {
    return new PickleMachine(constructors).run(in);
  }

  private Py run(PickleInput in) throws IOException {
    for (int i = 0; i < MAX_OPERATIONS; i++) {
      int op = in.u8();
      if (op == '.') {
        return pop();
      }
      step(op, in);
    }
    throw new CheckpointException(
        "expected a pickle of at most %s operations, found more; this is no checkpoint"
            .formatted(MAX_OPERATIONS));
  }

  private void step(int op, PickleInput in) throws IOException {
    constructors.budget.spend(OBJECT);
    switch (op) {
      case 0x80 -> protocol(in.u8());
      case 0x95 -> in.i64(); // FRAME: a hint for buffering
      case '(' -> marks.push(stack.size());
      case '0' -> discard();
      case '1' -> popToMark();
      case '2' -> push(top());

      case 'N' -> push(NONE);
      case 0x88 -> push(TRUE);
      case 0x89 -> push(FALSE);
      case 'I' -> push(decimal(in.line()));
      case 'L' -> push(decimal(stripSuffix(in.line())));
      case 'J' -> push(integer(in.i32()));
      case 'K' -> push(integer(in.u8()));
      case 'M' -> push(integer(in.u16()));
      case 0x8a -> push(integer(in.integer(in.u8())));
      case 0x8b -> push(integer(in.integer(in.u32())));
      case 'F' -> push(real(in.line()));
      case 'G' -> push(new Plain(new Data.Real(in.bigEndianDouble())));

      case 'S' -> push(text(PyText.unquote(in.line())));
      case 'T' -> push(text(in.latin1(in.u32())));
      case 'U' -> push(text(in.latin1(in.u8())));
      case 'V' -> push(text(PyText.rawUnicodeEscape(in.line())));
      case 'X' -> push(text(in.utf8(in.u32())));
      case 0x8c -> push(text(in.utf8(in.u8())));
      case 0x8d -> push(text(in.utf8(in.i64())));
      case 'B' -> push(bytes(in.bytes(in.u32())));
      case 'C' -> push(bytes(in.bytes(in.u8())));
      case 0x8e, 0x96 -> push(bytes(in.bytes(in.i64())));

      case ']', 0x8f -> push(new Sequence(new ArrayList<>()));
      case 'l', 0x91 -> push(new Sequence(popToMark()));
      case 'a' -> {
        Py value = pop();
        Constructors.append(top(), List.of(value));
      }
      case 'e', 0x90 -> {
        List<Py> values = popToMark();
        Constructors.append(top(), values);
      }
      case ')' -> push(EMPTY);
      case 't' -> push(new Tuple(popToMark()));
      case 0x85 -> push(new Tuple(popLast(1)));
      case 0x86 -> push(new Tuple(popLast(2)));
      case 0x87 -> push(new Tuple(popLast(3)));
      case '}' -> push(new Dict());
      case 'd' -> {
        List<Py> pairs = popToMark();
        Dict dict = new Dict();
        constructors.put(dict, pairs);
        push(dict);
      }
      case 's' -> {
        List<Py> pair = popLast(2);
        constructors.put(top(), pair);
      }
      case 'u' -> {
        List<Py> pairs = popToMark();
        constructors.put(top(), pairs);
      }

      case 'p' -> memo.put(index(in.line()), top());
      case 'q' -> memo.put((long) in.u8(), top());
      case 'r' -> memo.put(in.u32(), top());
      case 0x94 -> memo.put((long) memo.size(), top());
      case 'g' -> push(remembered(index(in.line())));
      case 'h' -> push(remembered(in.u8()));
      case 'j' -> push(remembered(in.u32()));

      case 'c' -> push(global(in.line(), in.line()));
      case 0x93 -> {
        List<Py> names = popLast(2);
        push(global(PyText.of(names.get(0)), PyText.of(names.get(1))));
      }
      case 'R', 0x81 -> {
        List<Py> call = popLast(2);
        push(call(call.get(0), tuple(call.get(1))));
      }
      case 0x92 -> {
        List<Py> call = popLast(3);
        push(call(call.get(0), tuple(call.get(1))));
      }
      case 'i' -> {
        Global global = global(in.line(), in.line());
        push(call(global, popToMark()));
      }
      case 'o' -> {
        List<Py> call = popToMark();
        if (call.isEmpty()) {
          throw damaged("an object without a class");
        }
        push(call(call.get(0), call.subList(1, call.size())));
      }
      case 'b' -> {
        Py state = pop();
        Constructors.build(top(), state);
      }
      case 'P' -> push(constructors.persistent(text(in.line())));
      case 'Q' -> push(constructors.persistent(pop()));
      case 0x98 -> {} // READONLY_BUFFER: all of ours are
      case 0x97 ->
          throw new CheckpointException(
              "the pickle refers to buffers outside the file; write it with torch.save");
      case 0x82, 0x83, 0x84 ->
          throw new CheckpointException(
              "the pickle uses copyreg extension codes, which only its writer knows; write it with"
                  + " torch.save");
      default -> throw damaged("an unknown operation 0x%02x".formatted(op));
    }
  }

  private static void protocol(int version) throws CheckpointException {
    if (version > 5) {
      throw new CheckpointException(
          "expected a pickle of protocol 0 to 5, found protocol %s".formatted(version));
    }
  }

  private void push(Py value) {
    stack.add(value);
  }

  private Py top() throws CheckpointException {
    requireAboveMark(1);
    return stack.get(stack.size() - 1);
  }

  private Py pop() throws CheckpointException {
    requireAboveMark(1);
    return stack.remove(stack.size() - 1);
  }

  private void discard() throws CheckpointException {
    Integer mark = marks.peek();
    if (mark != null && mark == stack.size()) {
      marks.pop();
    } else {
      pop();
    }
  }

  private List<Py> popLast(int count) throws CheckpointException {
    requireAboveMark(count);
    return take(stack.size() - count);
  }

  private List<Py> popToMark() throws CheckpointException {
    Integer mark = marks.poll();
    if (mark == null) {
      throw damaged("a missing mark");
    }
    return take(mark);
  }

  private List<Py> take(int from) {
    List<Py> tail = stack.subList(from, stack.size());
    List<Py> taken = new ArrayList<>(tail);
    tail.clear();
    return taken;
  }

  private void requireAboveMark(int count) throws CheckpointException {
    Integer mark = marks.peek();
    if (stack.size() - (mark == null ? 0 : mark) < count) {
      throw damaged("an operation on an empty stack");
    }
  }

  private Py remembered(long index) throws CheckpointException {
    Py value = memo.get(index);
    if (value == null) {
      throw damaged("a reference to a missing object");
    }
    return value;
  }

  private Py call(Py callee, List<Py> arguments) throws CheckpointException {
    Py made = constructors.call(callee, arguments);
    if (made instanceof Py.Instance instance) {
      constructors.budget.spend(OBJECT + instance.type.length());
    }
    return made;
  }

  private Global global(String module, String name) throws CheckpointException {
    if (module.length() + name.length() > MAX_NAME) {
      throw damaged("a class name of %s characters".formatted(module.length() + name.length()));
    }
    constructors.budget.spend(module.length() + name.length());
    return new Global(module + "." + name);
  }

  private static List<Py> tuple(Py arguments) throws CheckpointException {
    if (arguments instanceof Tuple tuple) {
      return tuple.values();
    }
    throw damaged("a call without a tuple of arguments");
  }

  private Plain text(String value) throws CheckpointException {
    constructors.budget.spend(value.length());
    return new Plain(new Data.Text(value));
  }

  private Plain bytes(byte[] value) throws CheckpointException {
    constructors.budget.spend(value.length);
    return new Plain(new Data.Bytes(value));
  }

  private static Plain integer(long value) {
    return new Plain(new Data.Int(value));
  }

  private static Plain integer(BigInteger value) {
    return value.bitLength() < 64
        ? integer(value.longValue())
        : new Plain(new Data.Opaque("int", List.of(new Data.Text(value.toString())), null));
  }

  private static Plain decimal(String line) throws CheckpointException {
    if (line.equals("00")) {
      return FALSE;
    }
    if (line.equals("01")) {
      return TRUE;
    }
    if (line.length() > 600) {
      throw damaged("an integer of %s digits".formatted(line.length()));
    }
    try {
      return integer(new BigInteger(line));
    } catch (NumberFormatException e) {
      throw damaged("an integer that is none");
    }
  }

  private static String stripSuffix(String line) {
    return line.endsWith("L") ? line.substring(0, line.length() - 1) : line;
  }

  private static Plain real(String line) throws CheckpointException {
    try {
      return new Plain(
          new Data.Real(
              switch (line) {
                case "inf" -> Double.POSITIVE_INFINITY;
                case "-inf" -> Double.NEGATIVE_INFINITY;
                case "nan", "-nan" -> Double.NaN;
                default -> Double.parseDouble(line);
              }));
    } catch (NumberFormatException e) {
      throw damaged("a number that is none");
    }
  }

  private static long index(String line) throws CheckpointException {
    try {
      return Long.parseLong(line);
    } catch (NumberFormatException e) {
      throw damaged("a memo index that is no number");
    }
  }

  static CheckpointException damaged(String found) {
    return new CheckpointException(
        "expected a pickle as torch.save writes it, found %s; the file is damaged: fetch it again"
            .formatted(found));
  }

  /** Latin-1 bytes of a string, as {@code _codecs.encode} makes them. */
  static byte[] latin1(String text) throws CheckpointException {
    if (!StandardCharsets.ISO_8859_1.newEncoder().canEncode(text)) {
      throw damaged("bytes written as text beyond latin-1");
    }
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
