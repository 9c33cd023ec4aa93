package io.github.rtmjava.server.jobs;

import io.github.rtmjava.engine.Processors;
import io.github.rtmjava.files.PublicName;
import io.github.rtmjava.motion.refine.RefineOptions;
import io.github.rtmjava.motion.smooth.SmoothKind;
import io.github.rtmjava.motion.smooth.SmoothOptions;
import io.github.rtmjava.motion.track.TrackerOptions;
import io.github.rtmjava.pose3d.FollowOptions;
import io.github.rtmjava.pose3d.PoseOptions;
import io.github.rtmjava.recording.RecordingOptions;
import io.github.rtmjava.server.poses.PosesQuery;
import io.github.rtmjava.server.web.Parameters;
import io.github.rtmjava.server.web.ProblemException;
import io.github.rtmjava.server.web.Reason;
import io.github.rtmjava.video.VideoOptions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of a video, as the flags of {@code rtm infer} ask it.
 *
 * @param name that the results give the video
 * @param url where it is; null where the request brings it
 * @param model its name; null for the first one
 * @param saved what is written besides the lines that come while it runs
 * @param people which people are looked at, and how they are placed
 * @param recording how it is worked on
 */
record JobQuery(
    String name,
    @Nullable String url,
    @Nullable String model,
    JobFiles saved,
    PoseOptions people,
    RecordingOptions recording) {
  private static final String UNNAMED = "video";
  private static final int LONGEST_NAME = 200;
  private static final int LONGEST_URL = 4096;
  private static final double LONGEST_SECONDS = 1e7;

  /** Decoding needs few of the processors, which the networks want. */
  private static final int DECODING_PART = 4;

  /**
   * Reads parameters.
   *
   * @throws ProblemException if one makes no sense
   */
  static JobQuery of(Map<String, List<String>> values) {
    Parameters parameters = new Parameters(values);
    try {
      JobQuery query = of(parameters);
      parameters.requireNoOthers();
      return query;
    } catch (IllegalArgumentException e) {
      throw new ProblemException(Reason.BAD_REQUEST, String.valueOf(e.getMessage()));
    }
  }

  private static JobQuery of(Parameters parameters) {
    PosesQuery poses = PosesQuery.ofVideo(parameters);
    for (String name : List.of("bbox", "keypoint_names")) {
      if (!parameters.texts(name).isEmpty()) {
        throw new ProblemException(
            Reason.BAD_REQUEST, "expected no %s, which goes with pictures".formatted(name));
      }
    }
    TrackerOptions tracker = tracker(parameters);
    boolean single = poses.options().singlePerson() && tracker != null;
    FollowOptions following =
        new FollowOptions(
            parameters.count("det_every", 1, 1000, 1), tracker, /* live= */ false, single);
    return new JobQuery(
        name(parameters.text("name")),
        url(parameters.text("url")),
        poses.model(),
        JobFiles.of(
            parameters.texts("save").stream()
                .flatMap(text -> Arrays.stream(text.split(",", -1)))
                .toList()),
        poses.options(),
        new RecordingOptions(
            frames(parameters),
            following,
            single,
            new RefineOptions(
                smoothing(parameters),
                parameters.flag("bone_lengths", false),
                parameters.decimal("person_height", 0.3, 3),
                null,
                poses.frame()),
            poses.angles(),
            poses.drawing(),
            /* audio= */ false));
  }

  private static @Nullable TrackerOptions tracker(Parameters parameters) {
    TrackerOptions tracker = TrackerOptions.DEFAULT;
    Double age = parameters.decimal("max_age", 0, 3600);
    if (age != null) {
      tracker = tracker.withMaxAge(age);
    }
    tracker = tracker.withMinHits(parameters.count("min_hits", 1, 1000, tracker.minHits()));
    return parameters.flag("no_tracking", false) ? null : tracker;
  }

  private static VideoOptions frames(Parameters parameters) {
    Double start = parameters.decimal("start", 0, LONGEST_SECONDS);
    Double end = parameters.decimal("end", 0, LONGEST_SECONDS);
    VideoOptions options =
        VideoOptions.all()
            .withThreads(Math.max(1, Processors.count() / DECODING_PART))
            .withStride(parameters.count("stride", 1, 100_000, 1))
            .withMaxFrames(parameters.count("max_frames", 1, Integer.MAX_VALUE, Integer.MAX_VALUE));
    if (start != null && end != null && start >= end) {
      throw new ProblemException(
          Reason.BAD_REQUEST,
          "expected a start before the end, found %s and %s".formatted(start, end));
    }
    options = start == null ? options : options.withStart(start);
    return end == null ? options : options.withEnd(end);
  }

  private static SmoothOptions smoothing(Parameters parameters) {
    String kind =
        parameters.choice(
            "smooth", Arrays.stream(SmoothKind.values()).map(SmoothKind::id).toList());
    SmoothOptions options =
        kind == null ? SmoothOptions.OFFLINE : SmoothOptions.of(SmoothKind.of(kind));
    Double cutoff = parameters.decimal("smooth_cutoff", 0.01, 1000);
    if (cutoff != null) {
      options = options.withCutoff(cutoff);
    }
    options = options.withWindow(parameters.count("smooth_window", 1, 1001, options.window()));
    Double gap = parameters.decimal("max_gap", 0, 60);
    return gap == null ? options : options.withMaxGap(gap);
  }

  /** A name that says nothing of folders and steers no terminal. */
  private static String name(@Nullable String given) {
    if (given == null || given.isBlank()) {
      return UNNAMED;
    }
    String name = PublicName.of(given).replaceAll("\\p{Cntrl}", "?");
    return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME);
  }

  private static @Nullable String url(@Nullable String given) {
    if (given != null && given.length() > LONGEST_URL) {
      throw new ProblemException(
          Reason.BAD_REQUEST,
          "expected an address of at most %s characters as url".formatted(LONGEST_URL));
    }
    return given;
  }
}
