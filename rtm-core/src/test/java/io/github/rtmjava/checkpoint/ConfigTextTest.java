package io.github.rtmjava.checkpoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ConfigTextTest {
  private static final String TEXT =
      """
      # a comment = 1
      _base_ = ['../_base_/default_runtime.py']
      input_size = (192, 256)
      codec = dict(
          type='SimCCLabel', input_size=input_size, sigma=(4.9, 5.66),
          simcc_split_ratio=2.0, normalize=False, use_dark=True)
      import os; x = os.system('rm')
      if True:
          hidden = 3
      model = dict(
          data_preprocessor=dict(
              bgr_to_rgb=True, mean=[
                  123.675, -1e2,
                  1_000,
              ]),
          head=dict(decoder=codec, name="a" 'b\\'c', out=17 * 2 + 1, half=3 / 2),
          other={'a': None, 3: [(1,), (2)], **dict(z=1)},
          call=SomeClass(a=1)[0].real,
      )
      text = '''two
      lines'''
      last = [1] + [2]
      half_done = dict(a=
      """;

  @Test
  void valuesAreReadAndNothingIsRun() {
    Data.Dict all = ConfigText.parse(TEXT);
    assertArrayEquals(
        new double[] {192, 256}, all.numbers("model", "head", "decoder", "input_size").get());
    assertArrayEquals(new double[] {4.9, 5.66}, all.numbers("codec", "sigma").get());
    assertEquals(2.0, all.number("codec", "simcc_split_ratio").get());
    assertEquals(new Data.Bool(false), all.at("codec", "normalize").get());
    assertArrayEquals(
        new double[] {123.675, -100, 1000},
        all.numbers("model", "data_preprocessor", "mean").get());
    assertEquals("ab'c", all.text("model", "head", "name").get());
    assertEquals(new Data.Int(35), all.at("model", "head", "out").get());
    assertEquals(new Data.Real(1.5), all.at("model", "head", "half").get());
    assertEquals(new Data.None(), all.at("model", "other", "a").get());
    assertEquals(new Data.Int(1), all.at("model", "other", "z").get());
    assertEquals(
        new Data.Int(2), ((Data.Items) all.at("model", "other", "3").get()).values().get(1));
    assertTrue(all.at("model", "call").get() instanceof Data.Opaque);
    assertEquals("two\nlines", all.text("text").get());
    assertArrayEquals(new double[] {1, 2}, all.numbers("last").get());
    assertTrue(all.at("hidden").isEmpty());
    assertTrue(all.at("comment").isEmpty());
  }

  @Test
  @Timeout(60)
  void anyTextIsRead() {
    SplittableRandom random = new SplittableRandom(7);
    String signs = "()[]{}'\"=,:*#\\\n a0.";
    for (int round = 0; round < 3000; round++) {
      StringBuilder text = new StringBuilder(TEXT);
      for (int i = 0; i < 8; i++) {
        int at = random.nextInt(text.length());
        if (random.nextBoolean()) {
          text.setCharAt(at, signs.charAt(random.nextInt(signs.length())));
        } else {
          text.delete(at, Math.min(text.length(), at + random.nextInt(20)));
        }
      }
      ConfigText.parse(text.toString());
    }
    ConfigText.parse("a = " + "(".repeat(100_000));
    ConfigText.parse("a = " + "-".repeat(100_000));
    ConfigText.parse("a = " + "dict(a=".repeat(20_000));
    assertEquals(Data.Dict.EMPTY, ConfigText.parse(""));
  }
}
