package io.github.rtmjava.output.format;

import io.github.rtmjava.pose.Recording;
import io.github.rtmjava.runtime.Services;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The formats that there are: those of this module, and those of others on the class path. */
public final class PoseFormats {
  private PoseFormats() {}

  /**
   * All of them, in the order of their names.
   *
   * @throws IllegalStateException if two have the same name
   */
  public static List<PoseFormat> all() {
    Map<String, PoseFormat> formats = new TreeMap<>();
    List<PoseFormat> found = new ArrayList<>();
    Services.all(PoseFormatProvider.class).forEach(module -> found.addAll(module.formats()));
    found.addAll(Services.all(PoseFormat.class));
    for (PoseFormat format : found) {
      PoseFormat other = formats.putIfAbsent(format.id(), format);
      if (other != null) {
        throw new IllegalStateException(
            "expected one format called %s, found %s and %s"
                .formatted(format.id(), other.getClass().getName(), format.getClass().getName()));
      }
    }
    return List.copyOf(formats.values());
  }

  /**
   * A format by its name.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public static PoseFormat of(String id) {
    List<PoseFormat> all = all();
    return all.stream()
        .filter(format -> format.id().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "expected a format out of %s, found '%s'"
                        .formatted(
                            all.stream().map(PoseFormat::id).collect(Collectors.joining(", ")),
                            id)));
  }

  /**
   * Begins to write in several formats at once. Where one fails the others go on, be it that it
   * cannot be begun: its failure is thrown when they are finished, or at once if no other is left.
   *
   * @param folder where the files are to be
   * @param stem what their names begin with
   * @throws IllegalArgumentException with the first {@link PoseFormat#requirement} that is not met;
   *     nothing is begun then
   */
  public static PoseWriter open(
      List<PoseFormat> formats, Recording recording, Path folder, String stem) throws IOException {
    formats.forEach(format -> require(format, recording));
    return PoseWriters.begin(beginnings(formats, recording, folder, stem));
  }

  /**
   * What begins each of several formats, for those who write something else besides. Formats that
   * need the whole of a recording keep its frames on disk, once for all of them.
   *
   * @param folder where the files are to be
   * @param stem what their names begin with
   */
  public static List<PoseWriters.Beginning> beginnings(
      List<PoseFormat> formats, Recording recording, Path folder, String stem) {
    SharedTracks tracks = new SharedTracks(recording, folder);
    List<PoseWriters.Beginning> beginnings = new ArrayList<>();
    for (PoseFormat format : formats) {
      beginnings.add(
          () ->
              format instanceof FileFormat own
                  ? own.open(recording, folder, stem, tracks)
                  : format.open(recording, folder, stem));
    }
    return beginnings;
  }

  static void require(PoseFormat format, Recording recording) {
    format
        .requirement(recording)
        .ifPresent(
            problem -> {
              throw new IllegalArgumentException(problem);
            });
  }
}
