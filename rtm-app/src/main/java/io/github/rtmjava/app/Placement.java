package io.github.rtmjava.app;

import io.github.rtmjava.geometry.Camera;
import io.github.rtmjava.motion.calibration.Calibration;
import io.github.rtmjava.motion.space.WorldPose;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The camera as the flags describe it.
 *
 * @param camera without distortion; null where nobody gave one
 * @param calibration instead of it; null where there is none
 * @param pose where it stands; null where nobody said
 */
record Placement(
    @Nullable Camera camera, @Nullable Calibration calibration, @Nullable WorldPose pose) {

  /**
   * Reads what the flags name.
   *
   * @param floor how the camera stands above it; null where nobody said
   * @throws IllegalArgumentException if a flag is wrong
   * @throws IOException if the calibration cannot be read
   */
  static Placement of(InferFlags.Placing flags, @Nullable String floor) throws IOException {
    Calibration calibration = flags.calibration == null ? null : read(flags.calibration);
    WorldPose pose = floor == null ? null : floor(floor);
    if (pose == null && calibration != null) {
      pose = calibration.world().orElse(null);
    }
    Camera camera = flags.camera;
    if (camera != null && flags.rootDepth != null) {
      camera = camera.withRootDepth(flags.rootDepth);
    }
    return new Placement(camera, calibration, pose);
  }

  Optional<WorldPose> world() {
    return Optional.ofNullable(pose);
  }

  private static Calibration read(String argument) throws IOException {
    int colon = argument.lastIndexOf(':');
    if (!Files.exists(Path.of(argument)) && colon > 0) {
      return Calibration.read(Path.of(argument.substring(0, colon)), argument.substring(colon + 1));
    }
    return Calibration.read(Path.of(argument));
  }

  private static WorldPose floor(String argument) {
    double[] numbers = Numbers.list(argument, "PITCH,HEIGHT");
    return WorldPose.level(numbers[0], numbers[1]);
  }
}
