package io.github.rtmjava.onednn.winograd;

/**
 * An r×r convolution of stride 1 and padding (r−1)/2 over NHWC maps, and how it is cut. Tiles are
 * numbered image by image, row by row; a block is a run of them that goes through all steps at
 * once.
 *
 * @param tile the tiles
 * @param images the number of images N
 * @param height the map's height H in pixels
 * @param width the map's width W in pixels
 * @param channels the input channels C
 * @param filters the output channels K
 * @param sourcePitch floats from a source pixel to the next, at least C; rows and images are dense
 * @param destinationPitch floats from a destination pixel to the next, at least K
 * @param tilesPerBlock the tiles of every run but the last, which may have fewer
 * @param filterParts into how many equal parts the output channels are cut; with more than one, a
 *     map of few tiles keeps several threads busy, each with weights of its own
 */
public record WinogradShape(
    Tile tile,
    int images,
    int height,
    int width,
    int channels,
    int filters,
    int sourcePitch,
    int destinationPitch,
    int tilesPerBlock,
    int filterParts) {
  /** Products of fewer rows than that leave much of the processor idle. */
  private static final int FEW_TILES = 24;

  private static final int VECTOR = 16;

  /**
   * Checks the sizes.
   *
   * @throws IllegalArgumentException where a size is less than 1, a pitch less than its channels,
   *     or a map has more than 2³¹−1 floats
   */
  public WinogradShape {
    if (Math.min(Math.min(images, height), Math.min(width, tilesPerBlock)) < 1
        || Math.min(channels, filters) < 1) {
      throw new IllegalArgumentException(
          "a convolution needs images, pixels, channels and tiles: found %s images of %s×%s, %s to %s channels, %s tiles in a block"
              .formatted(images, height, width, channels, filters, tilesPerBlock));
    }
    if (filterParts < 1 || filters % filterParts != 0) {
      throw new IllegalArgumentException(
          "%s output channels do not make %s equal parts".formatted(filters, filterParts));
    }
    if (sourcePitch < channels || destinationPitch < filters) {
      throw new IllegalArgumentException(
          "pixels overlap: pitches of %s and %s for %s and %s channels"
              .formatted(sourcePitch, destinationPitch, channels, filters));
    }
    long pixels = Math.multiplyExact(Math.multiplyExact((long) images, height), width);
    if (Math.multiplyExact(pixels, Math.max(sourcePitch, destinationPitch)) > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "a map of %s pixels at %s floats is more than a buffer holds: use a smaller batch"
              .formatted(pixels, Math.max(sourcePitch, destinationPitch)));
    }
  }

  /** The same with all output channels in one part. */
  public WinogradShape(
      Tile tile,
      int images,
      int height,
      int width,
      int channels,
      int filters,
      int sourcePitch,
      int destinationPitch,
      int tilesPerBlock) {
    this(
        tile,
        images,
        height,
        width,
        channels,
        filters,
        sourcePitch,
        destinationPitch,
        tilesPerBlock,
        1);
  }

  /**
   * The same convolution, cut for threads that take equal shares of the blocks. Blocks are so large
   * that the weights, read once for each, are about as much as the tiles that they meet; where the
   * share of a thread would be few tiles, threads share out the output channels instead.
   *
   * @param threads the number of threads
   */
  public WinogradShape forThreads(int threads) {
    int share = ceilDiv(tiles(), threads);
    if (share < FEW_TILES && filters % (threads * VECTOR) == 0) {
      return cut(tiles(), threads);
    }
    double wanted = (double) channels * filters / (channels + filters);
    long runs = Math.max(1, Math.round(share / Math.max(FEW_TILES, wanted)));
    return cut(ceilDiv(share, (int) runs), 1);
  }

  /** The same with the output channels in so many parts. */
  public WinogradShape inParts(int parts) {
    return cut(tilesPerBlock, parts);
  }

  private WinogradShape cut(int tilesInRun, int parts) {
    return new WinogradShape(
        tile,
        images,
        height,
        width,
        channels,
        filters,
        sourcePitch,
        destinationPitch,
        tilesInRun,
        parts);
  }

  /** The rows of tiles in an image. */
  int tilesDown() {
    return ceilDiv(height, tile.outputs());
  }

  /** The tiles in a row of tiles. */
  int tilesAcross() {
    return ceilDiv(width, tile.outputs());
  }

  /** The tiles of all images. */
  public int tiles() {
    return images * tilesDown() * tilesAcross();
  }

  /** The number of blocks: those of the first part of the output channels come first. */
  public int blocks() {
    return filterParts * runs();
  }

  /** The runs of tiles. */
  int runs() {
    return ceilDiv(tiles(), tilesPerBlock);
  }

  /** The tiles of a run. */
  int tiles(int run) {
    return Math.min(tilesPerBlock, tiles() - run * tilesPerBlock);
  }

  /** The output channels of a block. */
  int filtersPerBlock() {
    return filters / filterParts;
  }

  private static int ceilDiv(int a, int b) {
    return (a + b - 1) / b;
  }
}
