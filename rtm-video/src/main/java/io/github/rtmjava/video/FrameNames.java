package io.github.rtmjava.video;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names of pictures that are the frames of a video, with numbers in any script's digits. */
final class FrameNames {
  /**
   * By letters, and by the value of the numbers among them: {@code 2.png} before {@code 10.png}.
   */
  static final Comparator<String> ORDER = FrameNames::compare;

  private static final Pattern PARTS = Pattern.compile("\\p{Nd}+|\\P{Nd}+");

  /** Where more than so many times the pictures are missing, the numbers count something else. */
  private static final int MOST_MISSING = 1000;

  private FrameNames() {}

  private static int compare(String a, String b) {
    List<String> left = parts(a);
    List<String> right = parts(b);
    for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
      String one = left.get(i);
      String other = right.get(i);
      int order =
          isNumber(one) && isNumber(other)
              ? number(one).compareTo(number(other))
              : one.compareTo(other);
      if (order != 0) {
        return order;
      }
    }
    return left.size() == right.size()
        ? a.compareTo(b)
        : Integer.compare(left.size(), right.size());
  }

  /**
   * What the numbers of these names say about pictures that are not there.
   *
   * @return one line; empty if the names differ by more than one number, or none is missing
   */
  static Optional<String> missing(List<String> names) {
    if (names.size() < 2) {
      return Optional.empty();
    }
    List<List<String>> all = names.stream().map(FrameNames::parts).toList();
    int counter = counter(all);
    if (counter < 0) {
      return Optional.empty();
    }
    TreeSet<BigInteger> numbers = new TreeSet<>();
    all.forEach(parts -> numbers.add(number(parts.get(counter))));
    BigInteger span = numbers.last().subtract(numbers.first()).add(BigInteger.ONE);
    long most = (long) numbers.size() * MOST_MISSING;
    if (span.compareTo(BigInteger.valueOf(most)) > 0 || span.intValue() == numbers.size()) {
      return Optional.empty();
    }
    return Optional.of(
        "%s of the numbers from %s to %s are missing; the pictures are taken one right after the"
                .formatted(span.intValue() - numbers.size(), numbers.first(), numbers.last())
            + " other");
  }

  /** The one number in which names differ; negative if they differ in anything else. */
  private static int counter(List<List<String>> all) {
    List<String> first = all.get(0);
    int counter = -1;
    for (int i = 0; i < first.size(); i++) {
      int part = i;
      if (all.stream().anyMatch(parts -> parts.size() != first.size())) {
        return -1;
      }
      boolean same = all.stream().allMatch(parts -> parts.get(part).equals(first.get(part)));
      if (!same && counter < 0 && all.stream().allMatch(parts -> isNumber(parts.get(part)))) {
        counter = part;
      } else if (!same) {
        return -1;
      }
    }
    return counter;
  }

  private static List<String> parts(String name) {
    List<String> parts = new ArrayList<>();
    Matcher matcher = PARTS.matcher(name);
    while (matcher.find()) {
      parts.add(matcher.group());
    }
    return parts;
  }

  private static boolean isNumber(String part) {
    return Character.isDigit(part.codePointAt(0));
  }

  private static BigInteger number(String digits) {
    StringBuilder ascii = new StringBuilder();
    digits.codePoints().forEach(digit -> ascii.append(Character.digit(digit, 10)));
    return new BigInteger(ascii.toString());
  }
}
