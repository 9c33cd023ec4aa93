package io.github.rtmjava.motion.calibration;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.geometry.Box;
import io.github.rtmjava.geometry.Camera;
import io.github.rtmjava.geometry.Frame3d;
import io.github.rtmjava.pose.KeypointSet;
import io.github.rtmjava.pose.PersonPose;
import io.github.rtmjava.pose.PoseResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CalibrationTest {
  private static final String FRONT =
      """
      [cam_0]
      name = "front"
      size = [1280, 720]
      matrix = [[1000.0, 0.0, 640.0], [0.0, 1010.0, 360.0], [0.0, 0.0, 1.0]]
      distortions = [-0.2, 0.05, 0.001, -0.002]
      rotation = [1.5707963267948966, 0.0, 0.0]
      translation = [0.0, 1.5, 4.0]
      fisheye = false

      """;
  private static final String SIDE =
      """
      [side]
      size = [640.0, 480.0]
      matrix = [[600, 0, 320], [0, 600, 240], [0, 0, 1]]

      [metadata]
      adjusted = false
      error = 0.0
      """;

  @TempDir Path folder;

  @Test
  void theOnlyCameraNeedsNoName() throws IOException {
    Calibration calibration = Calibration.read(file(FRONT));
    assertEquals("front", calibration.name());
    assertEquals(
        new Camera(1000, 1010, 640, 360, Camera.NOMINAL_ROOT_DEPTH), calibration.camera(1280, 720));
  }

  @Test
  void oneOfSeveralCamerasIsNamed() throws IOException {
    assertEquals("side", Calibration.read(file(FRONT + SIDE), "side").name());
  }

  @Test
  void oneOfSeveralCamerasMustBeNamed() {
    failure("expected one camera, found 2 (front, side)", FRONT + SIDE);
  }

  @Test
  void anUnknownCameraIsRefusedWithThoseThereAre() throws IOException {
    Path file = file(FRONT + SIDE);
    IOException e = assertThrows(CalibrationException.class, () -> Calibration.read(file, "back"));
    assertTrue(e.getMessage().endsWith("expected a camera back, found front, side"));
  }

  @Test
  void smallerPicturesHaveASmallerFocalLength() throws IOException {
    Camera camera = Calibration.read(file(FRONT)).camera(640, 360);
    assertEquals(500, camera.fx(), 1e-9);
    assertEquals(505, camera.fy(), 1e-9);
    assertEquals(319.75, camera.cx(), 1e-9);
  }

  @Test
  void croppedPicturesAreRefused() throws IOException {
    Calibration calibration = Calibration.read(file(FRONT));
    assertThrows(CalibrationException.class, () -> calibration.camera(640, 480));
  }

  @Test
  void extrinsicsSayWhereTheCameraStands() throws IOException {
    Calibration calibration = Calibration.read(file(FRONT));
    // Turned by 90 degrees around X: the world's Z is the camera's -Y, so p = (0, -4, 1.5).
    assertArrayEquals(
        new double[] {0, -4, 1.5}, calibration.world().orElseThrow().position(), 1e-9);
    assertTrue(Calibration.read(file(SIDE)).world().isEmpty());
  }

  @Test
  void withoutCoefficientsALensIsStraight() throws IOException {
    assertTrue(Calibration.read(file(FRONT)).isDistorted());
    assertFalse(Calibration.read(file(SIDE)).isDistorted());
    String zero = FRONT.replace("[-0.2, 0.05, 0.001, -0.002]", "[0.0, 0.0, 0.0, 0.0, 0.0]");
    assertFalse(Calibration.read(file(zero)).isDistorted());
  }

  @Test
  void keypointsAreMovedToWhereAStraightLensSeesThem() throws IOException {
    Calibration calibration = Calibration.read(file(FRONT));
    Camera camera = calibration.camera(1280, 720);
    double[] bent = Lens.of(new double[] {-0.2, 0.05, 0.001, -0.002}, false).distort(0.4, -0.3);
    float[][] xy = {
      {(float) (bent[0] * camera.fx() + camera.cx()), (float) (bent[1] * camera.fy() + camera.cy())}
    };
    KeypointSet one = KeypointSet.of("one", 1);
    PersonPose person = new PersonPose(new Box(0, 0, 9, 9), 1, xy, new float[0][], new float[] {1});
    PoseResult result = new PoseResult(1280, 720, "m", Frame3d.CAMERA, one, List.of(person));

    float[] straight = calibration.undistort(result).persons().get(0).keypoints()[0];

    assertArrayEquals(new float[] {1040, 57}, straight, 1e-2f);
  }

  @ParameterizedTest
  @CsvSource({"false", "true"})
  void whatALensBendsIsStraightenedAgain(boolean fisheye) {
    Lens lens = Lens.of(new double[] {-0.12, 0.03, 0.002, -0.001}, fisheye);
    Random random = new Random(5);
    for (int i = 0; i < 1000; i++) {
      double x = 1.2 * (random.nextDouble() - 0.5);
      double y = 1.2 * (random.nextDouble() - 0.5);
      double[] bent = lens.distort(x, y);
      assertArrayEquals(new double[] {x, y}, lens.undistort(bent[0], bent[1]), 1e-6);
    }
  }

  @Test
  void whereNoDirectionLandsNoneIsFound() {
    Lens lens = Lens.of(new double[] {-0.3, 0, 0, 0}, false);
    // This lens puts nothing farther out than 0.7.
    assertTrue(Double.isNaN(lens.undistort(2, 0)[0]));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "size = [1280, 720] | size = [1280] | expected size to be 2 numbers",
        "size = [1280, 720] | size = [0, 720] | in pixels, 1 to 100000",
        "size = [1280, 720] | size = [1e300, 720] | expected size to be 2 numbers",
        "size = [1280, 720] | size = 'large' | expected size to be 2 numbers",
        "size = [1280, 720] | '' | expected size to be 2 numbers",
        "[1000.0, 0.0, 640.0] | [nan, 0.0, 640.0] | expected matrix to be 3 numbers",
        "[1000.0, 0.0, 640.0] | [-5.0, 0.0, 640.0] | focal lengths above 0",
        "[1000.0, 0.0, 640.0] | [1000.0, 9.0, 640.0] | no skew",
        "[1000.0, 0.0, 640.0], | '' | expected matrix to be 3 rows of 3 numbers",
        "distortions = [-0.2 | distortions = [1,2,3,4,5,6,7,8,9, 0.1 | thin prisms",
        "rotation = [1.5707963267948966 | rotation = [inf | expected rotation to be 3 numbers",
        "[cam_0] | [cam_0 | expected a calibration in TOML, found",
        "name = \"front\" | cam = { a = 1 | expected a calibration in TOML, found",
      })
  void whatIsNotACameraIsRefused(String good, String bad, String message) {
    assertTrue(FRONT.contains(good), good);
    failure(message, FRONT.replace(good, bad));
  }

  @Test
  void aFileWithoutCamerasIsRefused() {
    failure("expected a table for each camera, found none", "[metadata]\nerror = 0.0\n");
    failure("expected tables of cameras, found the value a", "a = 1\n");
    failure("expected a table for each camera, found none", "");
  }

  @Test
  void aFileOfMoreThanAMegabyteIsRefused() {
    failure("expected a calibration file of at most 1048576 bytes", "#".repeat(1 << 20) + "#");
  }

  @Test
  void arraysNestedDeeplyAreRefused() {
    failure("expected", "a = " + "[".repeat(500_000));
    failure("expected", "[" + "a.".repeat(200_000) + "a]\nb = 1\n");
  }

  @Test
  void damagedFilesFailAsCalibrations() throws IOException {
    byte[] good = (FRONT + SIDE).getBytes(StandardCharsets.UTF_8);
    Random random = new Random(11);
    Path file = folder.resolve("damaged.toml");
    for (int i = 0; i < 3000; i++) {
      byte[] bytes = good.clone();
      for (int n = 1 + random.nextInt(4); n > 0; n--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      Files.write(file, bytes);
      try {
        Calibration.read(file, "front").camera(1280, 720);
      } catch (CalibrationException e) {
        assertTrue(e.getMessage().contains("expected"), e.getMessage());
      }
    }
  }

  private void failure(String message, String text) {
    IOException e = assertThrows(CalibrationException.class, () -> Calibration.read(file(text)));
    assertTrue(e.getMessage().contains(message), e.getMessage());
    assertEquals(1, e.getMessage().lines().count());
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("calib.toml"), text);
  }
}
