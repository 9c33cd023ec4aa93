package io.github.rtmjava.motion.calibration;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import io.github.rtmjava.files.Text;
import io.github.rtmjava.motion.space.WorldPose;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads calibration files: a table for each camera with {@code name}, {@code size} [width, height],
 * {@code matrix} [3][3], {@code distortions}, {@code rotation} [3] (Rodrigues), {@code translation}
 * [3] and {@code fisheye}; and a table {@code metadata}, which is not read.
 */
final class CalibrationFile {
  /** Bytes; a camera takes half a kilobyte. */
  private static final int LARGEST = 1 << 20;

  private static final int MOST_PIXELS = 100_000;

  private final Path file;

  private CalibrationFile(Path file) {
    this.file = file;
  }

  static List<Calibration> read(Path file) throws IOException {
    return new CalibrationFile(file).cameras();
  }

  private List<Calibration> cameras() throws IOException {
    List<Calibration> cameras = new ArrayList<>();
    for (Map.Entry<String, JsonNode> table : tree().properties()) {
      if (!table.getKey().equals("metadata")) {
        cameras.add(camera(table.getKey(), table.getValue()));
      }
    }
    if (cameras.isEmpty()) {
      throw new CalibrationException(
          file + ": expected a table for each camera, found none; see docs/3d.md for the format");
    }
    return cameras;
  }

  private JsonNode tree() throws IOException {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(LARGEST + 1);
    }
    if (bytes.length > LARGEST) {
      throw new CalibrationException(
          "%s: expected a calibration file of at most %s bytes, found more"
              .formatted(file, LARGEST));
    }
    try {
      return new TomlMapper().readTree(Text.of(bytes));
    } catch (JsonProcessingException | StackOverflowError e) {
      throw new CalibrationException(
          "%s: expected a calibration in TOML, found%s"
              .formatted(
                  file,
                  e instanceof JsonProcessingException problem
                      ? " %s (line %s)".formatted(firstLine(problem), line(problem))
                      : " arrays nested too deeply"));
    }
  }

  private static String firstLine(JsonProcessingException e) {
    return String.valueOf(e.getOriginalMessage()).lines().findFirst().orElse("something else");
  }

  private static String line(JsonProcessingException e) {
    return e.getLocation() == null ? "?" : String.valueOf(e.getLocation().getLineNr());
  }

  private Calibration camera(String table, JsonNode camera) throws CalibrationException {
    if (!camera.isObject()) {
      throw new CalibrationException(
          "%s: expected tables of cameras, found the value %s".formatted(file, table));
    }
    JsonNode name = camera.get("name");
    double[] size = numbers(table, camera, "size", 2);
    for (double pixels : size) {
      if (!(pixels >= 1 && pixels <= MOST_PIXELS) || pixels != Math.rint(pixels)) {
        throw bad(table, "size", "[width, height] in pixels, 1 to " + MOST_PIXELS);
      }
    }
    boolean fisheye = camera.path("fisheye").asBoolean(false);
    return new Calibration(
        name != null && name.isTextual() ? name.textValue() : table,
        (int) size[0],
        (int) size[1],
        matrix(table, camera),
        Lens.of(distortions(table, camera, fisheye), fisheye),
        world(table, camera));
  }

  private double[][] matrix(String table, JsonNode camera) throws CalibrationException {
    JsonNode rows = camera.path("matrix");
    if (!rows.isArray() || rows.size() != 3) {
      throw bad(table, "matrix", "3 rows of 3 numbers");
    }
    double[][] matrix = new double[3][];
    for (int i = 0; i < 3; i++) {
      matrix[i] = numbers(table, rows.get(i), "matrix", 3, 3);
    }
    if (!(matrix[0][0] > 0 && matrix[1][1] > 0)) {
      throw bad(table, "matrix", "focal lengths above 0");
    }
    if (Math.abs(matrix[0][1]) > 1e-3 * matrix[0][0]) {
      throw bad(table, "matrix", "no skew (0 in the first row's middle)");
    }
    return matrix;
  }

  private double[] distortions(String table, JsonNode camera, boolean fisheye)
      throws CalibrationException {
    if (!camera.has("distortions")) {
      return new double[0];
    }
    double[] found = numbers(table, camera.path("distortions"), "distortions", 0, 14);
    int most = fisheye ? 4 : 8;
    for (int i = most; i < found.length; i++) {
      if (found[i] != 0) {
        throw bad(
            table,
            "distortions",
            fisheye
                ? "k1, k2, k3, k4 of a fisheye lens"
                : "k1, k2, p1, p2, k3, k4, k5, k6 (thin prisms and tilted sensors are not read)");
      }
    }
    return found;
  }

  private @Nullable WorldPose world(String table, JsonNode camera) throws CalibrationException {
    if (!camera.has("rotation") || !camera.has("translation")) {
      return null;
    }
    return WorldPose.ofExtrinsics(
        numbers(table, camera, "rotation", 3), numbers(table, camera, "translation", 3));
  }

  private double[] numbers(String table, JsonNode camera, String field, int count)
      throws CalibrationException {
    return numbers(table, camera.path(field), field, count, count);
  }

  private double[] numbers(String table, JsonNode array, String field, int fewest, int most)
      throws CalibrationException {
    String expected = fewest == most ? fewest + " numbers" : "at most " + most + " numbers";
    if (!array.isArray() || array.size() < fewest || array.size() > most) {
      throw bad(table, field, expected);
    }
    double[] numbers = new double[array.size()];
    for (int i = 0; i < numbers.length; i++) {
      JsonNode value = array.get(i);
      numbers[i] = value.doubleValue();
      if (!value.isNumber() || !(Math.abs(numbers[i]) < 1e9)) {
        throw bad(table, field, expected + " below a billion");
      }
    }
    return numbers;
  }

  private CalibrationException bad(String table, String field, String expected) {
    return new CalibrationException(
        "%s: camera %s: expected %s to be %s".formatted(file, table, field, expected));
  }
}
