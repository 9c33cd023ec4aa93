package io.github.rtmjava.app.setter;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.app.FakeEngine;
import io.github.rtmjava.app.MovedFiles;
import io.github.rtmjava.app.Pictures;
import io.github.rtmjava.engine.BatchLimits;
import io.github.rtmjava.engine.EngineException;
import io.github.rtmjava.engine.EngineOptions;
import io.github.rtmjava.engine.Precision;
import io.github.rtmjava.geometry.Box;
import io.github.rtmjava.geometry.Camera;
import io.github.rtmjava.geometry.Frame3d;
import io.github.rtmjava.image.Image;
import io.github.rtmjava.image.Picture;
import io.github.rtmjava.model.Model;
import io.github.rtmjava.model.ModelListener;
import io.github.rtmjava.model.ModelSources;
import io.github.rtmjava.motion.calibration.Calibration;
import io.github.rtmjava.pose.PoseResult;
import io.github.rtmjava.pose3d.Compat;
import io.github.rtmjava.pose3d.PoseBuilder;
import io.github.rtmjava.pose3d.PoseInferencer;
import io.github.rtmjava.pose3d.PoseInferencerBuilder;
import io.github.rtmjava.pose3d.PoseOptions;
import io.github.rtmjava.pose3d.RtmPose3D;
import io.github.rtmjava.pose3d.RtmPose3DBuilder;
import io.github.rtmjava.web.Redirects;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.function.Executable;

/**
 * The builders of what finds poses, with made-up models: the detector sees one person in bright and
 * two in white pictures of 64 x 64, the pose model a nose in the middle of the box.
 */
final class BuilderSetters<B extends PoseBuilder<B>> {
  private static final Box FAKE_BOX = new Box(16, 8, 48, 56);
  private static final Box ALL = new Box(0, 0, 64, 64);
  private static final Image BRIGHT = grey(Pictures.BRIGHT);
  private static final Image WHITE = grey(Pictures.WHITE);

  private final Setters setters;
  private final Class<?> type;
  private final Supplier<B> builders;
  private final Look<B> look;

  /** What a builder's product finds. */
  private interface Look<B> {
    PoseResult at(B builder, Image image) throws IOException;
  }

  private BuilderSetters(Setters setters, Class<?> type, Supplier<B> builders, Look<B> look) {
    this.setters = setters;
    this.type = type;
    this.builders = builders;
    this.look = look;
  }

  static void add(Setters setters, Path folder) throws IOException {
    new BuilderSetters<PoseInferencerBuilder>(
            setters, PoseInferencerBuilder.class, PoseInferencer::builder, BuilderSetters::look)
        .addCommon(folder);
    new BuilderSetters<RtmPose3DBuilder>(
            setters, RtmPose3DBuilder.class, RtmPose3D::builder, BuilderSetters::look)
        .addCommon(folder);
    setters.add(
        RtmPose3DBuilder.class,
        "modelSize(String)",
        () ->
            assertNames(
                "fake-pose:x", RtmPose3D.builder().model("fake-pose").modelSize("x")::build));
    setters.add(
        PoseInferencerBuilder.class,
        "mode(String)",
        () ->
            assertNames(
                "fake-pose:light",
                PoseInferencer.builder().model("fake-pose").mode("light")::build));
    setters.add(
        PoseInferencerBuilder.class,
        "flipTest(boolean)",
        () -> {
          // The made-up network is as sure of a place in the mirror as of that in the picture.
          PoseInferencerBuilder flat = PoseInferencer.builder();
          flat.model("fake-flat-pose").detector("fake-detector").engine("fake");
          assertEquals(0.999, look(flat, BRIGHT).scores()[0][1], 1e-3);
          assertEquals(0.999 / 2, look(flat.flipTest(true), BRIGHT).scores()[0][1], 1e-3);
        });
    setters.add(
        PoseInferencerBuilder.class,
        "batchSize(int)",
        () -> {
          assertEquals(List.of(4), batches(PoseInferencer.builder(), folder));
          assertEquals(List.of(1, 1, 1, 1), batches(PoseInferencer.builder().batchSize(1), folder));
        });
  }

  private void addCommon(Path folder) throws IOException {
    addModels();
    addEngine();
    addPeople();
    addSpace(folder);
    addRequests();
  }

  private B fake() {
    return builders.get().model("fake-pose").detector("fake-detector").engine("fake");
  }

  private void set(String method, Executable effect) {
    setters.add(type, method, effect);
  }

  private void addModels() {
    set(
        "model(String)",
        () -> {
          B plain = builders.get().engine("fake");
          assertEquals("rtmw3d-t_synth-128x96", look.at(plain, BRIGHT).model());
          assertEquals("fake-pose", look.at(plain.model("fake-pose"), BRIGHT).model());
        });
    set(
        "model(Model)",
        () -> {
          Model opened = ModelSources.open("fake-pose");
          assertEquals(
              "fake-pose", look.at(builders.get().engine("fake").model(opened), BRIGHT).model());
        });
    set(
        "detector(String)",
        () -> {
          B plain = builders.get().model("fake-pose").engine("fake");
          assertEquals(0, look.at(plain, BRIGHT).size(), "the embedded one cannot run there");
          assertEquals(FAKE_BOX, box(look.at(plain.detector("fake-detector"), BRIGHT)));
        });
    set(
        "detector(Model)",
        () -> {
          Model opened = ModelSources.open("fake-detector");
          B builder = builders.get().model("fake-pose").engine("fake").detector(opened);
          assertEquals(FAKE_BOX, box(look.at(builder, BRIGHT)));
        });
    set(
        "classes(String[])",
        () -> {
          assertEquals(0, look.at(fake().detector("fake-game-detector"), BRIGHT).size());
          assertEquals(
              FAKE_BOX,
              box(look.at(fake().detector("fake-game-detector").classes("ball"), BRIGHT)));
        });
    set(
        "noDetector()",
        () -> {
          if (type == RtmPose3DBuilder.class) {
            assertThrows(IllegalStateException.class, () -> look.at(fake().noDetector(), BRIGHT));
          } else {
            assertEquals(ALL, box(look.at(fake().noDetector(), BRIGHT)));
          }
        });
    set(
        "listener(ModelListener)",
        () -> {
          List<String> heard = new ArrayList<>();
          ModelListener listener =
              new ModelListener() {
                @Override
                public void notice(String line) {
                  heard.add(line);
                }
              };
          look.at(builders.get().model("fake-pose").engine("fake").listener(listener), BRIGHT);
          assertEquals(1, heard.size(), heard.toString());
          assertTrue(heard.get(0).contains("no detector was named"), heard.toString());
        });
  }

  private void addEngine() {
    set(
        "engine(String)",
        () ->
            assertThrows(
                EngineException.class, () -> look.at(fake().engine("no-such-engine"), BRIGHT)));
    set(
        "device(String)",
        () -> {
          EngineException refused =
              assertThrows(
                  EngineException.class, () -> look.at(builders.get().device("cuda:77"), BRIGHT));
          assertTrue(refused.getMessage().contains("cuda"), refused.getMessage());
        });
    ran("threads(int)", b -> b.threads(3), EngineOptions::threads, 3);
    ran("deterministic(boolean)", b -> b.deterministic(true), EngineOptions::deterministic, true);
    ran(
        "precision(Precision)",
        b -> b.precision(Precision.BFLOAT16),
        EngineOptions::precision,
        Precision.BFLOAT16);
  }

  /** All networks run in a way that is not the usual one. */
  private <T> void ran(
      String method, Function<B, B> setter, Function<EngineOptions, T> part, T expected) {
    set(
        method,
        () -> {
          FakeEngine.takeUses();
          look.at(setter.apply(fake()), BRIGHT);
          List<FakeEngine.Use> uses = FakeEngine.takeUses();
          assertNotEquals(expected, part.apply(EngineOptions.DEFAULT));
          assertTrue(!uses.isEmpty());
          uses.forEach(use -> assertEquals(expected, part.apply(use.options()), use.network()));
        });
  }

  private void addPeople() {
    set(
        "bboxThreshold(float)",
        () -> {
          assertEquals(2, look.at(fake(), WHITE).size());
          assertEquals(1, look.at(fake().bboxThreshold(0.9f), WHITE).size());
        });
    set(
        "nmsIou(float)",
        () -> {
          assertEquals(1, look.at(fake().nmsIou(0.1f), WHITE).size());
          assertEquals(2, look.at(fake().nmsIou(0.2f), WHITE).size());
        });
    set("maxPersons(int)", () -> assertEquals(1, look.at(fake().maxPersons(1), WHITE).size()));
    set(
        "singlePerson(boolean)",
        () -> {
          PoseResult single = look.at(fake().singlePerson(true), WHITE);
          assertEquals(1, single.size());
          assertEquals(FAKE_BOX, box(single));
        });
  }

  private void addSpace(Path folder) throws IOException {
    set(
        "camera(Camera)",
        () ->
            assertArrayEquals(
                new float[] {0.3f, 1.2f, 3},
                nose(look.at(fake().camera(new Camera(100, 50, 22, 12, 3)), BRIGHT)),
                1e-4f));
    Path file = calibration(folder.resolve(type.getSimpleName() + ".toml"));
    set(
        "calibration(Calibration)",
        () -> {
          float[] nose = nose(look.at(fake().calibration(Calibration.read(file)), BRIGHT));
          assertArrayEquals(new float[] {0.1f * nose[2], 0.4f * nose[2], 5.14388f}, nose, 1e-4f);
        });
    set(
        "redirects(Redirects)",
        () -> {
          System.setProperty("rtm.cache", folder.resolve("cache").toString());
          try (MovedFiles moved = new MovedFiles(folder, file)) {
            B away = fake().detector(moved.address("no-model.pth"));
            String refused = refusal(away);
            assertTrue(refused.contains("--allow-private-hosts"), refused);
            String read = refusal(away.redirects(Redirects.PRIVATE_TOO));
            assertFalse(read.contains("redirect"), read);
          } finally {
            System.clearProperty("rtm.cache");
          }
        });
    set(
        "compat(Compat)",
        () -> {
          assertEquals(Frame3d.CAMERA, look.at(fake(), BRIGHT).frame());
          assertEquals(Frame3d.RTMPOSE3D, look.at(fake().compat(Compat.RTMPOSE3D), BRIGHT).frame());
        });
  }

  private void addRequests() {
    set(
        "options(PoseOptions)",
        () -> {
          PoseOptions one = PoseOptions.DEFAULT.withMaxPersons(1);
          assertEquals(2, look.at(fake(), WHITE).size());
          assertEquals(1, look.at(fake().options(one), WHITE).size());
        });
    set(
        "sharedBatches(BatchLimits)",
        () -> {
          BatchLimits alone = new BatchLimits(1, Duration.ZERO, 1, 8);
          assertEquals(List.of(2), poseBatches(fake()));
          assertEquals(List.of(1, 1), poseBatches(fake().sharedBatches(alone)));
        });
  }

  /** Sizes of the pose model's batches for a picture with two people. */
  private List<Integer> poseBatches(B builder) throws IOException {
    FakeEngine.takeUses();
    assertEquals(2, look.at(builder, WHITE).size());
    return FakeEngine.takeUses().stream()
        .filter(use -> use.act() == FakeEngine.Act.RUN && !use.network().equals("fake detector"))
        .map(FakeEngine.Use::count)
        .toList();
  }

  /** A camera with its middle beside the middle of the picture. */
  static Path calibration(Path target) throws IOException {
    return Files.writeString(
        target,
        """
            [left]
            name = "left"
            size = [ 64.0, 64.0]
            matrix = [ [ 100.0, 0.0, 22.0], [ 0.0, 50.0, 12.0], [ 0.0, 0.0, 1.0]]
            distortions = [ 0.0, 0.0, 0.0, 0.0]
            rotation = [ 0.0, 0.0, 0.0]
            translation = [ 0.0, 0.0, 0.0]
            fisheye = false
            """);
  }

  private String refusal(B builder) {
    return String.valueOf(
        assertThrows(IOException.class, () -> look.at(builder, BRIGHT)).getMessage());
  }

  private static PoseResult look(PoseInferencerBuilder builder, Image image) throws IOException {
    try (PoseInferencer model = builder.build()) {
      return model.predict(image);
    }
  }

  private static PoseResult look(RtmPose3DBuilder builder, Image image) throws IOException {
    try (RtmPose3D model = builder.build()) {
      return model.predict(image);
    }
  }

  /** Sizes of the detector's batches for four pictures. */
  private static List<Integer> batches(PoseInferencerBuilder builder, Path folder)
      throws IOException {
    Path file = Pictures.write(folder.resolve("pictures/bright.png"), Pictures.BRIGHT);
    builder.model("fake-pose").detector("fake-detector").engine("fake");
    FakeEngine.takeUses();
    try (PoseInferencer model = builder.build();
        Stream<?> found = model.infer(Stream.generate(() -> Picture.of(file)).limit(4))) {
      assertEquals(4, found.count());
    }
    return FakeEngine.takeUses().stream()
        .filter(use -> use.act() == FakeEngine.Act.RUN && use.network().equals("fake detector"))
        .map(FakeEngine.Use::count)
        .toList();
  }

  /** The made-up models have no others of their name: which was asked for is in the error. */
  private static void assertNames(String reference, Executable build) {
    Exception refused = assertThrows(Exception.class, build);
    assertTrue(String.valueOf(refused.getMessage()).contains(reference), refused.getMessage());
  }

  private static Box box(PoseResult result) {
    Box box = result.persons().get(0).bbox();
    return new Box(
        Math.round(box.x1()), Math.round(box.y1()), Math.round(box.x2()), Math.round(box.y2()));
  }

  static float[] nose(PoseResult result) {
    return result.keypoints3d()[0][0];
  }

  static Image grey(int value) {
    byte[] pixels = new byte[64 * 64 * 3];
    Arrays.fill(pixels, (byte) value);
    return Image.ofBgr(64, 64, pixels);
  }
}
