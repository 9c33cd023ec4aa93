package io.github.rtmjava.image;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Which parts of a JPEG's coefficients its scans have brought. A progressive file gives them bit by
 * bit: only one that has lost nothing has them all down to the last bit.
 */
final class JpegScans {
  /** Of a file without a frame. */
  static final JpegScans NONE = new JpegScans(false, List.of());

  private static final int COEFFICIENTS = 64;
  private static final int FRAME_HEADER = 6;

  private final boolean progressive;
  private final List<Integer> components;

  /** For each component and coefficient how many of its lowest bits are missing; negative: all. */
  private final int[][] missing;

  private JpegScans(boolean progressive, List<Integer> components) {
    this.progressive = progressive;
    this.components = components;
    missing = new int[components.size()][COEFFICIENTS];
    for (int[] component : missing) {
      Arrays.fill(component, -1);
    }
  }

  /** Of the frame whose header has this body. */
  JpegScans(boolean progressive, Bytes frame) throws Bytes.EndException {
    this(progressive, identifiers(frame));
  }

  private static List<Integer> identifiers(Bytes frame) throws Bytes.EndException {
    List<Integer> identifiers = new ArrayList<>();
    for (int i = 0; i < frame.u8(FRAME_HEADER - 1); i++) {
      identifiers.add(frame.u8(FRAME_HEADER + 3L * i));
    }
    return identifiers;
  }

  /** Takes note of a scan whose header has this body. */
  void add(Bytes scan) throws Bytes.EndException {
    int count = scan.u8(0);
    int selection = 1 + 2 * count;
    int from = progressive ? scan.u8(selection) : 0;
    int to = progressive ? Math.min(scan.u8(selection + 1L), COEFFICIENTS - 1) : COEFFICIENTS - 1;
    int low = progressive ? scan.u8(selection + 2L) & 0xf : 0;
    for (int i = 0; i < count; i++) {
      int component = components.indexOf(scan.u8(1 + 2L * i));
      if (component >= 0 && from <= to) {
        Arrays.fill(missing[component], from, to + 1, low);
      }
    }
  }

  /** Whether every coefficient has come. */
  boolean complete() {
    return Arrays.stream(missing).flatMapToInt(Arrays::stream).allMatch(bits -> bits == 0);
  }
}
