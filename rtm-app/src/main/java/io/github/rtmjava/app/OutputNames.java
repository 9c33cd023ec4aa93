package io.github.rtmjava.app;

import io.github.rtmjava.image.Picture;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * A name for the results of each picture: the picture's without its ending, made different where
 * two would be the same, or where a result would take the place of a picture.
 *
 * @param stems the name of each picture's results without ending, in the order of the pictures
 * @param remarks one line for each that had to be another than the picture's
 */
record OutputNames(Map<Picture, String> stems, List<String> remarks) {

  /**
   * Chooses the names.
   *
   * @param endings of the results, for example {@code .json}
   * @param folder of the results
   */
  static OutputNames of(List<Picture> pictures, Path folder, List<String> endings) {
    Set<String> taken = new HashSet<>();
    for (Picture picture : pictures) {
      if (picture.file().map(file -> liesIn(folder, file)).orElse(false)) {
        taken.add(key(picture.fileName()));
      }
    }
    // Those that may keep their names come first, so that no made-up name takes one of theirs.
    Set<String> wanted = new HashSet<>();
    pictures.forEach(picture -> wanted.add(key(ownStem(picture))));
    Map<Picture, String> stems = new LinkedHashMap<>();
    List<String> remarks = new ArrayList<>();
    for (Picture picture : pictures) {
      String wish = ownStem(picture);
      String stem = wish;
      for (int n = 2;
          !free(stem, endings, taken) || (!stem.equals(wish) && wanted.contains(key(stem)));
          n++) {
        stem = wish + "_" + n;
      }
      for (String ending : endings) {
        taken.add(key(stem + ending));
      }
      stems.put(picture, stem);
      if (!stem.equals(wish)) {
        remarks.add("%s: its results are named %s, for %s is taken".formatted(picture, stem, wish));
      }
    }
    return new OutputNames(stems, remarks);
  }

  /** The name of a picture's results without ending. */
  String stem(Picture picture) {
    return Objects.requireNonNull(stems.get(picture));
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

  private static String ownStem(Picture picture) {
    String name = picture.fileName();
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }

  /** File systems may not tell upper from lower case. */
  private static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
