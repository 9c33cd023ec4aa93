package io.github.rtmjava.app;

import io.github.rtmjava.geometry.Box;
import io.github.rtmjava.geometry.Frame3d;
import io.github.rtmjava.image.Image;
import io.github.rtmjava.image.Images;
import io.github.rtmjava.output.JsonWriter;
import io.github.rtmjava.output.Poster;
import io.github.rtmjava.pose.PoseResult;
import io.github.rtmjava.pose3d.RtmPose3D;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is done with each picture.
 *
 * @param model finds the people
 * @param boxes of the people; none for the whole picture; null to have them detected
 * @param frame of the 3D keypoints; null for the model's
 * @param saved what is written
 * @param poster draws
 * @param display shows what is drawn; null for not at all
 * @param staging where results are made
 */
record PictureJob(
    RtmPose3D model,
    @Nullable List<Box> boxes,
    @Nullable Frame3d frame,
    Set<Saved> saved,
    Poster poster,
    @Nullable Display display,
    Staging staging) {

  /**
   * Does it for one picture; its results appear together, when all of them are complete.
   *
   * @param image what was read from it
   * @param stem name of the results without ending
   * @return the number of people
   */
  int run(Path picture, Image image, String stem) throws IOException {
    PoseResult result = find(image);
    if (saved.contains(Saved.JSON)) {
      try (OutputStream out =
          new BufferedOutputStream(
              Files.newOutputStream(staging.path(stem + Saved.JSON.ending())))) {
        JsonWriter.write(result, picture.toString(), out);
      }
    }
    if (saved.contains(Saved.OVERLAY) || display != null) {
      Image drawn = poster.compose(image, result);
      if (saved.contains(Saved.OVERLAY)) {
        Images.write(drawn, staging.path(stem + Saved.OVERLAY.ending()));
      }
      commit(stem);
      if (display != null) {
        display.show(drawn, picture.toString());
      }
    } else {
      commit(stem);
    }
    return result.size();
  }

  private PoseResult find(Image image) {
    PoseResult result;
    if (boxes == null) {
      result = model.predict(image);
    } else if (boxes.isEmpty()) {
      result = model.predict(image, List.of(new Box(0, 0, image.width(), image.height())));
    } else {
      result = model.predict(image, boxes);
    }
    return frame == null ? result : result.in(frame);
  }

  private void commit(String stem) throws IOException {
    for (Saved part : saved) {
      staging.commit(stem + part.ending());
    }
  }
}
