package io.github.rtmjava.onednn.winograd;

/** How many tiles of a row are transformed at once. */
final class Groups {
  /** The floats of so many tiles fill a row: 48 rows then fit a first-level cache. */
  private static final int LANES = Integer.getInteger("lanes", 256);

  private Groups() {}

  static int of(WinogradShape shape, int channels) {
    return Math.max(1, Math.min(LANES / channels, shape.tilesAcross()));
  }
}
