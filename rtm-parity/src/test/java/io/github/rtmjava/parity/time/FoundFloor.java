package io.github.rtmjava.parity.time;

import io.github.rtmjava.geometry.Camera;
import io.github.rtmjava.motion.space.GroundEstimator;
import io.github.rtmjava.motion.space.RootDepth;
import io.github.rtmjava.motion.space.WorldPose;
import io.github.rtmjava.pose.PersonPose;
import io.github.rtmjava.pose.PoseFrame;
import io.github.rtmjava.pose.PoseResult;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.UnaryOperator;

/** Where the floor is by the people who were found, frame by frame as they were found. */
final class FoundFloor {
  private static final float MIN_SCORE = 0.3f;

  private FoundFloor() {}

  /** With the nominal camera. */
  static WorldPose nominal(List<PoseResult> found) {
    return of(found, person -> person);
  }

  /** With the clip's camera, everybody at the nominal distance. */
  static WorldPose ofCamera(Clip clip, List<PoseResult> found) {
    RootDepth depth = RootDepth.of(Clip.KEYPOINTS, 1, MIN_SCORE).orElseThrow();
    return of(found, person -> depth.place(person, clip.camera(), Camera.NOMINAL_ROOT_DEPTH));
  }

  /** With the clip's camera, everybody at the distance of somebody as tall as that. */
  static WorldPose ofHeight(Clip clip, List<PoseResult> found, double metres) {
    RootDepth depth = RootDepth.of(Clip.KEYPOINTS, metres, MIN_SCORE).orElseThrow();
    return of(
        found,
        person -> {
          OptionalDouble root = depth.metres(person, clip.camera());
          return root.isPresent() ? depth.place(person, clip.camera(), root.getAsDouble()) : person;
        });
  }

  private static WorldPose of(List<PoseResult> found, UnaryOperator<PersonPose> place) {
    GroundEstimator ground = GroundEstimator.of(Clip.KEYPOINTS, MIN_SCORE).orElseThrow();
    for (int i = 0; i < found.size(); i++) {
      PoseResult result = found.get(i);
      ground.add(new PoseFrame(i, 0, result.with(result.persons().stream().map(place).toList())));
    }
    return ground.estimate().orElseThrow();
  }

  static String row(String clip, String given, WorldPose pose) {
    return String.format(
        Locale.ROOT,
        "%-10s %-22s %8.1f %8.1f %8.3f",
        clip,
        given,
        pose.pitch(),
        pose.roll(),
        pose.height());
  }
}
