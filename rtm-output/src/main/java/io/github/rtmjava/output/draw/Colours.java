package io.github.rtmjava.output.draw;

/** Colours of drawings, {@code 0xRRGGBB}. */
final class Colours {
  static final int BACKGROUND = 0x15181d;
  static final int FLOOR = 0x1f242b;
  static final int GRID = 0x3a424d;
  static final int SHADOW = 0x0a0c0f;
  static final int TEXT = 0xd7dde5;
  static final int FAINT_TEXT = 0x7d8896;
  static final int BLACK = 0x000000;
  static final int WHITE = 0xffffff;

  /** Far apart in hue one after another, all of them light enough for black letters. */
  private static final int[] PEOPLE = {
    0xffd23f, 0x4fc3f7, 0xff8a65, 0x81e07a, 0xce93d8, 0xf48fb1, 0x5be0c8, 0xd4e157, 0x9fa8ff,
    0xffb74d
  };

  private Colours() {}

  /** The colour of somebody: by their id, or by their place in the picture from 1 on. */
  static int person(int id) {
    return PEOPLE[Math.floorMod(id - 1, PEOPLE.length)];
  }

  /** One colour, darker towards 0; 1 leaves it as it is. */
  static int shade(int rgb, double light) {
    return mix(BLACK, rgb, light);
  }

  /** From one colour (part 0) to another (part 1). */
  static int mix(int from, int to, double part) {
    int out = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
      double a = (from >> shift) & 0xff;
      double b = (to >> shift) & 0xff;
      out |= (int) Math.rint(a + (b - a) * Math.min(1, Math.max(0, part))) << shift;
    }
    return out;
  }
}
