package io.github.rtmjava.pose3d;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.rtmjava.engine.BatchLimits;
import io.github.rtmjava.engine.EngineOptions;
import io.github.rtmjava.engine.Precision;
import io.github.rtmjava.geometry.Camera;
import io.github.rtmjava.motion.calibration.Calibration;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PoseConfigTest {
  private static final String CAMERA =
      """
      [cam_0]
      name = "front"
      size = [1280, 720]
      matrix = [[1000.0, 0.0, 640.0], [0.0, 1010.0, 360.0], [0.0, 0.0, 1.0]]
      distortions = [-0.2, 0.05, 0.001, -0.002]
      rotation = [1.5707963267948966, 0.0, 0.0]
      translation = [0.0, 1.5, 4.0]
      """;

  @TempDir private Path folder;

  private PoseConfig full() throws IOException {
    Path file = Files.writeString(folder.resolve("camera.toml"), CAMERA);
    return PoseConfig.of("wholebody")
        .withDetector("default-detector")
        .withEngine("onednn", new EngineOptions("cpu", 1, Precision.FLOAT32, true))
        .withOptions(
            PoseOptions.DEFAULT
                .withBboxThreshold(0.4f)
                .withNmsIou(0.5f)
                .withMaxPersons(3)
                .withCalibration(Calibration.read(file)))
        .withFlipTest(true)
        .withBatches(new BatchLimits(8, Duration.ofMillis(2), 3, 64));
  }

  @Test
  void equalOnesHaveOneInferencer() throws IOException {
    PoseConfig config = full();
    assertEquals(config, full());
    assertEquals(config.hashCode(), full().hashCode());
    assertNotEquals(config, config.withDetector(PoseConfig.NONE));
    assertNotEquals(config, config.withOptions(PoseOptions.DEFAULT));
    assertNotEquals(config, config.withBatches(null));
  }

  @Test
  void itTravelsToAnotherProgramAndBack() throws Exception {
    PoseConfig nominal =
        PoseConfig.of("default")
            .withOptions(PoseOptions.DEFAULT.withCamera(Camera.nominal(640, 480)));
    for (PoseConfig config : new PoseConfig[] {full(), nominal}) {
      URL[] places =
          Stream.of(PoseConfig.class, EngineOptions.class, Calibration.class)
              .map(type -> type.getProtectionDomain().getCodeSource().getLocation())
              .toArray(URL[]::new);
      try (URLClassLoader other =
          new URLClassLoader(places, ClassLoader.getPlatformClassLoader())) {
        Object there = read(write(config), other);
        assertNotSame(PoseConfig.class, there.getClass());
        assertEquals(read(write(config), other), there);
        assertEquals(config, read(write(there), PoseConfig.class.getClassLoader()));
      }
    }
  }

  private static byte[] write(Object object) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(object);
    }
    return bytes.toByteArray();
  }

  private static Object read(byte[] bytes, ClassLoader loader) throws Exception {
    InputStream in = new ByteArrayInputStream(bytes);
    try (ObjectInputStream objects =
        new ObjectInputStream(in) {
          @Override
          protected Class<?> resolveClass(ObjectStreamClass type) throws ClassNotFoundException {
            return Class.forName(type.getName(), false, loader);
          }
        }) {
      return objects.readObject();
    }
  }

  @Test
  void whatCannotBeOpenedIsSaidAndLeavesNothing() {
    PoseConfig config =
        PoseConfig.of("no-such-model").withEngine("short-of-memory", EngineOptions.DEFAULT);
    for (int i = 0; i < 2; i++) {
      assertThrows(IOException.class, () -> SharedInferencers.lease(config));
    }
  }
}
