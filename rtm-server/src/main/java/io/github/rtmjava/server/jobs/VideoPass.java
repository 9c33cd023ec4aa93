package io.github.rtmjava.server.jobs;

import io.github.rtmjava.geometry.Frame3d;
import io.github.rtmjava.motion.track.PeopleSeen;
import io.github.rtmjava.output.format.json.JsonLinesWriter;
import io.github.rtmjava.pose.PoseFrame;
import io.github.rtmjava.pose.PoseSpool;
import io.github.rtmjava.pose.Recording;
import io.github.rtmjava.pose3d.Followed;
import io.github.rtmjava.pose3d.PoseInferencer;
import io.github.rtmjava.server.load.Admission;
import io.github.rtmjava.video.VideoInfo;
import io.github.rtmjava.video.VideoReader;
import io.github.rtmjava.video.VideoSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A video from its first frame to its last: lines of JSON while it runs, everything else when all
 * frames are known.
 */
final class VideoPass {
  /** How long pictures that somebody waits for may hold up a frame. */
  private static final Duration COURTESY = Duration.ofMillis(250);

  private final JobQuery query;
  private final Path video;
  private final Path folder;
  private final Path files;
  private final JobProgress progress;
  private final Admission admission;
  private final PeopleSeen people = new PeopleSeen();

  /**
   * A pass.
   *
   * @param folder for temporary files
   * @param files the folder of the results
   * @param admission whose pictures go first
   */
  VideoPass(
      JobQuery query,
      Path video,
      Path folder,
      Path files,
      JobProgress progress,
      Admission admission) {
    this.query = query;
    this.video = video;
    this.folder = folder;
    this.files = files;
    this.progress = progress;
    this.admission = admission;
  }

  /**
   * Does it.
   *
   * @throws IOException if the video cannot be read, or a result cannot be written
   */
  void run(PoseInferencer shared) throws IOException {
    PoseInferencer model = shared.withOptions(query.people());
    try (PoseSpool all = PoseSpool.in(folder);
        PoseSpool kept = PoseSpool.in(folder)) {
      Recording recording = lines(model, all, kept);
      new VideoResults(query, video, folder, files, progress)
          .write(recording, query.single() ? kept : all);
    }
  }

  /** Everything up to the lines, of which no half file is left. */
  private Recording lines(PoseInferencer model, PoseSpool all, PoseSpool kept) throws IOException {
    boolean through = false;
    try {
      Recording recording = look(model, all);
      if (all.size() == 0) {
        throw new IllegalArgumentException("expected frames, found none; look at start and end");
      }
      if (query.single()) {
        keepOne(all, recording, kept);
      }
      through = true;
      return recording;
    } finally {
      if (!through) {
        Files.deleteIfExists(files.resolve(JobFiles.LINES));
      }
    }
  }

  /** The poses of frame after frame. */
  private Recording look(PoseInferencer model, PoseSpool spool) throws IOException {
    try (VideoReader reader = VideoReader.open(new VideoSource.File(video), query.frames())) {
      VideoInfo info = reader.info();
      Recording recording =
          model.recording(
              query.name(), info.width(), info.height(), info.frameRate(), info.frames());
      query.refining().requireFit(recording);
      progress.expect(expected(info));
      try (Stream<Followed> all =
              model.follow(reader.frames().peek(frame -> giveWay()), query.following());
          JsonLinesWriter lines = query.single() ? null : lines(recording)) {
        for (Iterator<Followed> each = all.iterator(); each.hasNext(); ) {
          Followed next = each.next();
          add(next, spool, lines);
          progress.requireGoingOn();
        }
      }
      reader.problems().forEach(progress::remark);
      return recording;
    }
  }

  /** On the thread that decodes, so that the groups before are computed meanwhile. */
  private void giveWay() {
    try {
      admission.giveWay(COURTESY);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void add(Followed next, PoseSpool spool, @Nullable JsonLinesWriter lines)
      throws IOException {
    PoseFrame poses = next.poses();
    next.problem()
        .ifPresent(
            problem ->
                progress.remark(
                    "frame %s: poses could not be looked for".formatted(poses.index())));
    spool.add(poses);
    people.add(poses);
    if (lines != null) {
      lines.write(inFrame(poses));
    }
    progress.step(poses.result().size());
  }

  /** The one person who is large and long in the picture, known only now. */
  private void keepOne(PoseSpool all, Recording recording, PoseSpool kept) throws IOException {
    int id = people.dominant().map(PeopleSeen.Seen::id).orElse(0);
    try (JsonLinesWriter lines = lines(recording)) {
      for (int i = 0; i < all.size(); i++) {
        progress.requireGoingOn();
        PoseFrame frame = all.get(i);
        PoseFrame one =
            frame.with(
                frame
                    .result()
                    .with(
                        frame.result().persons().stream()
                            .filter(person -> person.id().orElse(0) == id)
                            .toList()));
        kept.add(one);
        lines.write(inFrame(one));
      }
    }
  }

  private JsonLinesWriter lines(Recording recording) throws IOException {
    Frame3d frame = query.earlyFrame();
    Files.createDirectories(files);
    return new JsonLinesWriter(
        files.resolve(JobFiles.LINES),
        frame == null ? recording : recording.withFrame(frame),
        query.angles());
  }

  private PoseFrame inFrame(PoseFrame poses) {
    Frame3d frame = query.earlyFrame();
    return frame == null ? poses : poses.with(poses.result().in(frame));
  }

  private long expected(VideoInfo info) {
    double rate = info.frameRate();
    double all = info.frames() > 0 ? info.frames() : info.duration() * rate;
    double from = query.frames().start() * rate;
    double to = Math.min(all, query.frames().end() * rate);
    double count = Math.ceil(Math.max(0, to - from) / query.frames().stride());
    return (long) Math.min(count, (double) query.frames().maxFrames());
  }
}
