package io.github.rtmjava.app;

import java.text.Normalizer;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names of files and folders in one folder, some of them with a {@code <number>} that is not known
 * yet. File systems may not tell upper from lower case, nor one way to write an accent from
 * another.
 */
final class TakenNames {
  private static final Pattern UNKNOWN = Pattern.compile("<[a-z]+>");
  private static final Pattern NUMBER = Pattern.compile("[0-9]+");

  /** What stands for any number. */
  private static final String ANY = "\0";

  private final Set<String> names = new HashSet<>();
  private final Set<String> patterns = new HashSet<>();

  /** The known names with any of their numbers left open. */
  private final Set<String> opened = new HashSet<>();

  void add(String name) {
    String key = pattern(name);
    if (key.contains(ANY)) {
      patterns.add(key);
    } else {
      names.add(key);
      opened.addAll(opened(key));
    }
  }

  /** Whether a file of that name could be one of those that are taken. */
  boolean contains(String name) {
    String key = pattern(name);
    return key.contains(ANY)
        ? patterns.contains(key) || opened.contains(key)
        : names.contains(key) || opened(key).stream().anyMatch(patterns::contains);
  }

  static String key(String name) {
    return Normalizer.normalize(name, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
  }

  private static String pattern(String name) {
    return UNKNOWN.matcher(key(name)).replaceAll(ANY);
  }

  private static Set<String> opened(String key) {
    Set<String> opened = new HashSet<>();
    Matcher numbers = NUMBER.matcher(key);
    while (numbers.find()) {
      opened.add(key.substring(0, numbers.start()) + ANY + key.substring(numbers.end()));
    }
    return opened;
  }
}
