package io.github.rtmjava.app;

import io.github.rtmjava.image.Image;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Goes through the pictures, whatever becomes of each, and says what came of it. */
final class PictureRun {
  private final PictureJob job;
  private final Progress progress;
  private final Path output;
  private int done;
  private int people;
  private String last = "";

  PictureRun(PictureJob job, Progress progress, Path output) {
    this.job = job;
    this.progress = progress;
    this.output = output;
  }

  /**
   * Whether all pictures could be done.
   *
   * @param images what is read from them, in their order
   */
  boolean run(List<Path> pictures, ReadAhead images, OutputNames names) {
    for (Path picture : pictures) {
      try {
        run(picture, images.take(), names.stem(picture));
      } catch (IOException | RuntimeException | OutOfMemoryError e) {
        progress.problem(picture, e);
      }
      progress.step();
    }
    if (done > 0) {
      progress.result(summary());
    }
    return done == pictures.size();
  }

  private void run(Path picture, Image image, String stem) throws IOException {
    int found = job.run(picture, image, stem);
    done++;
    people += found;
    last = stem;
    if (found == 0) {
      progress.note(
          picture + ": nobody found; a lower --bbox-thr lets in boxes that are less certain");
    }
  }

  private String summary() {
    String files =
        job.saved().stream()
            .map(
                part ->
                    done == 1
                        ? output.resolve(last + part.ending()).toString()
                        : done + " " + part.ending())
            .collect(Collectors.joining(" and "));
    String found = people == 1 ? "1 person" : people + " people";
    return done == 1
        ? "wrote %s: %s".formatted(files, found)
        : "wrote %s files to %s: %s in %d pictures".formatted(files, output, found, done);
  }
}
