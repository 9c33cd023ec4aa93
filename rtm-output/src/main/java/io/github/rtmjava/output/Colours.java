package io.github.rtmjava.output;

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
  static final int BOX = 0xffd23f;

  private Colours() {}

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
