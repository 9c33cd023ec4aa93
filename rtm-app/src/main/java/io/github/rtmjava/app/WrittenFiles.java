package io.github.rtmjava.app;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What was written, for people: one line, however much it is. */
final class WrittenFiles {
  private static final int MOST_NAMED = 3;
  private static final int MOST_ENDINGS = 6;
  private static final Pattern NUMBER = Pattern.compile("^_\\d+(?=\\.)");

  private final Path folder;
  private final Map<String, List<String>> byStem = new LinkedHashMap<>();

  WrittenFiles(Path folder) {
    this.folder = folder;
  }

  /** Adds files and folders of one input. */
  void add(String stem, List<Path> files) {
    for (Path file : files) {
      byStem
          .computeIfAbsent(stem, key -> new ArrayList<>())
          .add(String.valueOf(file.getFileName()));
    }
  }

  boolean isEmpty() {
    return byStem.isEmpty();
  }

  /** For one input their names; for several how many of each kind, and the folder. */
  @Override
  public String toString() {
    return byStem.size() == 1
        ? byStem.entrySet().stream()
            .map(e -> named(e.getKey(), e.getValue()))
            .collect(Collectors.joining())
        : counted() + " to " + folder;
  }

  private String named(String stem, List<String> files) {
    if (files.size() <= MOST_NAMED) {
      return files.stream()
          .map(name -> folder.resolve(name).toString())
          .collect(Collectors.joining(" and "));
    }
    List<String> endings = files.stream().map(name -> ending(stem, name)).toList();
    int shown = Math.min(endings.size(), MOST_ENDINGS);
    String rest = shown == endings.size() ? "" : " and " + (endings.size() - shown) + " more";
    return folder.resolve(files.get(0))
        + ", "
        + String.join(", ", endings.subList(1, shown))
        + rest;
  }

  private String counted() {
    Map<String, Integer> counts = new LinkedHashMap<>();
    byStem.forEach(
        (stem, files) ->
            files.forEach(
                name ->
                    counts.merge(
                        NUMBER.matcher(ending(stem, name)).replaceFirst(""), 1, Integer::sum)));
    List<String> kinds =
        counts.entrySet().stream().map(e -> e.getValue() + " " + e.getKey()).toList();
    if (kinds.size() > MOST_ENDINGS) {
      int all = counts.values().stream().mapToInt(Integer::intValue).sum();
      return "%s files of %s kinds".formatted(all, kinds.size());
    }
    return String.join(" and ", kinds) + " files";
  }

  private static String ending(String stem, String name) {
    return name.startsWith(stem) && name.length() > stem.length()
        ? name.substring(stem.length())
        : name;
  }
}
