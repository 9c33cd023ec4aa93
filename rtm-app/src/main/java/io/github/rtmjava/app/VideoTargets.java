package io.github.rtmjava.app;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;

/**
 * Where the results of a video go.
 *
 * @param name what messages call the video
 * @param folder of the results
 * @param stem what their names begin with
 */
record VideoTargets(String name, Path folder, String stem) {
  /** How the name of the lines of JSON ends that are made in the end. */
  static final String SMOOTH = ".smooth.jsonl";

  /** One of this program's own results. */
  Path of(Saved part) {
    return folder.resolve(stem + part.videoEnding());
  }

  /** The lines of JSON that are made in the end. */
  Path smoothLines() {
    return folder.resolve(stem + SMOOTH);
  }

  /** This program's own results that videos have. */
  static Set<Saved> parts(Saving saving) {
    Set<Saved> parts = EnumSet.noneOf(Saved.class);
    saving.own().stream().filter(part -> !part.videoEnding().isEmpty()).forEach(parts::add);
    return parts;
  }
}
