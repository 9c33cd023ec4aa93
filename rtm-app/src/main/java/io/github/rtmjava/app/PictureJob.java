package io.github.rtmjava.app;

import io.github.rtmjava.files.FullDisk;
import io.github.rtmjava.files.NewFiles;
import io.github.rtmjava.files.PublicName;
import io.github.rtmjava.geometry.Frame3d;
import io.github.rtmjava.image.Drawings;
import io.github.rtmjava.image.Image;
import io.github.rtmjava.motion.space.WorldPose;
import io.github.rtmjava.output.draw.Poster;
import io.github.rtmjava.output.format.PoseFormats;
import io.github.rtmjava.output.format.PoseWriter;
import io.github.rtmjava.output.format.json.JsonWriter;
import io.github.rtmjava.output.viewer.ViewerMedia;
import io.github.rtmjava.output.viewer.ViewerOptions;
import io.github.rtmjava.output.viewer.ViewerWriter;
import io.github.rtmjava.pose.PoseFrame;
import io.github.rtmjava.pose.PoseResult;
import io.github.rtmjava.pose.Recording;
import io.github.rtmjava.pose3d.Inference;
import io.github.rtmjava.pose3d.PoseInferencer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of what was found in each picture. May be used by several threads at once, unless it
 * shows pictures.
 *
 * @param model what found it
 * @param frame of the 3D keypoints; null for the model's
 * @param world where the camera stands; null where the frame is not that of the world
 * @param angles whether the JSON holds angles
 * @param saving what is written
 * @param poster draws
 * @param keypointThreshold the score from which pages show keypoints at first
 * @param display shows what is drawn; null for not at all
 * @param folder where the results are to be
 */
record PictureJob(
    PoseInferencer model,
    @Nullable Frame3d frame,
    @Nullable WorldPose world,
    boolean angles,
    Saving saving,
    Poster poster,
    float keypointThreshold,
    @Nullable Display display,
    Path folder) {

  /**
   * Does it for one picture; this program's own results appear together, when all of them are
   * complete.
   *
   * @param stem name of the results without ending
   * @param number of the picture in the run, from 1 on
   * @param written gets the files that are in their places, also where others fail
   */
  void run(Inference.Found found, String stem, int number, List<Path> written) throws IOException {
    try {
      make(found, stem, number, written);
    } catch (IOException e) {
      throw FullDisk.named(e, folder, "the results");
    }
  }

  private void make(Inference.Found found, String stem, int number, List<Path> written)
      throws IOException {
    String name = found.picture().name();
    PoseResult result = inFrame(found.result());
    Image drawn = null;
    try (NewFiles files = NewFiles.in(folder)) {
      if (saving.has(Saved.JSON)) {
        files.write(
            stem + Saved.JSON.ending(),
            out -> JsonWriter.write(result, PublicName.of(name), angles, out));
      }
      if (saving.has(Saved.OVERLAY) || display != null) {
        drawn = poster.compose(found.image(), result);
        if (saving.has(Saved.OVERLAY)) {
          byte[] png = Drawings.png(drawn);
          files.write(stem + Saved.OVERLAY.ending(), out -> out.write(png));
        }
      }
      List<Path> viewer = saving.has(Saved.VIEWER) ? view(found, result, stem) : List.of();
      try {
        files.commit();
      } finally {
        written.addAll(files.written());
        written.addAll(viewer);
      }
    }
    others(recording(result, name).withNumber(number), result, stem, written);
    if (display != null && drawn != null) {
      display.show(drawn, name);
    }
  }

  private PoseResult inFrame(PoseResult found) {
    if (world != null) {
      return world.apply(found);
    }
    return frame == null ? found : found.in(frame);
  }

  private void others(Recording recording, PoseResult result, String stem, List<Path> written)
      throws IOException {
    if (saving.formats().isEmpty()) {
      return;
    }
    try (PoseWriter writers = PoseFormats.open(saving.formats(), recording, folder, stem)) {
      writers.write(new PoseFrame(0, 0, result));
      try {
        writers.finish();
      } finally {
        written.addAll(writers.written());
      }
    }
  }

  private List<Path> view(Inference.Found found, PoseResult result, String stem)
      throws IOException {
    Path page = folder.resolve(stem + Saved.VIEWER.ending());
    Optional<Path> file = found.picture().file();
    ViewerOptions options = ViewerOptions.defaults().withMinScore(keypointThreshold);
    if (file.isPresent()) {
      options = options.withMedia(ViewerMedia.of(page, file.get()));
    }
    if (world != null) {
      options = options.withCamera(world);
    }
    try (PoseWriter viewer =
        new ViewerWriter(recording(result, found.picture().name()), page, options)) {
      viewer.write(new PoseFrame(0, 0, result));
      viewer.finish();
      return viewer.written();
    }
  }

  private Recording recording(PoseResult result, String name) {
    return model.recording(name, result.width(), result.height(), 0, 1).withFrame(result.frame());
  }
}
