package io.github.rtmjava.onednn.winograd;

/**
 * What a row holds: some of the channels of one tile, or all channels of several neighbours.
 *
 * @param channels the channels, fewer in the last part
 * @param tiles the tiles, fewer at the end of a row of tiles
 */
record Lanes(int channels, int tiles) {
  /** The floats of a row. All rows of a thread then fit a second-level cache, most the first. */
  static final int MOST = 256;

  private static final int VECTOR = 16;

  static Lanes of(WinogradShape shape, int channels) {
    int parts = (channels + MOST - 1) / MOST;
    if (parts > 1) {
      int part = (channels + parts - 1) / parts;
      return new Lanes((part + VECTOR - 1) / VECTOR * VECTOR, 1);
    }
    return new Lanes(channels, Math.min(MOST / channels, shape.tilesAcross()));
  }
}
