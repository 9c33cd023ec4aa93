package io.github.rtmjava.parity.time;

import io.github.rtmjava.pose.PoseResult;
import io.github.rtmjava.pose3d.PoseInferencer;
import io.github.rtmjava.video.VideoOptions;
import io.github.rtmjava.video.VideoReader;
import io.github.rtmjava.video.VideoSource;
import java.io.IOException;
import java.util.List;

/** Whom the embedded models find in a clip, frame by frame. */
final class FoundPeople {
  private FoundPeople() {}

  static List<PoseResult> in(Clip clip, PoseInferencer inferencer) throws IOException {
    try (VideoReader video =
        VideoReader.open(VideoSource.of(Clip.video(clip.name()).toString()), VideoOptions.all())) {
      return video.frames().map(frame -> inferencer.predict(frame.image())).toList();
    }
  }
}
