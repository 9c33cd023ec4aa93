package io.github.rtmjava.app;

import io.github.rtmjava.image.VideoFrame;
import io.github.rtmjava.output.Overlay;
import io.github.rtmjava.output.Trails;
import io.github.rtmjava.output.format.PoseWriter;
import io.github.rtmjava.pose.PoseFrame;
import io.github.rtmjava.video.VideoReader;
import io.github.rtmjava.video.VideoSource;
import io.github.rtmjava.video.VideoWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Draws everybody on the frames of a video, which is read once more for that. */
final class OverlayPass implements PoseWriter {
  private final VideoReader video;
  private final VideoWriter drawn;
  private final Path target;
  private final Overlay overlay;
  private final Trails trails = new Trails();

  private OverlayPass(VideoReader video, VideoWriter drawn, Path target, Overlay overlay) {
    this.target = target;
    this.video = video;
    this.drawn = drawn;
    this.overlay = overlay;
  }

  static OverlayPass open(VideoSettings settings, VideoSource source, Path target)
      throws IOException {
    VideoReader video = VideoReader.open(source, settings.frames());
    try {
      VideoWriter drawn = DrawnVideo.begin(settings, source, video.info(), target);
      return new OverlayPass(video, drawn, target, new Overlay(settings.drawing()));
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
