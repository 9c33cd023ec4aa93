package io.github.rtmjava.onednn;

import java.util.ArrayList;
import java.util.List;

/**
 * A part of a batch that is run at one go: the partition of a batch among threads.
 *
 * @param members threads that take images of their own; 0 where all threads share one image
 * @param images for each of them
 */
record MicroBatch(int members, int images) {
  /**
   * Cuts a batch.
   *
   * @param most images of a thread at one go
   */
  static List<MicroBatch> of(int batch, int threads, int most) {
    List<MicroBatch> microBatches = new ArrayList<>();
    int left = batch;
    while (left > 0) {
      MicroBatch microBatch;
      if (left >= threads && (threads > 1 || left > 1)) {
        int images = Math.min(most, Integer.highestOneBit(left / threads));
        microBatch = new MicroBatch(threads, images);
      } else if (2 * left > threads && left > 1) {
        microBatch = new MicroBatch(left, 1);
      } else {
        microBatch = new MicroBatch(0, 1);
      }
      microBatches.add(microBatch);
      left -= Math.max(1, microBatch.members) * microBatch.images;
    }
    return microBatches;
  }
}
