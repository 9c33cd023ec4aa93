package io.github.rtmjava.video;

import io.github.rtmjava.image.VideoFrame;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The clip that the project ships, and short ways to read. */
final class Sample {
  /** 240 frames of 480 x 640 at 30000/1001 a second. */
  static final Path CLIP = Path.of("..", "samples", "clip_01.mp4");

  static final double RATE = 30_000 / 1001.0;

  private Sample() {}

  static List<VideoFrame> read(Path file) throws IOException {
    return read(file, VideoOptions.all());
  }

  static List<VideoFrame> read(Path file, VideoOptions options) throws IOException {
    try (VideoReader video = VideoReader.open(new VideoSource.File(file), options)) {
      return video.frames().toList();
    }
  }

  static VideoInfo info(Path file) throws IOException {
    try (VideoReader video = VideoReader.open(new VideoSource.File(file), VideoOptions.all())) {
      return video.info();
    }
  }
}
