package io.github.rtmjava.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.rtmjava.image.Image;
import io.github.rtmjava.image.Images;
import io.github.rtmjava.video.VideoWriter;
import io.github.rtmjava.video.WriterOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Calibrations through the command line: what is found, seen through the lens, is the pixel. */
@Timeout(120)
class CalibratedCameraTest {
  /** As Sports2D and Anipose write them: the camera stands level, 1.5 m high. */
  private static final Camera WIDE =
      new Camera(
          "front",
          320,
          180,
          new double[] {250, 252, 160, 90},
          new double[] {-0.2, 0.05, 0.001, -0.002},
          new double[] {Math.PI / 2, 0, 0},
          new double[] {0.25, 1.5, 4});

  /** As Pose2Sim writes them. */
  private static final Camera TALL =
      new Camera(
          "cam_01",
          240,
          320,
          new double[] {300, 300, 120, 160},
          new double[] {-0.05, 0.01, 0, 0},
          new double[] {1.5708, 0, 0},
          new double[] {0, 1.5, 4});

  @TempDir Path dir;

  /** A camera's numbers, and what it does by its definition. */
  private record Camera(
      String name,
      int width,
      int height,
      double[] pinhole,
      double[] lens,
      double[] rotation,
      double[] translation) {

    String toml() {
      return """
      [%s]
      name = "%s"
      size = [ %d.0, %d.0]
      matrix = [ [ %s, 0.0, %s], [ 0.0, %s, %s], [ 0.0, 0.0, 1.0]]
      distortions = %s
      rotation = %s
      translation = %s
      fisheye = false

      [metadata]
      adjusted = false
      error = 0.0
      """
          .formatted(
              name,
              name,
              width,
              height,
              pinhole[0],
              pinhole[2],
              pinhole[1],
              pinhole[3],
              Arrays.toString(lens),
              Arrays.toString(rotation),
              Arrays.toString(translation));
    }

    /** From the world to the camera: all turns here are about x. */
    double[] toCamera(double[] p) {
      double cosine = Math.cos(rotation[0]);
      double sine = Math.sin(rotation[0]);
      return new double[] {
        p[0] + translation[0],
        cosine * p[1] - sine * p[2] + translation[1],
        sine * p[1] + cosine * p[2] + translation[2]
      };
    }

    /** Brown and Conrady's lens. */
    double[] pixel(double[] p) {
      double x = p[0] / p[2];
      double y = p[1] / p[2];
      double r2 = x * x + y * y;
      double radial = 1 + lens[0] * r2 + lens[1] * r2 * r2;
      return new double[] {
        pinhole[0] * (x * radial + 2 * lens[2] * x * y + lens[3] * (r2 + 2 * x * x)) + pinhole[2],
        pinhole[1] * (y * radial + lens[2] * (r2 + 2 * y * y) + 2 * lens[3] * x * y) + pinhole[3]
      };
    }
  }

  @ParameterizedTest
  @CsvSource({
    "true, false, camera, 1",
    "true, false, world, 1",
    "true, true, camera, 1",
    "true, true, world, 1",
    "false, false, world, 1",
    "false, true, world, 1",
    "true, false, world, 2",
    "true, true, world, 2"
  })
  void whatIsFoundIsSeenThereThroughTheLens(boolean wide, boolean video, String frame, int scale)
      throws IOException {
    Camera camera = wide ? WIDE : TALL;
    int width = scale * camera.width;
    int height = scale * camera.height;
    Path calibration = Files.writeString(dir.resolve("calib.toml"), camera.toml());
    Path input = video ? clip(width, height) : picture(width, height);
    // Keypoint 0 is in the box's middle, which is not the picture's.
    int x = width / 4;
    int y = height / 3;
    Cli.Outcome outcome =
        infer(
            input,
            "--bbox",
            "%d,%d,%d,%d".formatted(x - 30, y - 40, x + 30, y + 40),
            "--calib",
            calibration.toString(),
            "--frame",
            frame,
            "--save",
            "json,trc,viewer");
    assertEquals(0, outcome.code(), outcome.err());

    JsonNode person = persons(video).get(0);
    double[] point = numbers(person.get("keypoints_3d").get(0));
    double[] seen = frame.equals("world") ? camera.toCamera(point) : point;
    double[] pixel = camera.pixel(seen);
    assertEquals(numbers(person.get("keypoints").get(0))[0], scale * (pixel[0] + 0.5) - 0.5, 0.02);
    assertEquals(numbers(person.get("keypoints").get(0))[1], scale * (pixel[1] + 0.5) - 0.5, 0.02);
    assertEquals(5.14388, seen[2], 1e-4, "the nominal distance");
    assertTrue(
        Files.exists(dir.resolve(video ? "out/in_1.trc" : "out/in_0.trc")), "no file of markers");
  }

  @Test
  void aPictureOfOtherProportionsFailsAlone() throws IOException {
    Path calibration = Files.writeString(dir.resolve("calib.toml"), WIDE.toml());
    Path other = picture(64, 64);
    Cli.Outcome outcome =
        infer(other, "--bbox", "10,10,50,60", "--calib", calibration.toString(), "--save", "json");
    assertEquals(1, outcome.code());
    assertTrue(outcome.err().startsWith("rtm: " + other), outcome.err());
    assertTrue(outcome.err().contains("320 x 180, found 64 x 64"), outcome.err());
    assertEquals(1, outcome.errLines().stream().filter(l -> l.startsWith("rtm:")).count());
  }

  @Test
  void aByteOrderMarkIsNoPartOfACalibration() throws IOException {
    Path calibration = dir.resolve("calib.toml");
    for (byte[] bytes :
        List.of(
            ("\ufeff" + TALL.toml()).getBytes(StandardCharsets.UTF_8),
            ("\ufeff" + TALL.toml()).getBytes(StandardCharsets.UTF_16LE))) {
      Files.write(calibration, bytes);
      Cli.Outcome outcome =
          infer(
              picture(240, 320),
              "--bbox",
              "10,10,50,60",
              "--calib",
              calibration + ":cam_01",
              "--save",
              "json");
      assertEquals(0, outcome.code(), outcome.err());
    }
  }

  private Cli.Outcome infer(Path input, String... flags) {
    List<String> all = new ArrayList<>(List.of("infer", input.toString()));
    all.addAll(List.of("-o", dir.resolve("out").toString()));
    all.addAll(List.of("--model", "fake-pose", "--engine", "fake", "--detector", "none"));
    all.addAll(List.of(flags));
    return Cli.run(all.toArray(String[]::new));
  }

  private JsonNode persons(boolean video) throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    if (!video) {
      return mapper.readTree(dir.resolve("out/in.json").toFile()).get("persons");
    }
    List<String> lines = Files.readAllLines(dir.resolve("out/in.smooth.jsonl"));
    return mapper.readTree(lines.get(2)).get("persons");
  }

  private Path picture(int width, int height) throws IOException {
    Path file = dir.resolve("in.png");
    Images.write(Image.ofBgr(width, height, new byte[3 * width * height]), file);
    return file;
  }

  private Path clip(int width, int height) throws IOException {
    Path file = dir.resolve("in.mp4");
    try (VideoWriter video = VideoWriter.open(file, width, height, WriterOptions.of(10))) {
      for (int i = 0; i < 5; i++) {
        video.write(Image.ofBgr(width, height, new byte[3 * width * height]), i / 10.0);
      }
      video.finish();
    }
    return file;
  }

  private static double[] numbers(JsonNode array) {
    double[] out = new double[array.size()];
    for (int i = 0; i < out.length; i++) {
      out[i] = array.get(i).asDouble();
    }
    return out;
  }
}
