package io.github.rtmjava.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.geometry.CropGeometry;
import io.github.rtmjava.model.InputSpec;
import io.github.rtmjava.tensor.DType;
import io.github.rtmjava.tensor.Shape;
import io.github.rtmjava.tensor.Tensor;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WarpTest {
  private static final int CASES = 40;

  @Test
  void cropsOfNoiseFollowTheRecipe() {
    Random random = new Random(7);
    for (int i = 0; i < CASES; i++) {
      Image image = noise(random);
      CropGeometry crop = crop(random, image);
      try (Cropper cropper = Cropper.of(image)) {
        byte[] expected =
            Recipes.warp(image, AffineTransform.of(crop), crop.width(), crop.height());
        int difference = Pixels.maxDifference(expected, cropper.crop(crop).bgr());
        assertTrue(difference <= 1, () -> "%d levels at %s".formatted(difference, crop));
      }
    }
  }

  @Test
  void letterboxedNoiseFollowsTheRecipe() {
    Random random = new Random(8);
    for (int i = 0; i < CASES; i++) {
      Image image = noise(random);
      int size = 32 * (1 + random.nextInt(8));
      Letterbox box = Letterbox.of(image.width(), image.height(), size, size);
      byte[] expected = canvas(box, Recipes.resize(image, box.resizedWidth(), box.resizedHeight()));
      int difference = Pixels.maxDifference(expected, box.apply(image).bgr());
      assertTrue(difference <= 1, () -> "%d levels at %s".formatted(difference, box));
    }
  }

  @Test
  void oneCropperTakesCropsOfDifferentSizes() {
    Random random = new Random(9);
    Image image = noise(random);
    try (Cropper cropper = Cropper.of(image)) {
      for (int i = 0; i < 5; i++) {
        CropGeometry crop = crop(random, image);
        Image first = cropper.crop(crop);
        try (Cropper fresh = Cropper.of(image)) {
          assertArrayEquals(fresh.crop(crop).bgr(), first.bgr());
        }
      }
    }
  }

  @Test
  void packedCropsAreThoseOfPackedPictures() {
    Random random = new Random(10);
    Image image = noise(random);
    ImageNormalizer normalizer = new ImageNormalizer(InputSpec.rgb(24, 32));
    CropGeometry crop = new CropGeometry(40, 30, 60, 80, 24, 32);
    Tensor direct = Tensor.allocate(DType.FLOAT32, Shape.of(2, 3, 32, 24));
    Tensor through = Tensor.allocate(DType.FLOAT32, Shape.of(2, 3, 32, 24));
    try (Cropper cropper = Cropper.of(image)) {
      cropper.pack(crop, normalizer, direct, 1);
      normalizer.normalize(cropper.crop(crop), through, 1);
    }
    assertArrayEquals(through.toFloats(), direct.toFloats());
  }

  @Test
  void packingOrdersChannelsAndDivides() {
    byte[] bgr = {10, 20, 30, (byte) 200, (byte) 210, (byte) 220};
    InputSpec spec =
        new InputSpec(
            2,
            1,
            InputSpec.ChannelOrder.RGB,
            new float[] {1.5f, 2.5f, 3.5f},
            new float[] {3, 7, 11});
    Tensor batch = Tensor.allocate(DType.FLOAT32, Shape.of(2, 3, 1, 2));

    new ImageNormalizer(spec).normalize(Image.ofBgr(2, 1, bgr), batch, 1);

    float[] expected = {
      (30 - 1.5f) / 3, (220 - 1.5f) / 3,
      (20 - 2.5f) / 7, (210 - 2.5f) / 7,
      (10 - 3.5f) / 11, (200 - 3.5f) / 11
    };
    float[] actual = batch.toFloats();
    assertArrayEquals(expected, Arrays.copyOfRange(actual, 6, 12));
    assertArrayEquals(new float[6], Arrays.copyOf(actual, 6));
  }

  @Test
  void aBatchOfAnotherShapeIsRefused() {
    ImageNormalizer normalizer = new ImageNormalizer(InputSpec.rgb(Samples.WIDTH, Samples.HEIGHT));
    Tensor batch = Tensor.allocate(DType.FLOAT32, Shape.of(1, 3, Samples.WIDTH, Samples.HEIGHT));
    Image picture = Samples.picture();

    assertThrows(IllegalArgumentException.class, () -> normalizer.normalize(picture, batch, 0));
  }

  @Test
  void theLetterboxKeepsProportions() {
    Letterbox wide = Letterbox.of(971, 1390, 640, 640);

    assertEquals(447, wide.resizedWidth());
    assertEquals(640, wide.resizedHeight());
    assertEquals(447 / 971.0, wide.scaleX());
    assertEquals(640 / 1390.0, wide.scaleY());
  }

  @Test
  void theThinnestPictureKeepsOnePixel() {
    Letterbox thin = Letterbox.of(10_000, 1, 640, 640);

    assertEquals(1, thin.resizedHeight());
  }

  @Test
  void aRectangleWithoutAreaIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> new CropGeometry(1, 1, 0, 10, 192, 256));
    assertThrows(
        IllegalArgumentException.class, () -> new CropGeometry(Float.NaN, 1, 10, 10, 192, 256));
  }

  private static Image noise(Random random) {
    int width = 20 + random.nextInt(200);
    int height = 20 + random.nextInt(200);
    byte[] bgr = new byte[width * height * 3];
    random.nextBytes(bgr);
    return Image.ofBgr(width, height, bgr);
  }

  private static CropGeometry crop(Random random, Image image) {
    float scale = 10 + 300 * random.nextFloat();
    return new CropGeometry(
        image.width() * (random.nextFloat() * 1.4f - 0.2f),
        image.height() * (random.nextFloat() * 1.4f - 0.2f),
        scale,
        scale / 0.75f,
        48 + random.nextInt(150),
        48 + random.nextInt(200));
  }

  private static byte[] canvas(Letterbox box, byte[] resized) {
    byte[] canvas = new byte[box.targetWidth() * box.targetHeight() * 3];
    Arrays.fill(canvas, (byte) 114);
    int row = box.resizedWidth() * 3;
    for (int y = 0; y < box.resizedHeight(); y++) {
      System.arraycopy(resized, y * row, canvas, y * box.targetWidth() * 3, row);
    }
    return canvas;
  }
}
