package io.github.rtmjava.motion.refine;

import io.github.rtmjava.geometry.Camera;
import io.github.rtmjava.geometry.Frame3d;
import io.github.rtmjava.motion.smooth.SmoothFrames;
import io.github.rtmjava.motion.space.BoneLengths;
import io.github.rtmjava.motion.space.GroundEstimator;
import io.github.rtmjava.motion.space.RootDepth;
import io.github.rtmjava.motion.space.WorldPose;
import io.github.rtmjava.pose.PersonPose;
import io.github.rtmjava.pose.PoseFrame;
import io.github.rtmjava.pose.PoseResult;
import io.github.rtmjava.pose.PoseSpool;
import io.github.rtmjava.pose.Recording;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The frames of a whole video once more: people smooth and with short gaps filled; where that is
 * asked for with bones of one length, at the distance that their height implies, and in the world.
 *
 * <pre>{@code
 * try (Refinement refined = Refinement.of(spool, recording, RefineOptions.DEFAULT, folder)) {
 *   for (int i = 0; i < refined.size(); i++) {
 *     use(refined.get(i));
 *   }
 * }
 * }</pre>
 *
 * <p>The frames wait in a temporary file, memory does not grow with them but for some bytes each.
 * For one thread at a time.
 */
public final class Refinement implements AutoCloseable {
  /** Keypoints with a lower score say nothing about bodies. */
  private static final float MIN_SCORE = 0.3f;

  private final PoseSpool smooth;
  private final Recording recording;
  private final RefineOptions options;
  private final Map<Integer, BoneLengths> bones = new HashMap<>();
  private final Map<Integer, Distances> distances = new HashMap<>();
  private final @Nullable RootDepth rootDepth;
  private @Nullable WorldPose world;

  private Refinement(PoseSpool smooth, Recording recording, RefineOptions options) {
    this.smooth = smooth;
    this.recording = recording;
    this.options = options;
    this.rootDepth = rootDepth(recording, options);
    this.world = options.world();
  }

  /**
   * Reads all frames and learns from them what is the same in all.
   *
   * @param raw the frames as they were found, in the order of their times
   * @param recording what they have in common
   * @param folder for a temporary file
   * @throws IllegalArgumentException if the options ask for what the model does not give
   * @throws IOException if the floor cannot be found in the frames, or the disk is full
   */
  public static Refinement of(
      PoseSpool raw, Recording recording, RefineOptions options, Path folder) throws IOException {
    options.requireFit(recording);
    PoseSpool smooth = PoseSpool.in(folder);
    Refinement refinement = new Refinement(smooth, recording, options);
    try {
      refinement.learn(raw);
      return refinement;
    } catch (IOException | RuntimeException | Error e) {
      try (smooth) {
        throw e;
      }
    }
  }

  /** Number of frames, as many as there were. */
  public int size() {
    return smooth.size();
  }

  /**
   * A frame.
   *
   * @param n its place, from 0 on
   */
  public PoseFrame get(int n) throws IOException {
    PoseFrame frame = inCamera(n);
    Frame3d wanted = options.frame();
    if (wanted == null || wanted == frame.result().frame()) {
      return frame;
    }
    PoseResult result = frame.result();
    return frame.with(
        wanted == Frame3d.WORLD && world != null ? world.apply(result) : result.in(wanted));
  }

  /** What these frames have in common. */
  public Recording recording() {
    return options.frame() == null ? recording : recording.withFrame(options.frame());
  }

  /** Where the camera stands in the world; empty if nobody asked for it. */
  public Optional<WorldPose> world() {
    return Optional.ofNullable(world);
  }

  @Override
  public void close() throws IOException {
    smooth.close();
  }

  private void learn(PoseSpool raw) throws IOException {
    SmoothFrames frames = new SmoothFrames(raw, options.smoothing(), recording.frameRate());
    while (frames.hasNext()) {
      PoseFrame frame = frames.next();
      smooth.add(frame);
      found(frame).forEach(person -> measureDistance(person, frame.time()));
    }
    distances.values().forEach(Distances::smooth);
    if (options.boneLengths()) {
      for (int i = 0; i < smooth.size(); i++) {
        PoseFrame frame = smooth.get(i);
        found(frame).forEach(person -> measureBones(placed(person, frame.time())));
      }
    }
    if (options.frame() == Frame3d.WORLD && world == null) {
      world = findFloor();
    }
  }

  private static Stream<PersonPose> found(PoseFrame frame) {
    return frame.result().persons().stream()
        .filter(person -> person.id().isPresent() && !person.interpolated() && person.has3d());
  }

  private void measureDistance(PersonPose person, double time) {
    Camera camera = recording.camera();
    if (rootDepth != null && camera != null) {
      int id = person.id().orElseThrow();
      rootDepth
          .metres(person, camera)
          .ifPresent(
              metres -> distances.computeIfAbsent(id, unused -> new Distances()).add(time, metres));
    }
  }

  private void measureBones(PersonPose person) {
    int id = person.id().orElseThrow();
    BoneLengths known = bones.get(id);
    if (known == null) {
      known = BoneLengths.of(recording.keypointSet(), MIN_SCORE).orElse(null);
      if (known == null) {
        return;
      }
      bones.put(id, known);
    }
    known.add(person);
  }

  private WorldPose findFloor() throws IOException {
    Optional<GroundEstimator> estimator = GroundEstimator.of(recording.keypointSet(), MIN_SCORE);
    if (estimator.isPresent()) {
      for (int i = 0; i < smooth.size(); i++) {
        estimator.get().add(inCamera(i));
      }
    }
    return estimator
        .flatMap(GroundEstimator::estimate)
        .orElseThrow(
            () ->
                new IOException(
                    recording.source()
                        + ": expected people who stand upright in at least ten frames, to find the"
                        + " floor by their feet, found too few; say how the camera stands"));
  }

  private PoseFrame inCamera(int n) throws IOException {
    PoseFrame frame = smooth.get(n);
    if (bones.isEmpty() && distances.isEmpty()) {
      return frame;
    }
    return frame.with(
        frame
            .result()
            .with(
                frame.result().persons().stream()
                    .map(person -> inCamera(person, frame.time()))
                    .toList()));
  }

  private PersonPose inCamera(PersonPose person, double time) {
    PersonPose out = placed(person, time);
    BoneLengths lengths = bones.get(person.id().orElse(0));
    return lengths != null && out.has3d() ? lengths.correct(out) : out;
  }

  /** At the distance that the height implies. */
  private PersonPose placed(PersonPose person, double time) {
    Camera camera = recording.camera();
    Distances far = distances.get(person.id().orElse(0));
    return rootDepth != null && far != null && camera != null && person.has3d()
        ? rootDepth.place(person, camera, far.at(time))
        : person;
  }

  private static @Nullable RootDepth rootDepth(Recording recording, RefineOptions options) {
    return options.personHeight() == null
        ? null
        : RootDepth.of(recording.keypointSet(), options.personHeight(), MIN_SCORE).orElse(null);
  }
}
