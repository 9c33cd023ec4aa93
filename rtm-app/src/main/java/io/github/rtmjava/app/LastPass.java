package io.github.rtmjava.app;

import io.github.rtmjava.files.Interruption;
import io.github.rtmjava.motion.space.WorldPose;
import io.github.rtmjava.pose.PoseSpool;
import io.github.rtmjava.pose.Recording;
import io.github.rtmjava.recording.RecordingResults;
import io.github.rtmjava.recording.ResultPart;
import io.github.rtmjava.recording.ResultTarget;
import io.github.rtmjava.video.VideoSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What is made of all frames of a video, once they are there, and what is said of it. */
final class LastPass {
  private final VideoSettings settings;
  private final String name;
  private final Progress progress;
  private final Interruption interruption;
  private final ResultTarget target;
  private final RecordingResults results;

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
    this.name = targets.name();
    this.progress = progress;
    this.interruption = interruption;
    this.target =
        new ResultTarget(
            targets.folder(),
            targets.stem(),
            parts(settings.saving(), live),
            settings.saving().formats(),
            source instanceof VideoSource.File file ? file.path() : null);
    this.results = new RecordingResults(settings.recording(), source, settings.folder(), target);
  }

  private static Set<ResultPart> parts(Saving saving, boolean live) {
    Set<ResultPart> parts = EnumSet.noneOf(ResultPart.class);
    saving.own().forEach(saved -> saved.part().ifPresent(parts::add));
    if (live) {
      parts.remove(ResultPart.OVERLAY); // drawn while it comes
    }
    return parts;
  }

  /** Checks, before anything is done, that the model gives what is asked for. */
  void requireFit(Recording raw) {
    if (!target.isEmpty()) {
      settings.recording().refining().requireFit(raw);
    }
  }

  /** Reads the frames of the spool. */
  void run(Recording raw, PoseSpool spool) throws IOException {
    if (target.isEmpty()) {
      return;
    }
    progress.begin("smoothing " + target.stem(), 0, Progress.Unit.FRAMES);
    try {
      results.write(raw, spool, new Steps());
    } finally {
      progress.close();
    }
  }

  /** The files and folders that it made. */
  List<Path> written() {
    return results.written();
  }

  private final class Steps implements RecordingResults.Listener {
    @Override
    public void begin(Optional<WorldPose> world, int frames) {
      world.ifPresent(found -> progress.note(standing(found)));
      progress.begin("writing " + target.stem(), frames, Progress.Unit.FRAMES);
    }

    @Override
    public void step() {
      interruption.step();
      progress.step();
    }
  }

  private String standing(WorldPose world) {
    return String.format(
        Locale.ROOT,
        "%s: the camera looks %.1f degrees downwards from %.2f m above the floor%s",
        name,
        world.pitch(),
        world.height(),
        settings.recording().refining().world() == null ? ", by the feet of the people" : "");
  }
}
