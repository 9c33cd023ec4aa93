package io.github.rtmjava.image;

import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Files by patterns as shells and Python's {@code glob} have them: {@code *}, {@code ?}, {@code
 * [a-z]}, {@code [!a]}, {@code {a,b}}, and {@code **} for any number of folders, none too. What
 * exists under the very name of a part is meant by it, whatever characters it is made of. Hidden
 * files and folders are meant only by a part that begins with a dot.
 */
final class Glob {
  private static final String SEVERAL_FOLDERS = "**";

  private static final boolean WINDOWS = File.separatorChar == '\\';

  private final Set<Path> found = new TreeSet<>();

  /** Folders on the way down, so that links do not lead round in circles. */
  private final Set<Path> above = new HashSet<>();

  private Glob() {}

  /** Whether a name may be a pattern. */
  static boolean claims(String name) {
    return name.matches("(?s).*[*?\\[{].*");
  }

  /** The files and folders that match, in alphabetical order; hidden ones left out. */
  static List<Path> find(String pattern) throws IOException {
    String slashed = WINDOWS ? pattern.replace('\\', '/') : pattern;
    int root = slashed.startsWith("/") ? 1 : WINDOWS && slashed.matches("[A-Za-z]:/.*") ? 3 : 0;
    List<String> parts = new ArrayList<>();
    for (String part : slashed.substring(root).split("/+", -1)) {
      int stars = part.lastIndexOf(SEVERAL_FOLDERS);
      if (stars >= 0 && !part.equals(SEVERAL_FOLDERS)) { // **.jpg is meant as **/*.jpg
        parts.add(SEVERAL_FOLDERS);
        parts.add(part.substring(stars + 1));
      } else if (!part.isEmpty()) {
        parts.add(part);
      }
    }
    Glob glob = new Glob();
    glob.descend(Path.of(slashed.substring(0, root)), parts);
    return List.copyOf(glob.found);
  }

  private void descend(Path base, List<String> parts) throws IOException {
    if (parts.isEmpty()) {
      found.add(base);
      return;
    }
    String part = parts.get(0);
    List<String> rest = parts.subList(1, parts.size());
    if (part.equals(SEVERAL_FOLDERS)) {
      descendAll(base, rest);
    } else if (exists(base, part)) {
      descend(base.resolve(part), rest);
    } else if (claims(part)) {
      List<Pattern> names = names(part);
      for (Path child : children(base)) {
        String name = String.valueOf(child.getFileName());
        if (names.stream().anyMatch(pattern -> pattern.matcher(name).matches())
            && (rest.isEmpty() || Files.isDirectory(child))) {
          descend(child, rest);
        }
      }
    }
  }

  /** Below a folder, and below every folder in it. */
  private void descendAll(Path base, List<String> rest) throws IOException {
    if (rest.isEmpty()) {
      descend(base, List.of("*"));
    } else {
      descend(base, rest);
    }
    Path real = real(base);
    if (!above.add(real)) {
      return;
    }
    for (Path child : children(base)) {
      if (Files.isDirectory(child) && !String.valueOf(child.getFileName()).startsWith(".")) {
        descendAll(child, rest);
      }
    }
    above.remove(real);
  }

  private static Path real(Path folder) throws IOException {
    return Files.exists(folder) ? folder.toRealPath() : folder.toAbsolutePath();
  }

  private static boolean exists(Path base, String name) {
    try {
      return Files.exists(base.resolve(name));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  /** In no order; of what is no folder, or one that may not be read, none. */
  private static List<Path> children(Path folder) throws IOException {
    Path listed = folder.toString().isEmpty() ? Path.of(".") : folder;
    List<Path> children = new ArrayList<>();
    if (Files.isDirectory(listed) && Files.isReadable(listed)) {
      try (DirectoryStream<Path> content = Files.newDirectoryStream(listed)) {
        content.forEach(child -> children.add(folder.resolve(child.getFileName())));
      }
    }
    return children;
  }

  private static List<Pattern> names(String part) {
    return alternatives(part).stream().map(Glob::name).toList();
  }

  /**
   * {@code a{b,c}d} as {@code abd} and {@code acd}; an opening brace without a closing one stays.
   */
  private static List<String> alternatives(String part) {
    int open = part.indexOf('{');
    int close = open < 0 ? -1 : closing(part, open);
    if (close < 0) {
      return List.of(part);
    }
    List<String> all = new ArrayList<>();
    int depth = 0;
    int from = open + 1;
    for (int i = open + 1; i <= close; i++) {
      char c = part.charAt(i);
      if (depth == 0 && (c == ',' || i == close)) {
        all.addAll(
            alternatives(
                part.substring(0, open) + part.substring(from, i) + part.substring(close + 1)));
        from = i + 1;
      }
      depth += c == '{' ? 1 : c == '}' ? -1 : 0;
    }
    return all;
  }

  private static int closing(String part, int open) {
    int depth = 0;
    for (int i = open; i < part.length(); i++) {
      depth += part.charAt(i) == '{' ? 1 : part.charAt(i) == '}' ? -1 : 0;
      if (depth == 0) {
        return i;
      }
    }
    return -1;
  }

  /** As Python's {@code fnmatch} translates it. */
  private static Pattern name(String part) {
    StringBuilder regex = new StringBuilder(part.startsWith(".") ? "" : "(?!\\.)");
    int at = 0;
    while (at < part.length()) {
      char c = part.charAt(at++);
      int end = c == '[' ? classEnd(part, at) : -1;
      if (c == '*') {
        regex.append(".*");
      } else if (c == '?') {
        regex.append('.');
      } else if (end > 0) {
        regex.append(characters(part.substring(at, end)));
        at = end + 1;
      } else {
        regex.append(Pattern.quote(String.valueOf(c)));
      }
    }
    int letters = WINDOWS ? Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE : 0;
    return Pattern.compile(regex.toString(), Pattern.DOTALL | letters);
  }

  /** Where the bracket closes; a closing bracket that comes first is a character. */
  private static int classEnd(String part, int from) {
    int first = from < part.length() && part.charAt(from) == '!' ? from + 1 : from;
    return part.indexOf(']', first + 1);
  }

  private static String characters(String set) {
    boolean others = set.startsWith("!");
    String members = others ? set.substring(1) : set;
    StringBuilder regex = new StringBuilder(others ? "[^" : "[");
    for (int i = 0; i < members.length(); i++) {
      char c = members.charAt(i);
      boolean range = i + 2 < members.length() && members.charAt(i + 1) == '-';
      if (range && c > members.charAt(i + 2)) {
        i += 2; // a range that holds nothing
      } else if (range) {
        regex.append(literal(c)).append('-').append(literal(members.charAt(i + 2)));
        i += 2;
      } else {
        regex.append(literal(c));
      }
    }
    return regex.length() == (others ? 2 : 1)
        ? (others ? "." : "(?!)")
        : regex.append(']').toString();
  }

  private static String literal(char c) {
    return "\\x{" + Integer.toHexString(c) + "}";
  }
}
