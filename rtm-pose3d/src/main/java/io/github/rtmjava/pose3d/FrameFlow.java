package io.github.rtmjava.pose3d;

import io.github.rtmjava.image.VideoFrame;
import java.util.Iterator;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Frames in, everybody in them out, in the same order: while the caller works on one group of
 * frames, the poses of the next are looked at, people are spotted in the one after it, and the one
 * after that is decoded. Of a live source a group is one frame, and a newer one takes the place of
 * one that waits to be looked at.
 */
final class FrameFlow {
  private static final String SOURCE = "rtm frames";

  private FrameFlow() {}

  /**
   * Begins at once.
   *
   * @param batchSize most frames in a group
   * @return everything; closing it stops the work
   */
  static Stream<Followed> of(
      Iterator<VideoFrame> frames, Following following, boolean live, int batchSize) {
    Groups<VideoFrame, VideoFrame> groups =
        new Groups<>(frames, live ? 1 : batchSize, Function.identity(), FrameFlow::pixels);
    OrderedPipeline<VideoFrame> decoded =
        live
            ? OrderedPipeline.live(SOURCE, groups)
            : OrderedPipeline.waiting(SOURCE, groups, /* ahead= */ 2);
    return decoded
        .then(following::spot, Spotted::close)
        .then(group -> following.look(group, decoded.dropped()), followed -> {})
        .begin()
        .stream();
  }

  private static long pixels(VideoFrame frame) {
    return (long) frame.image().width() * frame.image().height();
  }
}
