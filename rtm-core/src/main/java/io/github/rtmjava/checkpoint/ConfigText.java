package io.github.rtmjava.checkpoint;

import io.github.rtmjava.checkpoint.ConfigTokens.Kind;
import io.github.rtmjava.checkpoint.ConfigTokens.Token;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the text of a Python configuration as data: {@code name = value} for values made of
 * numbers, strings, lists, tuples, {@code dict(…)} and {@code {…}}, and of names that were given a
 * value before. Nothing is executed; what is anything else is {@link Data.Opaque}.
 */
public final class ConfigText {
  private static final int MOST_CHARACTERS = 1 << 20;
  private static final int MOST_DEPTH = 60;

  private final List<Token> tokens;
  private final Map<String, Data> names = new LinkedHashMap<>();
  private int at;

  private ConfigText(List<Token> tokens) {
    this.tokens = tokens;
  }

  /** Its values by name; empty for a text of over a million characters. */
  public static Data.Dict parse(String text) {
    if (text.length() > MOST_CHARACTERS) {
      return Data.Dict.EMPTY;
    }
    return new ConfigText(ConfigTokens.of(text)).statements();
  }

  private Data.Dict statements() {
    while (!is(Kind.END)) {
      Token first = tokens.get(at);
      boolean assignment =
          first.kind() == Kind.NAME && first.column() == 0 && tokens.get(at + 1).is("=");
      at++;
      if (assignment) {
        at++;
        Data value = expression(0);
        if (endsStatement()) {
          names.put(first.text(), value);
        }
      }
      while (!is(Kind.END) && tokens.get(at).column() != 0) {
        at++;
      }
    }
    return new Data.Dict(names);
  }

  /** What goes on in the same line was not understood: half a value is none. */
  private boolean endsStatement() {
    return is(Kind.END) || tokens.get(at).startsLine();
  }

  private Data expression(int depth) {
    Data left = term(depth);
    while (isOneOf("+", "-", "*", "/", "//", "%", "**", "and", "or", "if", "else", "in", "not")
        && !tokens.get(at).startsStatement()) {
      String operator = tokens.get(at++).text();
      left = combined(left, operator, term(depth));
    }
    return left;
  }

  private static Data combined(Data left, String operator, Data right) {
    if (operator.equals("+") && left instanceof Data.Items a && right instanceof Data.Items b) {
      List<Data> all = new ArrayList<>(a.values());
      all.addAll(b.values());
      return new Data.Items(all);
    }
    if (left.number().isEmpty() || right.number().isEmpty()) {
      return opaque(operator);
    }
    double a = left.number().get();
    double b = right.number().get();
    double value =
        switch (operator) {
          case "+" -> a + b;
          case "-" -> a - b;
          case "*" -> a * b;
          case "/" -> a / b;
          case "//" -> Math.floor(a / b);
          default -> Double.NaN;
        };
    boolean whole = left instanceof Data.Int && right instanceof Data.Int && !operator.equals("/");
    if (!Double.isFinite(value)) {
      return opaque(operator);
    }
    return whole ? new Data.Int((long) value) : new Data.Real(value);
  }

  private Data term(int depth) {
    if (depth > MOST_DEPTH || is(Kind.END)) {
      at = tokens.size() - 1;
      return opaque("...");
    }
    Token token = tokens.get(at++);
    Data value =
        switch (token.kind()) {
          case NUMBER -> number(token.text());
          case STRING -> string(token.text());
          case NAME -> name(token.text(), depth);
          case SIGN -> sign(token.text(), depth);
          case END -> opaque("...");
        };
    while (isOneOf(".", "[", "(") && !tokens.get(at).startsStatement()) {
      value = opaque("...");
      if (tokens.get(at++).is(".")) {
        at++;
      } else {
        items(depth, tokens.get(at - 1).is("[") ? "]" : ")");
      }
    }
    return value;
  }

  private Data sign(String sign, int depth) {
    return switch (sign) {
      case "(" -> tuple(depth);
      case "[" -> new Data.Items(items(depth, "]"));
      case "{" -> dict(depth);
      case "+" -> term(depth + 1);
      case "-" -> combined(new Data.Int(0), "-", term(depth + 1));
      default -> opaque(sign);
    };
  }

  /** {@code (a)} is a, {@code (a,)} is a tuple. */
  private Data tuple(int depth) {
    List<Data> values = items(depth, ")");
    boolean comma = at >= 2 && tokens.get(at - 2).is(",");
    return values.size() == 1 && !comma ? values.get(0) : new Data.Items(values);
  }

  private Data name(String name, int depth) {
    if (isOneOf("(") && !tokens.get(at).startsStatement()) {
      at++;
      Data.Dict arguments = arguments(depth);
      return name.equals("dict") ? arguments : new Data.Opaque(name, List.of(arguments), null);
    }
    return switch (name) {
      case "True" -> new Data.Bool(true);
      case "False" -> new Data.Bool(false);
      case "None" -> new Data.None();
      default -> names.getOrDefault(name, opaque(name));
    };
  }

  /**
   * {@code name=value} between parentheses; {@code **other} is laid in, what is unnamed left out.
   */
  private Data.Dict arguments(int depth) {
    Map<String, Data> values = new LinkedHashMap<>();
    while (!is(Kind.END) && !isOneOf(")")) {
      if (isOneOf("**")) {
        at++;
        layIn(expression(depth + 1), values);
      } else if (is(Kind.NAME) && tokens.get(at + 1).is("=")) {
        String key = tokens.get(at).text();
        at += 2;
        values.put(key, expression(depth + 1));
      } else {
        layIn(expression(depth + 1), values);
      }
      skipComma(")");
    }
    at += is(Kind.END) ? 0 : 1;
    return new Data.Dict(values);
  }

  private Data.Dict dict(int depth) {
    Map<String, Data> values = new LinkedHashMap<>();
    while (!is(Kind.END) && !isOneOf("}")) {
      if (isOneOf("**")) {
        at++;
        layIn(expression(depth + 1), values);
      } else {
        Data key = expression(depth + 1);
        if (isOneOf(":")) {
          at++;
          values.put(text(key), expression(depth + 1));
        }
      }
      skipComma("}");
    }
    at += is(Kind.END) ? 0 : 1;
    return new Data.Dict(values);
  }

  private static void layIn(Data other, Map<String, Data> values) {
    if (other instanceof Data.Dict dict) {
      values.putAll(dict.values());
    }
  }

  private static String text(Data key) {
    return key instanceof Data.Text text
        ? text.value()
        : key instanceof Data.Int number ? Long.toString(number.value()) : key.toString();
  }

  private List<Data> items(int depth, String end) {
    List<Data> values = new ArrayList<>();
    while (!is(Kind.END) && !isOneOf(end)) {
      values.add(expression(depth + 1));
      skipComma(end);
    }
    at += is(Kind.END) ? 0 : 1;
    return values;
  }

  /** Goes on behind the comma; over what no expression begins with, too. */
  private void skipComma(String end) {
    while (!is(Kind.END) && !isOneOf(",", end)) {
      at++;
    }
    at += isOneOf(",") ? 1 : 0;
  }

  private static Data number(String digits) {
    String plain = digits.replace("_", "");
    try {
      return plain.matches("[0-9]+")
          ? new Data.Int(Long.parseLong(plain))
          : new Data.Real(Double.parseDouble(plain));
    } catch (NumberFormatException e) {
      return opaque(digits);
    }
  }

  /** Strings that follow each other are one. */
  private Data string(String first) {
    StringBuilder all = new StringBuilder(first);
    while (is(Kind.STRING) && !tokens.get(at).startsStatement()) {
      all.append(tokens.get(at++).text());
    }
    return new Data.Text(all.toString());
  }

  private boolean is(Kind kind) {
    return tokens.get(at).kind() == kind;
  }

  private boolean isOneOf(String... texts) {
    for (String text : texts) {
      if (tokens.get(at).is(text)) {
        return true;
      }
    }
    return false;
  }

  private static Data opaque(String what) {
    return new Data.Opaque(what, List.of(), null);
  }
}
