package io.github.rtmjava.app;

import io.github.rtmjava.geometry.Frame3d;
import io.github.rtmjava.image.Image;
import io.github.rtmjava.image.Images;
import io.github.rtmjava.output.JsonWriter;
import io.github.rtmjava.output.Poster;
import io.github.rtmjava.pose.PoseResult;
import io.github.rtmjava.pose3d.Inference;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of what was found in each picture. May be used by several threads at once, unless it
 * shows pictures.
 *
 * @param frame of the 3D keypoints; null for the model's
 * @param saved what is written
 * @param poster draws
 * @param display shows what is drawn; null for not at all
 * @param staging where results are made
 */
record PictureJob(
    @Nullable Frame3d frame,
    Set<Saved> saved,
    Poster poster,
    @Nullable Display display,
    Staging staging) {

  /**
   * Does it for one picture; its results appear together, when all of them are complete.
   *
   * @param stem name of the results without ending
   */
  void run(Inference.Found found, String stem) throws IOException {
    String name = found.picture().name();
    PoseResult result = frame == null ? found.result() : found.result().in(frame);
    if (saved.contains(Saved.JSON)) {
      try (OutputStream out =
          new BufferedOutputStream(
              Files.newOutputStream(staging.path(stem + Saved.JSON.ending())))) {
        JsonWriter.write(result, name, out);
      }
    }
    if (saved.contains(Saved.OVERLAY) || display != null) {
      Image drawn = poster.compose(found.image(), result);
      if (saved.contains(Saved.OVERLAY)) {
        Images.write(drawn, staging.path(stem + Saved.OVERLAY.ending()));
      }
      commit(stem);
      if (display != null) {
        display.show(drawn, name);
      }
    } else {
      commit(stem);
    }
  }

  private void commit(String stem) throws IOException {
    for (Saved part : saved) {
      staging.commit(stem + part.ending());
    }
  }
}
