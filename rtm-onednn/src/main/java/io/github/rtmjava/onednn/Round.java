package io.github.rtmjava.onednn;

import java.util.ArrayList;
import java.util.List;

/**
 * A part of a batch that is run at one go.
 *
 * @param members threads that take images of their own; 0 where all threads share one image
 * @param images for each of them
 */
record Round(int members, int images) {
  /**
   * Cuts a batch.
   *
   * @param most images of a thread in a round
   */
  static List<Round> of(int batch, int threads, int most) {
    List<Round> rounds = new ArrayList<>();
    int left = batch;
    while (left > 0) {
      Round round;
      if (left >= threads && (threads > 1 || left > 1)) {
        int images = Math.min(most, Integer.highestOneBit(left / threads));
        round = new Round(threads, images);
      } else if (2 * left > threads && left > 1) {
        round = new Round(left, 1);
      } else {
        round = new Round(0, 1);
      }
      rounds.add(round);
      left -= Math.max(1, round.members) * round.images;
    }
    return rounds;
  }
}
