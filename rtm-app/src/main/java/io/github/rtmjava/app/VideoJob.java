package io.github.rtmjava.app;

import io.github.rtmjava.geometry.Frame3d;
import io.github.rtmjava.output.JsonLinesWriter;
import io.github.rtmjava.output.LiveWindow;
import io.github.rtmjava.output.Overlay;
import io.github.rtmjava.output.format.PoseFormats;
import io.github.rtmjava.output.format.PoseWriter;
import io.github.rtmjava.output.format.PoseWriters;
import io.github.rtmjava.output.viewer.ViewerMedia;
import io.github.rtmjava.output.viewer.ViewerOptions;
import io.github.rtmjava.output.viewer.ViewerWriter;
import io.github.rtmjava.pose.PersonPose;
import io.github.rtmjava.pose.PoseFrame;
import io.github.rtmjava.pose.PoseSpool;
import io.github.rtmjava.pose.Recording;
import io.github.rtmjava.pose.space.WorldPose;
import io.github.rtmjava.pose3d.Followed;
import io.github.rtmjava.pose3d.PoseInferencer;
import io.github.rtmjava.pose3d.refine.Refinement;
import io.github.rtmjava.pose3d.smooth.LiveSmoother;
import io.github.rtmjava.video.VideoInfo;
import io.github.rtmjava.video.VideoReader;
import io.github.rtmjava.video.VideoSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One video, in two passes: the poses of frame after frame, with what is written and shown while
 * they come; then what is made of all of them, which wait in a temporary file.
 */
final class VideoJob {
  private final VideoSettings settings;
  private final VideoSource source;
  private final String stem;
  private final VideoProgress progress;
  private final BooleanSupplier stopped;
  private final Set<Integer> ids = new HashSet<>();
  private long frames;
  private long people;
  private long failed;
  private long dropped;

  /**
   * A video to be worked on.
   *
   * @param stem what the names of its results begin with
   * @param stopped whether to stop where it is
   */
  VideoJob(
      VideoSettings settings,
      VideoSource source,
      String stem,
      VideoProgress progress,
      BooleanSupplier stopped) {
    this.settings = settings;
    this.source = source;
    this.stem = stem;
    this.progress = progress;
    this.stopped = stopped;
  }

  /**
   * Does it.
   *
   * @return whether every frame could be read and looked at
   * @throws IOException if the video cannot be opened, or a result cannot be written
   */
  boolean run(PoseInferencer model) throws IOException {
    List<String> problems;
    try (PoseSpool spool = PoseSpool.in(settings.folder());
        VideoReader video = VideoReader.open(source, settings.frames())) {
      Recording recording =
          model.recording(
              video.info().name(),
              video.info().width(),
              video.info().height(),
              video.info().frameRate(),
              video.info().frames());
      follow(video, model, recording, spool);
      problems = video.problems();
      problems.forEach(line -> progress.problem(source.name() + ": " + line));
      if (frames == 0) {
        throw new IOException(
            source.name() + ": expected frames, found none; look at --start and --end");
      }
      finish(recording, video.info().live(), spool);
    }
    return failed == 0 && problems.isEmpty();
  }

  /** What came of it, in one line. */
  String summary() {
    String files =
        Stream.concat(
                later(false).stream()
                    .flatMap(part -> part == Saved.JSON ? Stream.of(target(part), smoothLines()) : Stream.of(target(part)))
                    .map(Path::toString),
                settings.saving().formats().stream()
                    .map(format -> settings.folder().resolve(format.files(stem)).toString()))
            .collect(Collectors.joining(" and "));
    String who =
        settings.following().tracker() == null
            ? counted(people, "person", "people") + " found"
            : counted(ids.size(), "person", "people");
    return "wrote %s: %s in %s"
        .formatted(files, who, counted(frames, "frame", "frames"));
  }

  private void follow(
      VideoReader video, PoseInferencer model, Recording recording, PoseSpool spool)
      throws IOException {
    boolean live = video.info().live();
    progress.begin(video.info().name(), expected(video));
    try (JsonLinesWriter lines = lines(recording);
        LiveView view = view(video.info());
        Stream<Followed> all =
            model.follow(
                video.frames(), settings.following().withLive(live), settings.boxes())) {
      Iterator<Followed> each = all.iterator();
      while (!stopped.getAsBoolean() && view.isOpen() && each.hasNext()) {
        Followed next = each.next();
        count(next);
        spool.add(next.poses());
        if (lines != null) {
          lines.write(inFrame(next.poses()));
        }
        view.show(next);
        progress.step(remark(next));
      }
      view.finish();
    } finally {
      progress.close();
    }
  }

  /** What cannot be read again is drawn while it comes. */
  private LiveView view(VideoInfo info) throws IOException {
    LiveWindow window = settings.show() ? LiveView.window(info.name(), progress) : null;
    boolean draws = info.live() && settings.saving().has(Saved.OVERLAY);
    try {
      return new LiveView(
          new Overlay(settings.drawing()),
          new LiveSmoother(settings.live()),
          window,
          draws ? drawn(info) : null);
    } catch (IOException | RuntimeException e) {
      if (window != null) {
        window.close();
      }
      throw e;
    }
  }

  private DrawnVideo drawn(VideoInfo info) throws IOException {
    return DrawnVideo.begin(settings, source, info, target(Saved.OVERLAY));
  }

  /** What is made of all frames. */
  private void finish(Recording raw, boolean live, PoseSpool spool) throws IOException {
    if (later(live).isEmpty() && settings.saving().formats().isEmpty()) {
      return;
    }
    progress.begin("smoothing " + stem, 0);
    try (Refinement refined =
            Refinement.of(spool, raw, settings.refining(), settings.folder());
        PoseWriter writers = new PoseWriters(writers(refined.recording(), live))) {
      refined.world().ifPresent(world -> progress.note(standing(world)));
      progress.begin("writing " + stem, refined.size());
      for (int i = 0; i < refined.size(); i++) {
        writers.write(refined.get(i));
        progress.step("");
      }
      writers.finish();
    } finally {
      progress.close();
    }
  }

  private String standing(WorldPose world) {
    return String.format(
        Locale.ROOT,
        "%s: the camera looks %.1f degrees downwards from %.2f m above the floor%s",
        source.name(),
        world.pitch(),
        world.height(),
        settings.refining().world() == null ? ", by the feet of the people" : "");
  }

  /** This program's own results that are made in the end. */
  private Set<Saved> later(boolean live) {
    Set<Saved> parts = EnumSet.noneOf(Saved.class);
    for (Saved part : settings.saving().own()) {
      if (!part.videoEnding().isEmpty() && !(part == Saved.OVERLAY && live)) {
        parts.add(part);
      }
    }
    return parts;
  }

  private List<PoseWriter> writers(Recording recording, boolean live) throws IOException {
    List<PoseWriter> writers = new ArrayList<>();
    try {
      if (!settings.saving().formats().isEmpty()) {
        writers.add(
            PoseFormats.open(settings.saving().formats(), recording, settings.folder(), stem));
      }
      for (Saved part : later(live)) {
        writers.add(
            switch (part) {
              case JSON -> LinesPass.open(smoothLines(), recording, settings.angles());
              case OVERLAY -> OverlayPass.open(settings, source, target(part));
              case VIEWER -> viewer(recording, target(part));
              case SHEET -> throw new IllegalStateException("no video has a sheet of its own");
            });
      }
      return writers;
    } catch (IOException | RuntimeException e) {
      try (PoseWriter begun = new PoseWriters(writers)) {
        throw e;
      }
    }
  }

  private PoseWriter viewer(Recording recording, Path target) throws IOException {
    ViewerOptions options =
        ViewerOptions.defaults().withMinScore(settings.drawing().keypointThreshold());
    if (source instanceof VideoSource.File file) {
      options = options.withMedia(ViewerMedia.video(target, file.path()));
    }
    return new ViewerWriter(recording, target, options);
  }

  private Path smoothLines() {
    return settings.folder().resolve(stem + ".smooth" + Saved.JSON.videoEnding());
  }

  private @Nullable JsonLinesWriter lines(Recording recording) throws IOException {
    if (!settings.saving().has(Saved.JSON)) {
      return null;
    }
    return new JsonLinesWriter(target(Saved.JSON), inFrame(recording), settings.angles());
  }

  private Path target(Saved saved) {
    return settings.folder().resolve(stem + saved.videoEnding());
  }

  /** The frame of the lines that are written while it runs, when the world is not known yet. */
  private @Nullable Frame3d early() {
    Frame3d frame = settings.refining().frame();
    return frame == Frame3d.WORLD ? null : frame;
  }

  private Recording inFrame(Recording recording) {
    Frame3d frame = early();
    return frame == null ? recording : recording.withFrame(frame);
  }

  private PoseFrame inFrame(PoseFrame poses) {
    Frame3d frame = early();
    return frame == null ? poses : poses.with(poses.result().in(frame));
  }

  private void count(Followed next) {
    frames++;
    people += next.poses().result().size();
    dropped = next.dropped();
    for (PersonPose person : next.poses().result().persons()) {
      person.id().ifPresent(ids::add);
    }
    next.problem()
        .ifPresent(
            problem -> {
              failed++;
              if (failed == 1) {
                progress.problem(
                    "%s: frame %d: %s"
                        .formatted(source.name(), next.frame().index(), Errors.line(problem)));
              }
            });
  }

  private String remark(Followed next) {
    String seen = counted(next.poses().result().size(), "person", "people");
    return dropped == 0 ? seen : seen + ", " + counted(dropped, "frame", "frames") + " dropped";
  }

  private long expected(VideoReader video) {
    double rate = video.info().frameRate();
    double all = video.info().frames() > 0 ? video.info().frames() : video.info().duration() * rate;
    double from = settings.frames().start() * rate;
    double to = Math.min(all, settings.frames().end() * rate);
    double count = Math.ceil(Math.max(0, to - from) / settings.frames().stride());
    return (long) Math.min(count, (double) settings.frames().maxFrames());
  }

  private static String counted(long count, String one, String many) {
    return String.format(Locale.ROOT, "%d %s", count, count == 1 ? one : many);
  }
}
