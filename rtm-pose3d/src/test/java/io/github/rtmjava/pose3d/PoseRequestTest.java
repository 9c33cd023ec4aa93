package io.github.rtmjava.pose3d;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.architectures.simcc.RandomSpecs;
import io.github.rtmjava.engine.BatchLimits;
import io.github.rtmjava.engine.Deadline;
import io.github.rtmjava.engine.EngineOptions;
import io.github.rtmjava.engine.Runners;
import io.github.rtmjava.geometry.Box;
import io.github.rtmjava.geometry.Camera;
import io.github.rtmjava.geometry.Frame3d;
import io.github.rtmjava.image.Image;
import io.github.rtmjava.image.NativePictures;
import io.github.rtmjava.model.MapWeights;
import io.github.rtmjava.model.Model;
import io.github.rtmjava.model.Provenance;
import io.github.rtmjava.pose.PoseResult;
import io.github.rtmjava.web.Redirects;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Requests to a model whose one session computes when it may. */
@Timeout(60)
class PoseRequestTest {
  private static final Image PICTURE = Image.ofBgr(200, 100, new byte[200 * 100 * 3]);
  private static final List<Box> BOXES = List.of(new Box(60, 10, 140, 90));
  private static final PoseRequest PLAIN = new PoseRequest(PICTURE, BOXES, PoseOptions.DEFAULT);

  private final Semaphore gate = new Semaphore(0);
  private final PeakEngine engine = new PeakEngine(1, gate);
  private PoseInferencer inferencer;

  @BeforeEach
  void open() throws IOException {
    inferencer = inferencer("rtmw3d");
  }

  @AfterEach
  void close() {
    gate.release(1 << 20);
    inferencer.close();
    assertEquals(0, NativePictures.open());
  }

  private PoseInferencer inferencer(String architecture) throws IOException {
    Model model =
        new Model(
            "made",
            new RandomSpecs(2).next(architecture, 64, 64),
            new MapWeights(Map.of()),
            new Provenance("", "", "", ""));
    BatchLimits limits = new BatchLimits(4, Duration.ZERO, /* sessions= */ 1, /* queue= */ 8);
    Runners runners = new Runners(engine, EngineOptions.DEFAULT, limits);
    PoseEstimator estimator = PoseEstimators.of(model, runners, /* flipTest= */ false);
    return new PoseInferencer(
        new PosePipeline(estimator, null, PoseOptions.DEFAULT), 8, Redirects.PUBLIC);
  }

  private static <T> T get(Future<T> future) throws Exception {
    return future.get(50, TimeUnit.SECONDS);
  }

  private static Throwable failure(Future<?> future) {
    return assertThrows(ExecutionException.class, () -> get(future)).getCause();
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    while (!condition.getAsBoolean()) {
      Thread.sleep(1);
    }
  }

  /** Makes the only session busy. */
  private CompletableFuture<PoseResult> busy() throws InterruptedException {
    CompletableFuture<PoseResult> first = inferencer.submit(PLAIN);
    await(() -> engine.batches().size() == 1);
    return first;
  }

  @Test
  void picturesOfSeveralCallersShareABatchWithOptionsOfTheirOwn() throws Exception {
    CompletableFuture<PoseResult> first = busy();
    Camera near = Camera.nominal(200, 100).withRootDepth(2);
    Camera far = Camera.nominal(200, 100).withRootDepth(8);
    CompletableFuture<PoseResult> nearby = inferencer.submit(with(o -> o.withCamera(near)));
    CompletableFuture<PoseResult> faraway = inferencer.submit(with(o -> o.withCamera(far)));
    CompletableFuture<PoseResult> compatible =
        inferencer.submit(with(o -> o.withCompat(Compat.RTMPOSE3D)));
    gate.release(1 << 20);
    assertArrayEquals(new float[] {0, 0, 2}, root(get(nearby)), 1e-3f);
    assertArrayEquals(new float[] {0, 0, 8}, root(get(faraway)), 1e-3f);
    assertEquals(Frame3d.RTMPOSE3D, get(compatible).frame());
    float nominal = (float) Camera.NOMINAL_ROOT_DEPTH;
    assertArrayEquals(new float[] {0, 0, nominal}, root(get(first)), 1e-3f);
    assertArrayEquals(new float[] {0, 0, nominal}, root(inferencer.predict(PICTURE, BOXES)), 1e-3f);
    assertEquals(List.of(1, 3, 1), engine.batches());
    assertEquals(1, engine.compiled().get());
  }

  @Test
  void twoThreadsWithOnePictureEachShareABatch() throws Exception {
    CompletableFuture<PoseResult> first = busy();
    List<CompletableFuture<PoseResult>> begun = new CopyOnWriteArrayList<>();
    Thread one = new Thread(() -> begun.add(inferencer.submit(PLAIN)));
    Thread other = new Thread(() -> begun.add(inferencer.submit(PLAIN)));
    one.start();
    other.start();
    one.join();
    other.join();
    gate.release(1 << 20);
    for (CompletableFuture<PoseResult> each : begun) {
      assertEquals(1, get(each).size());
    }
    assertEquals(1, get(first).size());
    assertEquals(List.of(1, 2), engine.batches());
  }

  private static PoseRequest with(UnaryOperator<PoseOptions> change) {
    return new PoseRequest(PICTURE, BOXES, change.apply(PoseOptions.DEFAULT));
  }

  private static float[] root(PoseResult result) {
    return result.persons().get(0).keypoints3d()[0];
  }

  @Test
  void aCrowdGoesThroughInSeveralBatches() throws Exception {
    gate.release(1 << 20);
    PoseRequest crowd =
        new PoseRequest(PICTURE, Collections.nCopies(30, BOXES.get(0)), PoseOptions.DEFAULT);
    assertEquals(30, get(inferencer.submit(crowd)).size());
    assertEquals(List.of(4, 4, 4, 4, 4, 4, 4, 2), engine.batches());
  }

  @Test
  void whoCancelsTakesBackWhatWaits() throws Exception {
    CompletableFuture<PoseResult> first = busy();
    assertTrue(inferencer.submit(PLAIN).cancel(false));
    gate.release(1 << 20);
    get(first);
    get(inferencer.submit(PLAIN));
    assertEquals(List.of(1, 1), engine.batches());
  }

  @Test
  void whoCancelsGivesBackThePictureThatIsUploaded() throws Exception {
    CompletableFuture<PoseResult> first = busy();
    assertEquals(1, NativePictures.open());
    CompletableFuture<PoseResult> waiting = inferencer.submit(PLAIN);
    assertEquals(1, NativePictures.open(), "what waits is not uploaded");
    assertTrue(first.cancel(false));
    assertEquals(0, NativePictures.open());
    gate.release(1 << 20);
    assertEquals(1, get(waiting).size());
  }

  @Test
  void manyRequestsThatAreCancelledAtAnyTimeLeaveNoPicture() throws Exception {
    gate.release(1 << 20);
    SplittableRandom random = new SplittableRandom(5);
    PoseRequest crowd =
        new PoseRequest(PICTURE, Collections.nCopies(7, BOXES.get(0)), PoseOptions.DEFAULT);
    for (int i = 0; i < 300; i++) {
      CompletableFuture<PoseResult> request = inferencer.submit(i % 2 == 0 ? PLAIN : crowd);
      for (int spins = random.nextInt(4000); spins > 0 && !request.isDone(); spins--) {
        Thread.onSpinWait();
      }
      request.cancel(false);
    }
    get(inferencer.submit(PLAIN));
    await(() -> NativePictures.open() == 0);
  }

  @Test
  void whatMissesItsDeadlineIsNotComputed() throws Exception {
    CompletableFuture<PoseResult> first = busy();
    CompletableFuture<PoseResult> late =
        inferencer.submit(PLAIN, Deadline.in(Duration.ofMillis(5)));
    assertInstanceOf(TimeoutException.class, failure(late));
    gate.release(1 << 20);
    get(first);
    assertEquals(List.of(1), engine.batches());
  }

  @Test
  void whatDoesNotFitIsRejected() throws Exception {
    CompletableFuture<PoseResult> first = busy();
    List<Box> four = Collections.nCopies(4, BOXES.get(0));
    PoseRequest large = new PoseRequest(PICTURE, four, PoseOptions.DEFAULT);
    CompletableFuture<PoseResult> one = inferencer.submit(large);
    CompletableFuture<PoseResult> other = inferencer.submit(large);
    assertInstanceOf(RejectedExecutionException.class, failure(inferencer.submit(PLAIN)));
    assertFalse(one.isDone());
    gate.release(1 << 20);
    assertEquals(9, get(one).size() + get(other).size() + get(first).size());
  }

  @Test
  void whatCannotBeIsRefusedAtOnce() throws IOException {
    PoseRequest wrong = new PoseRequest(PICTURE, List.of(new Box(5, 5, 5, 5)), PoseOptions.DEFAULT);
    assertThrows(IllegalArgumentException.class, () -> inferencer.submit(wrong));
    PoseRequest compatible =
        new PoseRequest(PICTURE, BOXES, PoseOptions.DEFAULT.withCompat(Compat.RTMPOSE3D));
    try (PoseInferencer flat = inferencer("rtmpose")) {
      assertThrows(IllegalArgumentException.class, () -> flat.submit(compatible));
    }
  }
}
