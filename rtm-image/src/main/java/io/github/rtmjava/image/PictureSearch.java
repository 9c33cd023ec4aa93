package io.github.rtmjava.image;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The pictures that a user names: files as they are, the pictures of folders, patterns as {@code
 * photos/*.jpg}, and addresses of the web. Each picture once, folders and patterns in alphabetical
 * order. Nothing is opened.
 *
 * @param pictures named as the user would
 * @param problems one line for each name that leads to none
 */
public record PictureSearch(List<Picture> pictures, List<String> problems) {
  private static final Set<String> ENDINGS =
      Set.of("jpg", "jpeg", "jpe", "jfif", "png", "webp", "tif", "tiff", "bmp", "gif");

  public PictureSearch {
    pictures = List.copyOf(pictures);
    problems = List.copyOf(problems);
  }

  /** Looks for what each of the names means. */
  public static PictureSearch of(List<String> names) {
    Map<Object, Picture> found = new LinkedHashMap<>();
    List<String> problems = new ArrayList<>();
    for (String name : names) {
      try {
        if (name.matches("(?i)https?://.*")) {
          found.putIfAbsent(name, Picture.of(new URI(name)));
          continue;
        }
        for (Path file : expand(name)) {
          found.putIfAbsent(file.toAbsolutePath().normalize(), Picture.of(file));
        }
      } catch (IOException | URISyntaxException | IllegalArgumentException e) {
        problems.add(String.valueOf(e.getMessage()));
      }
    }
    return new PictureSearch(new ArrayList<>(found.values()), problems);
  }

  private static List<Path> expand(String argument) throws IOException {
    Path path = path(argument);
    if (path != null && Files.isDirectory(path)) {
      return folder(path);
    }
    if (path != null && Files.exists(path)) {
      return List.of(path);
    }
    if (argument.matches(".*[*?\\[{].*")) {
      return pattern(argument);
    }
    throw new IOException(argument + ": there is no such file or folder");
  }

  /** Null for what cannot be a name here, as {@code *} on Windows. */
  private static @Nullable Path path(String argument) {
    try {
      return Path.of(argument);
    } catch (InvalidPathException e) {
      return null;
    }
  }

  private static List<Path> folder(Path folder) throws IOException {
    List<Path> pictures = new ArrayList<>();
    try (DirectoryStream<Path> content =
        Files.newDirectoryStream(folder, PictureSearch::isPicture)) {
      content.forEach(pictures::add);
    }
    if (pictures.isEmpty()) {
      throw new IOException(
          "%s: expected a folder with pictures (%s), found none"
              .formatted(folder, String.join(", ", ENDINGS.stream().sorted().toList())));
    }
    pictures.sort(null);
    return pictures;
  }

  private static boolean isPicture(Path file) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    return !name.startsWith(".")
        && ENDINGS.contains(name.substring(name.lastIndexOf('.') + 1))
        && Files.isRegularFile(file);
  }

  private static List<Path> pattern(String pattern) throws IOException {
    String slashed = pattern.replace('\\', '/');
    int special = slashed.replaceFirst("[*?\\[{].*", "").length();
    int cut = slashed.lastIndexOf('/', special) + 1;
    Path start = Path.of(cut == 0 ? "" : pattern.substring(0, cut));
    String rest = slashed.substring(cut);
    PathMatcher matcher;
    try {
      matcher = FileSystems.getDefault().getPathMatcher("glob:" + rest);
    } catch (IllegalArgumentException e) {
      throw new IOException(
          "%s: expected a pattern as *.jpg, found a damaged one".formatted(pattern), e);
    }
    int depth =
        rest.contains("**")
            ? Integer.MAX_VALUE
            : (int) rest.chars().filter(c -> c == '/').count() + 1;
    List<Path> matches = new ArrayList<>();
    if (Files.isDirectory(start)) {
      try (Stream<Path> tree = Files.walk(start, depth)) {
        for (Path match : (Iterable<Path>) tree.sorted()::iterator) {
          if (matcher.matches(start.relativize(match))
              && !String.valueOf(match.getFileName()).startsWith(".")) {
            if (Files.isRegularFile(match)) {
              matches.add(match);
            } else if (depth < Integer.MAX_VALUE) {
              matches.addAll(folder(match));
            }
          }
        }
      }
    }
    if (matches.isEmpty()) {
      throw new IOException(pattern + ": no file matches this pattern");
    }
    return matches;
  }
}
