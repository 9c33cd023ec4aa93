package io.github.rtmjava.app;

import io.github.rtmjava.pose.PoseFrame;
import io.github.rtmjava.video.VideoInfo;
import io.github.rtmjava.video.VideoOptions;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Frames of a folder that cannot be read, as frames with nobody in them, so that those after them
 * keep their places also in formats that count frames.
 */
final class MissingFrames {
  private final VideoOptions options;
  private final VideoInfo info;
  private long expected;
  private @Nullable PoseFrame last;

  MissingFrames(VideoOptions options, VideoInfo info) {
    this.options = options;
    this.info = info;
    // Where it begins later, only the first frame tells which one that is.
    this.expected = options.start() > 0 ? -1 : 0;
  }

  /** Those that are missing between the frame before and this one. */
  List<PoseFrame> before(PoseFrame next) {
    List<PoseFrame> missing = expected < 0 ? List.of() : empty(expected, next.index(), next);
    expected = next.index() + options.stride();
    last = next;
    return missing;
  }

  /** Those that are missing after the last one, where all were wanted. */
  List<PoseFrame> atTheEnd() {
    PoseFrame like = last;
    return like == null || options.maxFrames() < Long.MAX_VALUE
        ? List.of()
        : empty(expected, info.frames(), like).stream()
            .filter(frame -> frame.time() < options.end())
            .toList();
  }

  private List<PoseFrame> empty(long from, long to, PoseFrame like) {
    List<PoseFrame> frames = new ArrayList<>();
    for (long index = from; index < to; index += options.stride()) {
      frames.add(new PoseFrame(index, index / info.frameRate(), like.result().with(List.of())));
    }
    return frames;
  }
}
