package io.github.rtmjava.app;

import io.github.rtmjava.files.Interruption;
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
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What is made of all frames of a video, once they are there. */
final class LastPass {
  private final VideoSettings settings;
  private final VideoSource source;
  private final VideoTargets targets;
  private final Progress progress;
  private final Interruption interruption;
  private final Set<Saved> parts;
  private List<Path> written = List.of();

  /**
   * A pass.
   *
   * @param interruption is told that the work goes on
   * @param live whether the source cannot be read again
   */
  LastPass(
      VideoSettings settings,
      VideoSource source,
      VideoTargets targets,
      Progress progress,
      Interruption interruption,
      boolean live) {
    this.settings = settings;
    this.source = source;
    this.targets = targets;
    this.progress = progress;
    this.interruption = interruption;
    this.parts = VideoTargets.parts(settings.saving());
    if (live) {
      parts.remove(Saved.OVERLAY);
    }
  }

  private boolean isIdle() {
    return parts.isEmpty() && settings.saving().formats().isEmpty();
  }

  /** Checks, before anything is done, that the model gives what is asked for. */
  void requireFit(Recording raw) {
    if (!isIdle()) {
      settings.refining().requireFit(raw);
    }
  }

  /** Reads the frames of the spool. */
  void run(Recording raw, PoseSpool spool) throws IOException {
    if (isIdle()) {
      return;
    }
    progress.begin("smoothing " + targets.stem(), 0, Progress.Unit.FRAMES);
    try (Refinement refined = Refinement.of(spool, raw, settings.refining(), settings.folder());
        PoseWriter writers = PoseWriters.begin(writers(refined))) {
      refined.world().ifPresent(world -> progress.note(standing(world)));
      progress.begin("writing " + targets.stem(), refined.size(), Progress.Unit.FRAMES);
      for (int i = 0; i < refined.size(); i++) {
        writers.write(refined.get(i));
        interruption.step();
        progress.step();
      }
      try {
        writers.finish();
      } finally {
        written = writers.written();
      }
    } finally {
      progress.close();
    }
  }

  /** The files and folders that it made. */
  List<Path> written() {
    return written;
  }

  private String standing(WorldPose world) {
    return String.format(
        Locale.ROOT,
        "%s: the camera looks %.1f degrees downwards from %.2f m above the floor%s",
        targets.name(),
        world.pitch(),
        world.height(),
        settings.refining().world() == null ? ", by the feet of the people" : "");
  }

  private List<PoseWriters.Beginning> writers(Refinement refined) {
    Recording recording = refined.recording();
    List<PoseWriters.Beginning> writers = new ArrayList<>();
    for (Saved part : parts) {
      writers.add(() -> writer(part, recording, refined.world()));
    }
    writers.addAll(
        PoseFormats.beginnings(
            settings.saving().formats(), recording, targets.folder(), targets.stem()));
    return writers;
  }

  private PoseWriter writer(Saved part, Recording recording, Optional<WorldPose> world)
      throws IOException {
    return switch (part) {
      case JSON -> JsonLinesFile.open(targets.smoothLines(), recording, settings.angles());
      case OVERLAY -> OverlayPass.open(settings, source, recording, targets.of(part));
      case VIEWER -> viewer(recording, world, targets.of(part));
      case SHEET -> throw new IllegalStateException("no video has a sheet of its own");
    };
  }

  private PoseWriter viewer(Recording recording, Optional<WorldPose> world, Path target)
      throws IOException {
    ViewerOptions options =
        ViewerOptions.defaults().withMinScore(settings.drawing().keypointThreshold());
    if (source instanceof VideoSource.File file) {
      options = options.withMedia(ViewerMedia.video(target, file.path()));
    }
    if (recording.frame() == Frame3d.WORLD && world.isPresent()) {
      options = options.withCamera(world.get());
    }
    return new ViewerWriter(recording, target, options);
  }
}
