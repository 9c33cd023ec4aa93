package io.github.rtmjava.checkpoint;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words of a Python text. */
final class ConfigTokens {
  /** What a word is. */
  enum Kind {
    NAME,
    NUMBER,
    STRING,
    SIGN,
    END
  }

  /**
   * A word.
   *
   * @param text without quotes and escapes
   * @param column where it stands in its line, from 0 on
   * @param startsLine whether it is the first of its line
   */
  record Token(Kind kind, String text, int column, boolean startsLine) {
    /** Whether it is this sign or name. */
    boolean is(String other) {
      return (kind == Kind.SIGN || kind == Kind.NAME) && text.equals(other);
    }

    /** Whether what is before it is over. */
    boolean startsStatement() {
      return startsLine && column == 0;
    }
  }

  private static final Pattern QUOTE = Pattern.compile("([rRbBuUfF]{0,2})(\"\"\"|'''|\"|')");
  private static final Pattern NUMBER =
      Pattern.compile("(?:\\d[\\d_]*\\.?[\\d_]*|\\.\\d+)(?:[eE][-+]?\\d+)?");
  private static final Pattern NAME = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_]*");
  private static final Pattern SIGN = Pattern.compile("\\*\\*|//|==|[^\\s]");

  private final String source;
  private final List<Token> tokens = new ArrayList<>();
  private int at;
  private int lineStart;
  private boolean startsLine = true;

  private ConfigTokens(String source) {
    this.source = source;
  }

  /** All words, and one of kind {@link Kind#END} behind them. */
  static List<Token> of(String source) {
    return new ConfigTokens(source).all();
  }

  private List<Token> all() {
    while (at < source.length()) {
      char c = source.charAt(at);
      if (c == '\n') {
        at++;
        lineStart = at;
        startsLine = true;
      } else if (Character.isWhitespace(c) || c == '\uFEFF') {
        at++;
      } else if (c == '#') {
        int end = source.indexOf('\n', at);
        at = end < 0 ? source.length() : end;
      } else {
        word();
        startsLine = false;
      }
    }
    Token end = new Token(Kind.END, "", 0, true);
    tokens.add(end);
    tokens.add(end); // so that there is always a next one
    return tokens;
  }

  private void word() {
    int column = at - lineStart;
    Matcher string = QUOTE.matcher(source).region(at, source.length());
    if (string.lookingAt()) {
      boolean raw = string.group(1).toLowerCase(Locale.ROOT).contains("r");
      at = string.end();
      add(Kind.STRING, string(string.group(2), raw), column);
    } else if (!take(Kind.NUMBER, NUMBER, column) && !take(Kind.NAME, NAME, column)) {
      take(Kind.SIGN, SIGN, column);
    }
  }

  private boolean take(Kind kind, Pattern pattern, int column) {
    Matcher matcher = pattern.matcher(source).region(at, source.length());
    if (!matcher.lookingAt()) {
      return false;
    }
    at = matcher.end();
    add(kind, matcher.group(), column);
    return true;
  }

  private void add(Kind kind, String text, int column) {
    tokens.add(new Token(kind, text, column, startsLine));
  }

  /** To the closing quote, or the text's end. */
  private String string(String quote, boolean raw) {
    StringBuilder out = new StringBuilder();
    while (at < source.length() && !source.startsWith(quote, at)) {
      char c = source.charAt(at++);
      if (c == '\n') {
        lineStart = at;
        if (quote.length() == 1) {
          break;
        }
      }
      if (c == '\\' && !raw && at < source.length()) {
        c = source.charAt(at++);
        c = c == 'n' ? '\n' : c == 't' ? '\t' : c;
      }
      out.append(c);
    }
    at = Math.min(source.length(), at + quote.length());
    return out.toString();
  }
}
