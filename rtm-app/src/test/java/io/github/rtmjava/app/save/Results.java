package io.github.rtmjava.app.save;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A folder of results of {@code in.png} or {@code in.avi}.
 *
 * @param of what was looked at
 */
record Results(Path folder, Situation of) {
  /** Files and folders, by name. */
  List<String> names() throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  Path file(String name) {
    return folder.resolve(name);
  }

  List<String> lines(String name) throws IOException {
    return Files.readAllLines(file(name));
  }

  /** Whose files there are, by the numbers in their names. */
  List<Integer> people(String ending) throws IOException {
    Pattern name = Pattern.compile("in_(\\d+)" + Pattern.quote(ending));
    return names().stream()
        .map(name::matcher)
        .filter(Matcher::matches)
        .map(match -> Integer.parseInt(match.group(1)))
        .toList();
  }
}
