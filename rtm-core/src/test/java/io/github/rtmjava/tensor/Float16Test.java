package io.github.rtmjava.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class Float16Test {

  @Test
  void everyHalfSurvivesTheWayThroughFloat() {
    for (int bits = 0; bits <= 0xffff; bits++) {
      short half = (short) bits;
      float value = Float16.toFloat(half);
      if (Float.isNaN(value)) {
        assertTrue(Float.isNaN(Float16.toFloat(Float16.fromFloat(value))), () -> "NaN is lost");
      } else {
        assertEquals(half, Float16.fromFloat(value), "bits " + Integer.toHexString(bits));
      }
    }
  }

  @Test
  void roundsToTheNearestHalfAndTiesToEven() {
    SplittableRandom random = new SplittableRandom(16);
    for (int i = 0; i < 200_000; i++) {
      short half = (short) random.nextInt(0x7bff);
      float low = Float16.toFloat(half);
      float high = Float16.toFloat((short) (half + 1));
      double middle = ((double) low + high) / 2;
      assertEquals(half, Float16.fromFloat(Math.nextDown((float) middle)));
      assertEquals((short) (half + 1), Float16.fromFloat(Math.nextUp((float) middle)));
      assertEquals((half & 1) == 0 ? half : half + 1, Float16.fromFloat((float) middle));
    }
  }

  @Test
  void whatIsTooLargeBecomesInfinite() {
    assertEquals(65504f, Float16.toFloat(Float16.fromFloat(65519.99f)));
    assertEquals(Float.POSITIVE_INFINITY, Float16.toFloat(Float16.fromFloat(65520f)));
    assertEquals(Float.NEGATIVE_INFINITY, Float16.toFloat(Float16.fromFloat(-1e30f)));
  }

  @Test
  void signedZerosKeepTheirSign() {
    assertEquals((short) 0x8000, Float16.fromFloat(-0f));
    assertEquals(
        Float.floatToRawIntBits(-0f), Float.floatToRawIntBits(Float16.toFloat((short) 0x8000)));
  }

  @Test
  void aBfloatIsTheUpperHalfOfAFloat() {
    for (int bits = 0; bits <= 0xffff; bits++) {
      float value = Float16.bfloatToFloat((short) bits);
      if (Float.isNaN(value)) {
        assertTrue((bits & 0x7fff) > 0x7f80, Integer.toHexString(bits));
      } else {
        assertEquals(bits << 16, Float.floatToRawIntBits(value));
      }
    }
  }
}
