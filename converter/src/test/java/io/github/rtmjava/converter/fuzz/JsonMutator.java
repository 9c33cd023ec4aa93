package io.github.rtmjava.converter.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Damages JSON value by value. */
final class JsonMutator {
  private static final Pattern VALUE =
      Pattern.compile("\"[^\"]*\"|-?[0-9][0-9.eE+-]*|true|false|null");

  private static final List<String> VALUES =
      List.of(
          "0",
          "-1",
          "1",
          "3",
          "2147483647",
          "2147483648",
          "4294967296",
          "9223372036854775807",
          "9223372036854775808",
          "-9223372036854775808",
          "1e400",
          "NaN",
          "1.5",
          "1" + "0".repeat(990),
          "null",
          "true",
          "\"\"",
          "\"\\u0000\\u001b\\n\"",
          "\"\\ud800\"",
          "\"F32\"",
          "\"F4\"",
          "\"BOOL\"",
          "\"toy\"",
          "\"rtmdet\"",
          "\"rtmw3d\"",
          "\"__metadata__\"",
          "[]",
          "{}",
          "[0]",
          "[".repeat(70) + "]".repeat(70));

  private final SplittableRandom random;

  JsonMutator(SplittableRandom random) {
    this.random = random;
  }

  byte[] mutate(byte[] json) {
    String text = new String(json, StandardCharsets.UTF_8);
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      text = once(text);
    }
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private String once(String text) {
    Matcher matcher = VALUE.matcher(text);
    if (!matcher.find(random.nextInt(text.length() + 1)) && !matcher.find(0)) {
      return text;
    }
    int start = matcher.start();
    int end = matcher.end();
    return text.substring(0, start)
        + switch (random.nextInt(4)) {
          case 0 -> "";
          case 1 -> text.substring(start, end) + "," + text.substring(start, end);
          default -> VALUES.get(random.nextInt(VALUES.size()));
        }
        + text.substring(end);
  }
}
