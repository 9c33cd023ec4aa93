package io.github.rtmjava.app;

import io.github.rtmjava.geometry.Frame3d;
import io.github.rtmjava.image.Image;
import io.github.rtmjava.image.Images;
import io.github.rtmjava.output.JsonWriter;
import io.github.rtmjava.output.Poster;
import io.github.rtmjava.output.format.PoseFormats;
import io.github.rtmjava.output.format.PoseWriter;
import io.github.rtmjava.pose.PoseFrame;
import io.github.rtmjava.pose.PoseResult;
import io.github.rtmjava.pose.Recording;
import io.github.rtmjava.pose3d.Inference;
import io.github.rtmjava.pose3d.PoseInferencer;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of what was found in each picture. May be used by several threads at once, unless it
 * shows pictures.
 *
 * @param model what found it
 * @param frame of the 3D keypoints; null for the model's
 * @param saving what is written
 * @param poster draws
 * @param display shows what is drawn; null for not at all
 * @param staging where results are made
 * @param folder where they are to be
 */
record PictureJob(
    PoseInferencer model,
    @Nullable Frame3d frame,
    Saving saving,
    Poster poster,
    @Nullable Display display,
    Staging staging,
    Path folder) {

  /**
   * Does it for one picture; this program's own results appear together, when all of them are
   * complete.
   *
   * @param stem name of the results without ending
   */
  void run(Inference.Found found, String stem) throws IOException {
    String name = found.picture().name();
    PoseResult result = frame == null ? found.result() : found.result().in(frame);
    if (saving.has(Saved.JSON)) {
      try (OutputStream out =
          new BufferedOutputStream(
              Files.newOutputStream(staging.path(stem + Saved.JSON.ending())))) {
        JsonWriter.write(result, name, out);
      }
    }
    Image drawn = null;
    if (saving.has(Saved.OVERLAY) || display != null) {
      drawn = poster.compose(found.image(), result);
      if (saving.has(Saved.OVERLAY)) {
        Images.write(drawn, staging.path(stem + Saved.OVERLAY.ending()));
      }
    }
    for (Saved part : saving.own()) {
      if (!part.ending().isEmpty()) {
        staging.commit(stem + part.ending());
      }
    }
    others(result, name, stem);
    if (display != null && drawn != null) {
      display.show(drawn, name);
    }
  }

  private void others(PoseResult result, String name, String stem) throws IOException {
    if (saving.formats().isEmpty()) {
      return;
    }
    Recording recording =
        model.recording(name, result.width(), result.height(), 0, 1).withFrame(result.frame());
    try (PoseWriter writers = PoseFormats.open(saving.formats(), recording, folder, stem)) {
      writers.write(new PoseFrame(0, 0, result));
      writers.finish();
    }
  }
}
