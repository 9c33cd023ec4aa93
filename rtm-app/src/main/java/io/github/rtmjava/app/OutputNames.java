package io.github.rtmjava.app;

import io.github.rtmjava.image.Picture;
import io.github.rtmjava.video.VideoSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A name for the results of each input: the input's without its ending, made different where two
 * would be the same, or where a result would take the place of an input.
 *
 * @param stems the name of each input's results without ending, by its own name, in their order
 * @param remarks one line for each that had to be another than the input's
 */
record OutputNames(Map<String, String> stems, List<String> remarks) {

  /**
   * What results are named after.
   *
   * @param name what messages call it
   * @param fileName the last part of its name
   * @param file where it lies; empty if it is no file
   */
  record Input(String name, String fileName, Optional<Path> file) {
    static Input of(Picture picture) {
      return new Input(picture.name(), picture.fileName(), picture.file());
    }

    static Input of(VideoSource video) {
      if (video instanceof VideoSource.File file) {
        return new Input(
            video.name(), String.valueOf(file.path().getFileName()), Optional.of(file.path()));
      }
      String last = video.name().replaceAll("[/\\\\]+$", "").replaceFirst("(?s).*[/\\\\]", "");
      String plain = last.replaceAll("[^\\w.+-]+", "_");
      return new Input(video.name(), plain.isEmpty() ? "video" : plain, Optional.empty());
    }

    String stem() {
      int dot = fileName.lastIndexOf('.');
      return dot > 0 ? fileName.substring(0, dot) : fileName;
    }
  }

  /**
   * Chooses the names.
   *
   * @param endings of the results, for example {@code .json}
   * @param folder of the results
   */
  static OutputNames of(List<Input> inputs, Path folder, List<String> endings) {
    Set<String> taken = new HashSet<>();
    for (Input input : inputs) {
      if (input.file().map(file -> liesIn(folder, file)).orElse(false)) {
        taken.add(key(input.fileName()));
      }
    }
    // Those that may keep their names come first, so that no made-up name takes one of theirs.
    Set<String> wanted = new HashSet<>();
    inputs.forEach(input -> wanted.add(key(input.stem())));
    Map<String, String> stems = new LinkedHashMap<>();
    List<String> remarks = new ArrayList<>();
    for (Input input : inputs) {
      String wish = input.stem();
      String stem = wish;
      for (int n = 2;
          !free(stem, endings, taken) || (!stem.equals(wish) && wanted.contains(key(stem)));
          n++) {
        stem = wish + "_" + n;
      }
      for (String ending : endings) {
        taken.add(key(stem + ending));
      }
      stems.put(input.name(), stem);
      if (!stem.equals(wish)) {
        remarks.add(
            "%s: its results are named %s, for %s is taken".formatted(input.name(), stem, wish));
      }
    }
    return new OutputNames(stems, remarks);
  }

  /** The name of an input's results without ending. */
  String stem(String name) {
    return Objects.requireNonNull(stems.get(name));
  }

  private static boolean free(String stem, List<String> endings, Set<String> taken) {
    return endings.stream().noneMatch(ending -> taken.contains(key(stem + ending)));
  }

  private static boolean liesIn(Path folder, Path file) {
    return folder
        .toAbsolutePath()
        .normalize()
        .equals(file.toAbsolutePath().normalize().getParent());
  }

  /** File systems may not tell upper from lower case. */
  private static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
