package io.github.rtmjava.onednn.winograd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class WinogradShapeTest {
  private static WinogradShape shape(int channels, int size) {
    return new WinogradShape(Tile.M4, 1, size, size, channels, channels, channels, channels, 1, 1);
  }

  @Test
  void countsTilesThatReachOverTheEdge() {
    assertEquals(9, shape(8, 9).tiles());
  }

  @Test
  void givesEachThreadAsManyBlocks() {
    WinogradShape cut = shape(96, 80).forThreads(2);
    assertEquals(8, cut.blocks());
    assertEquals(50, cut.tilesPerBlock());
  }

  @Test
  void cutsMapsOfFewTilesByOutputChannels() {
    WinogradShape cut = shape(384, 20).forThreads(2);
    assertEquals(2, cut.filterParts());
    assertEquals(25, cut.tilesPerBlock());
    assertEquals(2, cut.blocks());
  }

  @Test
  void cutsByTilesWhereChannelsDoNotDivide() {
    WinogradShape cut = shape(133, 20).forThreads(2);
    assertEquals(1, cut.filterParts());
    assertEquals(2, cut.blocks());
  }

  @Test
  void takesAllTilesOfAFewForOneThread() {
    assertEquals(1, shape(192, 20).forThreads(1).blocks());
  }

  @Test
  void refusesPixelsThatOverlap() {
    assertThrows(
        IllegalArgumentException.class, () -> new WinogradShape(Tile.M4, 1, 8, 8, 4, 4, 3, 4, 4));
  }

  @Test
  void refusesPartsThatDiffer() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new WinogradShape(Tile.M4, 1, 8, 8, 4, 5, 4, 5, 4, 2));
  }
}
