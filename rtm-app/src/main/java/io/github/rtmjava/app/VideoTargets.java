package io.github.rtmjava.app;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Where the results of a video go.
 *
 * @param name what messages call the video
 * @param folder of the results
 * @param stem what their names begin with
 */
record VideoTargets(String name, Path folder, String stem) {

  /** One of this program's own results. */
  Path of(Saved part) {
    return folder.resolve(stem + part.videoEnding());
  }

  /** The lines of JSON that are made in the end. */
  Path smoothLines() {
    return folder.resolve(stem + ".smooth" + Saved.JSON.videoEnding());
  }

  /** This program's own results that videos have. */
  static Set<Saved> parts(Saving saving) {
    Set<Saved> parts = EnumSet.noneOf(Saved.class);
    saving.own().stream().filter(part -> !part.videoEnding().isEmpty()).forEach(parts::add);
    return parts;
  }

  /** All of them, for people. */
  List<String> all(Saving saving) {
    Stream<Path> own =
        parts(saving).stream()
            .flatMap(
                part ->
                    part == Saved.JSON ? Stream.of(of(part), smoothLines()) : Stream.of(of(part)));
    Stream<Path> others =
        saving.formats().stream().map(format -> folder.resolve(format.files(stem)));
    return Stream.concat(own, others).map(Path::toString).toList();
  }
}
