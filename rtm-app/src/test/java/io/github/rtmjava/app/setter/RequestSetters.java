package io.github.rtmjava.app.setter;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.github.rtmjava.app.FakeEngine;
import io.github.rtmjava.app.Pictures;
import io.github.rtmjava.engine.EngineOptions;
import io.github.rtmjava.geometry.Camera;
import io.github.rtmjava.geometry.Frame3d;
import io.github.rtmjava.image.Image;
import io.github.rtmjava.motion.calibration.Calibration;
import io.github.rtmjava.pose.PoseResult;
import io.github.rtmjava.pose3d.Compat;
import io.github.rtmjava.pose3d.PoseConfig;
import io.github.rtmjava.pose3d.PoseInferencer;
import io.github.rtmjava.pose3d.PoseOptions;
import io.github.rtmjava.pose3d.PoseRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.function.Executable;

/** What is set for one request: the models stay compiled, and other requests stay as they were. */
final class RequestSetters {
  private static final PoseOptions PLAIN = PoseOptions.DEFAULT;
  private static final Image BRIGHT = BuilderSetters.grey(Pictures.BRIGHT);
  private static final Image WHITE = BuilderSetters.grey(Pictures.WHITE);

  private RequestSetters() {}

  static void add(Setters setters, Path folder) {
    set(setters, "withBboxThreshold(Float)", () -> people(1, PLAIN.withBboxThreshold(0.9f)));
    set(setters, "withNmsIou(Float)", () -> people(1, PLAIN.withNmsIou(0.1f)));
    set(setters, "withMaxPersons(int)", () -> people(1, PLAIN.withMaxPersons(1)));
    set(setters, "withSinglePerson(boolean)", () -> people(1, PLAIN.withSinglePerson(true)));
    set(
        setters,
        "withCamera(Camera)",
        () -> {
          PoseOptions there = PLAIN.withCamera(new Camera(100, 50, 22, 12, 3));
          assertArrayEquals(
              new float[] {0.3f, 1.2f, 3}, BuilderSetters.nose(look(there, BRIGHT)), 1e-4f);
        });
    set(
        setters,
        "withCalibration(Calibration)",
        () -> {
          Path file = BuilderSetters.calibration(folder.resolve("request.toml"));
          PoseOptions there = PLAIN.withCalibration(Calibration.read(file));
          float[] nose = BuilderSetters.nose(look(there, BRIGHT));
          assertArrayEquals(new float[] {0.1f * nose[2], 0.4f * nose[2], 5.14388f}, nose, 1e-4f);
        });
    set(
        setters,
        "withCompat(Compat)",
        () -> {
          assertEquals(Frame3d.CAMERA, look(PLAIN, BRIGHT).frame());
          assertEquals(Frame3d.RTMPOSE3D, look(PLAIN.withCompat(Compat.RTMPOSE3D), BRIGHT).frame());
        });
    setters.add(
        EngineOptions.class,
        "withThreads(int)",
        () -> {
          FakeEngine.takeUses();
          EngineOptions three = EngineOptions.DEFAULT.withThreads(3);
          try (PoseInferencer inferencer =
              PoseConfig.of("fake-pose").withEngine("fake", three).open()) {
            inferencer.predict(BRIGHT);
          }
          List<FakeEngine.Use> uses = FakeEngine.takeUses();
          assertFalse(uses.isEmpty());
          uses.forEach(use -> assertEquals(3, use.options().threads(), use.network()));
        });
  }

  private static void set(Setters setters, String method, Executable effect) {
    setters.add(PoseOptions.class, method, effect);
  }

  private static void people(int expected, PoseOptions options) throws Exception {
    assertEquals(2, look(PLAIN, WHITE).size());
    assertEquals(expected, look(options, WHITE).size());
  }

  private static PoseResult look(PoseOptions options, Image image) throws Exception {
    try (PoseInferencer inferencer =
        PoseInferencer.builder()
            .model("fake-pose")
            .detector("fake-detector")
            .engine("fake")
            .build()) {
      return inferencer.submit(new PoseRequest(image, options)).get(1, TimeUnit.MINUTES);
    }
  }
}
