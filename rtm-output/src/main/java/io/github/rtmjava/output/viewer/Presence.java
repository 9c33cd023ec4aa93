package io.github.rtmjava.output.viewer;

import java.util.ArrayList;
import java.util.List;

/** When one person is there. */
final class Presence {
  /** Shorter gaps are not seen in a timeline. */
  private static final int SHORT_GAP = 3;

  private final List<int[]> runs = new ArrayList<>();
  private int frames;

  void add(int frame) {
    frames++;
    if (!runs.isEmpty() && frame - runs.get(runs.size() - 1)[1] <= SHORT_GAP) {
      runs.get(runs.size() - 1)[1] = frame;
    } else {
      runs.add(new int[] {frame, frame});
    }
  }

  int frames() {
    return frames;
  }

  /** First and last place of every stay, places counted among the frames written. */
  List<int[]> runs() {
    return runs;
  }
}
