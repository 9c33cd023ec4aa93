package io.github.rtmjava.server.jobs;

import io.github.rtmjava.image.Drawings;
import io.github.rtmjava.image.VideoFrame;
import io.github.rtmjava.output.draw.Overlay;
import io.github.rtmjava.output.draw.Trails;
import io.github.rtmjava.output.format.PoseWriter;
import io.github.rtmjava.pose.PoseFrame;
import io.github.rtmjava.video.VideoInfo;
import io.github.rtmjava.video.VideoReader;
import io.github.rtmjava.video.VideoSource;
import io.github.rtmjava.video.VideoWriter;
import io.github.rtmjava.video.WriterOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Draws everybody on the frames of a video, which is read once more for that. */
final class DrawnVideo implements PoseWriter {
  /** For videos that do not say how many frames come in a second. */
  private static final double FALLBACK_RATE = 25;

  private final VideoReader video;
  private final VideoWriter drawn;
  private final Path target;
  private final Overlay overlay;
  private final Trails trails = new Trails();

  private DrawnVideo(VideoReader video, VideoWriter drawn, Path target, Overlay overlay) {
    this.video = video;
    this.drawn = drawn;
    this.target = target;
    this.overlay = overlay;
  }

  static DrawnVideo open(Path source, Path target, JobQuery query) throws IOException {
    VideoReader video = VideoReader.open(new VideoSource.File(source), query.frames());
    try {
      VideoInfo info = video.info();
      double rate = info.frameRate() > 0 ? info.frameRate() : FALLBACK_RATE;
      WriterOptions options =
          WriterOptions.of(rate / query.frames().stride()).withComment(Drawings.COMMENT);
      return new DrawnVideo(
          video,
          VideoWriter.open(target, info.width(), info.height(), options),
          target,
          new Overlay(query.drawing()));
    } catch (IOException | RuntimeException | Error e) {
      video.close();
      throw e;
    }
  }

  @Override
  public void write(PoseFrame poses) throws IOException {
    Optional<VideoFrame> frame = video.read();
    while (frame.isPresent() && frame.get().index() < poses.index()) {
      frame = video.read();
    }
    if (frame.isPresent() && frame.get().index() == poses.index()) {
      trails.add(poses);
      drawn.write(overlay.draw(frame.get().image(), poses.result(), trails), poses.time());
    }
  }

  @Override
  public void finish() throws IOException {
    drawn.finish();
  }

  @Override
  public List<Path> written() {
    return List.of(target);
  }

  @Override
  public void close() {
    drawn.close();
    video.close();
  }
}
