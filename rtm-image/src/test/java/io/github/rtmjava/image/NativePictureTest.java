package io.github.rtmjava.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.rtmjava.geometry.Box;
import io.github.rtmjava.geometry.CropGeometry;
import io.github.rtmjava.model.InputSpec;
import io.github.rtmjava.tensor.DType;
import io.github.rtmjava.tensor.Shape;
import io.github.rtmjava.tensor.Tensor;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.bytedeco.opencv.opencv_core.Mat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NativePictureTest {
  private static final Image NOISE = noise(90, 70);
  private static final CropGeometry CROP = CropGeometry.of(new Box(20, -10, 60, 60), 48, 64);

  private int before;

  @BeforeEach
  void count() {
    before = NativePicture.OPEN.get();
  }

  @AfterEach
  void nothingIsLeft() {
    assertEquals(0, open());
  }

  private int open() {
    return NativePicture.OPEN.get() - before;
  }

  @Test
  void theFirstUseUploadsItAndClosingFreesIt() {
    NativePicture picture = NativePicture.of(NOISE);
    assertEquals(0, open());
    Cropper.of(picture).close();
    Cropper.of(picture).close();
    assertEquals(1, open());
    picture.close();
    picture.close();
    assertThrows(IllegalStateException.class, () -> Cropper.of(picture));
  }

  @Test
  void whatUsesAPictureThatIsClosedGoesOn() {
    NativePicture picture = NativePicture.of(NOISE);
    try (Cropper cropper = Cropper.of(picture)) {
      picture.close();
      assertArrayEquals(crop(NOISE).bgr(), cropper.crop(CROP).bgr());
    }
  }

  @Test
  void allUsesSeeTheSamePixels() {
    try (NativePicture picture = NativePicture.of(NOISE);
        Mat one = picture.open();
        Mat other = picture.open()) {
      assertEquals(one.data(), other.data());
      assertArrayEquals(NOISE.bgr(), OpenCv.download(one).bgr());
    }
  }

  @Test
  void theLetterboxPacksWhatItWouldDraw() {
    Letterbox letterbox = Letterbox.of(90, 70, 64, 64);
    ImageNormalizer normalizer = new ImageNormalizer(InputSpec.bgr(64, 64));
    Tensor expected = Tensor.onHeap(DType.FLOAT32, Shape.of(2, 3, 64, 64));
    Tensor packed = Tensor.onHeap(DType.FLOAT32, Shape.of(2, 3, 64, 64));
    normalizer.normalize(letterbox.apply(NOISE), expected, 1);
    try (NativePicture picture = NativePicture.of(NOISE)) {
      letterbox.pack(picture, normalizer, packed, 1);
    }
    assertEquals(expected.bytes(), packed.bytes());
    try (NativePicture other = NativePicture.of(noise(70, 90))) {
      assertThrows(
          IllegalArgumentException.class, () -> letterbox.pack(other, normalizer, packed, 0));
    }
  }

  @Test
  void ofManyLargePicturesOnlyTheFirstAreKept() {
    Image large = Image.owning(6000, 4000, new byte[6000 * 4000 * 3]);
    List<NativePicture> pictures = NativePicture.all(Collections.nCopies(4, large));
    pictures.forEach(picture -> Cropper.of(picture).close());
    assertEquals(2, open());
    NativePicture.closeAll(pictures);
    assertThrows(IllegalStateException.class, () -> Cropper.of(pictures.get(3)));
  }

  @Test
  void picturesAreLentUntilTheResultIsThere() {
    CompletableFuture<String> result = new CompletableFuture<>();
    CompletableFuture<String> lent = lend(result);
    assertEquals(2, open());
    result.complete("done");
    assertEquals(0, open());
    assertEquals("done", lent.join());
  }

  @Test
  void failuresAndCancellationsEndALoan() {
    CompletableFuture<String> failing = new CompletableFuture<>();
    CompletableFuture<String> lent = lend(failing);
    failing.completeExceptionally(new IllegalStateException("made up"));
    assertEquals(0, open());
    assertThrows(RuntimeException.class, lent::join);

    CompletableFuture<String> waiting = new CompletableFuture<>();
    lend(waiting).cancel(false);
    assertEquals(0, open());

    IllegalStateException failure = new IllegalStateException("made up");
    assertSame(
        failure,
        assertThrows(
            IllegalStateException.class,
            () ->
                NativePicture.lend(
                    List.of(NOISE),
                    pictures -> {
                      Cropper.of(pictures.get(0)).close();
                      throw failure;
                    })));
  }

  private static CompletableFuture<String> lend(CompletableFuture<String> result) {
    return NativePicture.lend(
        List.of(NOISE, NOISE),
        pictures -> {
          pictures.forEach(picture -> Cropper.of(picture).close());
          return result;
        });
  }

  private static Image crop(Image image) {
    try (Cropper cropper = Cropper.of(image)) {
      return cropper.crop(CROP);
    }
  }

  private static Image noise(int width, int height) {
    byte[] bgr = new byte[width * height * 3];
    new Random(7).nextBytes(bgr);
    return Image.owning(width, height, bgr);
  }
}
