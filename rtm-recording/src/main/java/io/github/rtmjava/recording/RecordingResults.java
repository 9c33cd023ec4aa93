package io.github.rtmjava.recording;

import io.github.rtmjava.geometry.Frame3d;
import io.github.rtmjava.motion.refine.Refinement;
import io.github.rtmjava.motion.space.WorldPose;
import io.github.rtmjava.output.format.PoseFormats;
import io.github.rtmjava.output.format.PoseWriter;
import io.github.rtmjava.output.format.PoseWriters;
import io.github.rtmjava.output.format.json.JsonLinesFile;
import io.github.rtmjava.output.viewer.ViewerMedia;
import io.github.rtmjava.output.viewer.ViewerOptions;
import io.github.rtmjava.output.viewer.ViewerWriter;
import io.github.rtmjava.pose.PoseSpool;
import io.github.rtmjava.pose.Recording;
import io.github.rtmjava.video.VideoSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is made of all frames of a video, once they are there: smoothed as the options say, then
 * written in every format. Each file is there completely or not at all.
 */
public final class RecordingResults {
  private final RecordingOptions options;
  private final VideoSource source;
  private final Path folder;
  private final ResultTarget target;
  private List<Path> written = List.of();

  /** Hears how far it is. What it throws ends the work. */
  public interface Listener {
    /**
     * Writing begins.
     *
     * @param world where the camera stands, if that is known
     * @param frames to be written
     */
    void begin(Optional<WorldPose> world, int frames);

    /** A frame is written. */
    void step();
  }

  /**
   * Results.
   *
   * @param source read once more where it is drawn on
   * @param folder for temporary files
   */
  public RecordingResults(
      RecordingOptions options, VideoSource source, Path folder, ResultTarget target) {
    this.options = options;
    this.source = source;
    this.folder = folder;
    this.target = target;
  }

  /**
   * Writes them.
   *
   * @param raw what the frames are of
   * @throws IOException if one cannot be written; the others are there
   */
  public void write(Recording raw, PoseSpool frames, Listener listener) throws IOException {
    if (target.isEmpty()) {
      return;
    }
    try (Refinement refined = Refinement.of(frames, raw, options.refining(), folder);
        PoseWriter writers = PoseWriters.begin(writers(refined))) {
      listener.begin(refined.world(), refined.size());
      for (int i = 0; i < refined.size(); i++) {
        writers.write(refined.get(i));
        listener.step();
      }
      try {
        writers.finish();
      } finally {
        written = writers.written();
      }
    }
  }

  /** The files and folders that it made. */
  public List<Path> written() {
    return written;
  }

  private List<PoseWriters.Beginning> writers(Refinement refined) {
    Recording recording = refined.recording();
    List<PoseWriters.Beginning> writers = new ArrayList<>();
    for (ResultPart part : ResultPart.values()) {
      if (target.parts().contains(part)) {
        writers.add(() -> writer(part, recording, refined.world()));
      }
    }
    writers.addAll(
        PoseFormats.beginnings(target.formats(), recording, target.folder(), target.stem()));
    return writers;
  }

  private PoseWriter writer(ResultPart part, Recording recording, Optional<WorldPose> world)
      throws IOException {
    Path file = target.file(part);
    return switch (part) {
      case JSON -> JsonLinesFile.open(file, recording, options.angles());
      case OVERLAY -> OverlayWriter.open(options, source, recording, file);
      case VIEWER -> viewer(recording, world, file);
    };
  }

  private PoseWriter viewer(Recording recording, Optional<WorldPose> world, Path file)
      throws IOException {
    ViewerOptions viewer =
        ViewerOptions.defaults().withMinScore(options.drawing().keypointThreshold());
    if (target.media() != null) {
      viewer = viewer.withMedia(ViewerMedia.video(file, target.media()));
    }
    if (recording.frame() == Frame3d.WORLD && world.isPresent()) {
      viewer = viewer.withCamera(world.get());
    }
    return new ViewerWriter(recording, file, viewer);
  }
}
