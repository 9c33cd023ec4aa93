package io.github.rtmjava.output.parquet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.jerolba.carpet.CarpetReader;
import com.jerolba.carpet.annotation.Alias;
import io.github.rtmjava.geometry.Box;
import io.github.rtmjava.geometry.Camera;
import io.github.rtmjava.geometry.Frame3d;
import io.github.rtmjava.output.format.PoseFormat;
import io.github.rtmjava.output.format.PoseFormats;
import io.github.rtmjava.output.format.PoseWriter;
import io.github.rtmjava.pose.KeypointSet;
import io.github.rtmjava.pose.PersonPose;
import io.github.rtmjava.pose.PoseFrame;
import io.github.rtmjava.pose.PoseResult;
import io.github.rtmjava.pose.Recording;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParquetFormatTest {
  private static final KeypointSet BODY = KeypointSet.of("coco", 17);

  @TempDir Path folder;

  /** What the library reads. */
  record Read(
      long frame,
      @Alias("time_s") double time,
      int id,
      boolean interpolated,
      String keypoint,
      @Alias("x_px") float x,
      @Alias("y_px") float y,
      float score,
      @Alias("x_m") Float x3d,
      @Alias("y_m") Float y3d,
      @Alias("z_m") Float z3d) {}

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void posesComeBackBitByBit(long seed) throws IOException {
    Recording recording = recording(Camera.nominal(640, 480));
    List<PoseFrame> frames = random(recording, seed);

    write(recording, frames);

    List<Read> rows = read();
    int at = 0;
    for (PoseFrame frame : frames) {
      for (PersonPose person : frame.result().persons()) {
        for (int k = 0; k < 17; k++) {
          float[] flat = person.keypoints()[k];
          float[] deep = person.keypoints3d()[k];
          assertEquals(
              new Read(
                  frame.index(),
                  frame.time(),
                  person.id().orElseThrow(),
                  person.interpolated(),
                  BODY.points().get(k).name(),
                  flat[0],
                  flat[1],
                  person.scores()[k],
                  deep[0],
                  deep[1],
                  deep[2]),
              rows.get(at++));
        }
      }
    }
    assertEquals(rows.size(), at);
  }

  @Test
  @Timeout(30)
  void isFoundOnThreadsThatKnowNoClassLoader() throws Exception {
    for (ClassLoader context : new ClassLoader[] {null, ClassLoader.getPlatformClassLoader()}) {
      FutureTask<List<String>> look =
          new FutureTask<>(() -> PoseFormats.all().stream().map(PoseFormat::id).toList());
      Thread thread = new Thread(look);
      thread.setContextClassLoader(context);
      thread.start();
      assertTrue(look.get(20, TimeUnit.SECONDS).contains("parquet"));
    }
  }

  @Test
  void modelsWithoutDepthHaveNoCoordinatesThere() throws IOException {
    Recording recording = recording(null);
    write(recording, random(recording, 1));
    assertNull(read().get(0).x3d());
  }

  @Test
  void whatIsNotFinishedLeavesNothing() throws IOException {
    Recording recording = recording(null);
    try (PoseWriter writer = PoseFormats.of("parquet").open(recording, folder, "walk")) {
      for (PoseFrame frame : random(recording, 2)) {
        writer.write(frame);
      }
    }
    try (Stream<Path> left = Files.list(folder)) {
      assertEquals(List.of(), left.toList());
    }
  }

  @Test
  void nothingButTheFileIsLeft() throws IOException {
    Recording recording = recording(null);
    write(recording, random(recording, 2));
    try (Stream<Path> left = Files.list(folder)) {
      assertEquals(List.of(folder.resolve("walk.parquet")), left.toList());
    }
  }

  private void write(Recording recording, List<PoseFrame> frames) throws IOException {
    try (PoseWriter writer = PoseFormats.of("parquet").open(recording, folder, "walk")) {
      for (PoseFrame frame : frames) {
        writer.write(frame);
      }
      writer.finish();
    }
  }

  private List<Read> read() throws IOException {
    return new CarpetReader<>(folder.resolve("walk.parquet").toFile(), Read.class).toList();
  }

  private static Recording recording(@Nullable Camera camera) {
    return new Recording("a.mp4", 640, 480, 25, 0, "tiny", Frame3d.CAMERA, BODY, camera);
  }

  private static List<PoseFrame> random(Recording recording, long seed) {
    Random random = new Random(seed);
    List<PoseFrame> frames = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      List<PersonPose> people = new ArrayList<>();
      for (int id = 1; id < 4; id++) {
        if (i == 0 || random.nextBoolean()) {
          PersonPose person =
              new PersonPose(
                      new Box(1, 2, 3, 4),
                      1,
                      rows(17, 2, random),
                      rows(recording.camera() == null ? 0 : 17, 3, random),
                      rows(1, 17, random)[0])
                  .withId(id);
          people.add(random.nextBoolean() ? person : person.asInterpolated());
        }
      }
      frames.add(
          new PoseFrame(
              3L * i, i / 7.0, new PoseResult(640, 480, "tiny", recording.frame(), BODY, people)));
    }
    return frames;
  }

  private static float[][] rows(int count, int size, Random random) {
    float[][] rows = new float[count][size];
    for (float[] row : rows) {
      for (int i = 0; i < size; i++) {
        row[i] = (float) random.nextGaussian();
      }
    }
    return rows;
  }
}
