package io.github.rtmjava.app;

import io.github.rtmjava.files.Originals;
import io.github.rtmjava.image.Picture;
import io.github.rtmjava.video.VideoSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A name for the results of each input: the input's without its ending, made different where two
 * results would be the same, or where a result would take the place of an input.
 *
 * @param stems the name of each input's results without ending, in the inputs' order
 * @param sheet what the names of sheets of all pictures begin with
 * @param remarks one line for each input whose results had to be named in another way
 */
record OutputNames(List<String> stems, String sheet, List<String> remarks) {
  private static final String SHEET = "sheet";

  /**
   * What results are named after.
   *
   * @param name what messages call it
   * @param fileName the last part of its name
   * @param file where it lies, a file or a folder of frames; empty if it is neither
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
      if (video instanceof VideoSource.Folder folder) {
        Path named = folder.path().toAbsolutePath().normalize().getFileName();
        return new Input(video.name(), plain(String.valueOf(named)), Optional.of(folder.path()));
      }
      String last = video.name().replaceAll("[/\\\\]+$", "").replaceFirst("(?s).*[/\\\\]", "");
      return new Input(video.name(), plain(last), Optional.empty());
    }

    private static String plain(String name) {
      String plain = name.replaceAll("[^\\w.+-]+", "_");
      return plain.isEmpty() ? "video" : plain;
    }

    String stem() {
      int dot = fileName.lastIndexOf('.');
      return dot > 0 ? fileName.substring(0, dot) : fileName;
    }
  }

  /**
   * Chooses the names.
   *
   * @param others that are read as well, as models are
   * @param folder of the results
   * @param saving what is written
   */
  static OutputNames of(List<Input> inputs, List<Path> others, Path folder, Saving saving) {
    List<Path> read = new ArrayList<>(others);
    inputs.forEach(input -> input.file().ifPresent(read::add));
    TakenNames taken = new TakenNames();
    Originals.of(read).namesIn(folder).forEach(taken::add);
    // Those that may keep their names come first, so that no made-up name takes one of theirs.
    Set<String> wanted = new HashSet<>();
    inputs.forEach(input -> wanted.add(TakenNames.key(input.stem())));
    List<String> stems = new ArrayList<>();
    List<String> remarks = new ArrayList<>();
    for (Input input : inputs) {
      String wish = input.stem();
      String stem = free(wish, wanted, taken, saving::names);
      saving.names(stem).forEach(taken::add);
      stems.add(stem);
      if (!stem.equals(wish)) {
        remarks.add(
            "%s: its results are named %s, for %s is taken".formatted(input.name(), stem, wish));
      }
    }
    String sheet =
        saving.has(Saved.SHEET) ? free(SHEET, Set.of(), taken, OutputNames::sheets) : SHEET;
    return new OutputNames(stems, sheet, remarks);
  }

  private static List<String> sheets(String stem) {
    return List.of(stem + "_<page>.png");
  }

  private static String free(String wish, Set<String> wanted, TakenNames taken, Naming naming) {
    String stem = wish;
    for (int n = 2;
        naming.names(stem).stream().anyMatch(taken::contains)
            || (!stem.equals(wish) && wanted.contains(TakenNames.key(stem)));
        n++) {
      stem = wish + "_" + n;
    }
    return stem;
  }

  private interface Naming {
    List<String> names(String stem);
  }
}
