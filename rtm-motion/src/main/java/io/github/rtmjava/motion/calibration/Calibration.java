package io.github.rtmjava.motion.calibration;

import io.github.rtmjava.geometry.Camera;
import io.github.rtmjava.motion.space.WorldPose;
import io.github.rtmjava.pose.PersonPose;
import io.github.rtmjava.pose.PoseResult;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A calibrated camera, as it stands in a TOML file of Pose2Sim, Sports2D, Anipose or FreeMoCap.
 * Immutable.
 */
public final class Calibration implements Serializable {
  private static final long serialVersionUID = 1;

  /** Share by which the proportions of a video may differ from the calibration's. */
  private static final double ASPECT_TOLERANCE = 0.01;

  private final String name;
  private final int width;
  private final int height;
  private final double[][] matrix;
  private final Lens lens;
  private final @Nullable WorldPose world;

  Calibration(
      String name, int width, int height, double[][] matrix, Lens lens, @Nullable WorldPose world) {
    this.name = name;
    this.width = width;
    this.height = height;
    this.matrix = matrix;
    this.lens = lens;
    this.world = world;
  }

  /**
   * The only camera of a file.
   *
   * @throws CalibrationException if there are several, or the file is not one of these
   * @throws IOException if it cannot be read
   */
  public static Calibration read(Path file) throws IOException {
    List<Calibration> all = CalibrationFile.read(file);
    if (all.size() != 1) {
      throw new CalibrationException(
          "%s: expected one camera, found %s (%s); add the name of one after the file, FILE:NAME"
              .formatted(file, all.size(), names(all)));
    }
    return all.get(0);
  }

  /**
   * A camera of a file.
   *
   * @param name of the camera: its field {@code name}, or its table
   * @throws CalibrationException if there is none of this name, or the file is not one of these
   * @throws IOException if it cannot be read
   */
  public static Calibration read(Path file, String name) throws IOException {
    List<Calibration> all = CalibrationFile.read(file);
    return all.stream()
        .filter(calibration -> calibration.name.equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new CalibrationException(
                    "%s: expected a camera %s, found %s".formatted(file, name, names(all))));
  }

  private static String names(List<Calibration> all) {
    return String.join(", ", all.stream().map(Calibration::name).toList());
  }

  /** The camera's name. */
  public String name() {
    return name;
  }

  /** Width in pixels of the pictures that it was calibrated with. */
  public int width() {
    return width;
  }

  /** Height in pixels of the pictures that it was calibrated with. */
  public int height() {
    return height;
  }

  /**
   * The pinhole camera for pictures of a size. Pictures of another size than the calibration's, but
   * its proportions, are taken to be the same view enlarged or reduced. People stand at the nominal
   * distance: no calibration knows theirs.
   *
   * @param pictureWidth in pixels
   * @param pictureHeight in pixels
   * @throws CalibrationException if the proportions differ by more than one percent
   */
  public Camera camera(int pictureWidth, int pictureHeight) throws CalibrationException {
    double x = (double) pictureWidth / width;
    double y = (double) pictureHeight / height;
    if (Math.abs(x / y - 1) > ASPECT_TOLERANCE) {
      throw new CalibrationException(
          ("expected pictures of the proportions that camera %s was calibrated with, %s x %s, found"
                  + " %s x %s; calibrate it with pictures that are not cropped")
              .formatted(name, width, height, pictureWidth, pictureHeight));
    }
    return new Camera(
        x * matrix[0][0],
        y * matrix[1][1],
        x * (matrix[0][2] + 0.5) - 0.5,
        y * (matrix[1][2] + 0.5) - 0.5,
        Camera.NOMINAL_ROOT_DEPTH);
  }

  /** Whether its lens bends straight lines, so that {@link #undistort} changes keypoints. */
  public boolean isDistorted() {
    return !(lens instanceof Lens.Pinhole);
  }

  /** Where the camera stands, in the frame of its file; empty where the file does not say. */
  public Optional<WorldPose> world() {
    return Optional.ofNullable(world);
  }

  /**
   * Everybody's 2D keypoints where a camera without distortion would have seen them, so that {@link
   * #camera} holds for them. Keypoints too far outside of the picture for the lens stay where they
   * are. 3D keypoints are left alone: bring the result to {@link
   * io.github.rtmjava.motion.space.RootDepth#place} to have them made anew from these.
   *
   * @param result of a picture of the calibration's proportions
   * @throws CalibrationException as {@link #camera} does
   */
  public PoseResult undistort(PoseResult result) throws CalibrationException {
    Camera camera = camera(result.width(), result.height());
    return isDistorted()
        ? result.with(result.persons().stream().map(p -> undistort(p, camera)).toList())
        : result;
  }

  /** Whether it is a calibration with the same name and numbers. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Calibration that
        && name.equals(that.name)
        && width == that.width
        && height == that.height
        && Arrays.deepEquals(matrix, that.matrix)
        && lens.equals(that.lens)
        && Objects.equals(world, that.world);
  }

  @Override
  public int hashCode() {
    return Objects.hash(name, width, height, Arrays.deepHashCode(matrix), lens, world);
  }

  private PersonPose undistort(PersonPose person, Camera camera) {
    float[][] xy = person.keypoints();
    for (float[] p : xy) {
      double[] direction = lens.undistort(camera.x(p[0], 1), camera.y(p[1], 1));
      if (!Double.isNaN(direction[0])) {
        p[0] = (float) (camera.fx() * direction[0] + camera.cx());
        p[1] = (float) (camera.fy() * direction[1] + camera.cy());
      }
    }
    return person.withKeypoints(xy);
  }
}
