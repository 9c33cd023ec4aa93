package io.github.rtmjava.recording;

import io.github.rtmjava.image.VideoFrame;
import io.github.rtmjava.motion.angle.Angles;
import io.github.rtmjava.motion.angle.Facing;
import io.github.rtmjava.motion.angle.FacingOverTime;
import io.github.rtmjava.output.draw.DrawOptions;
import io.github.rtmjava.output.draw.Overlay;
import io.github.rtmjava.output.draw.Trails;
import io.github.rtmjava.output.format.PoseWriter;
import io.github.rtmjava.pose.PoseFrame;
import io.github.rtmjava.pose.Recording;
import io.github.rtmjava.video.VideoReader;
import io.github.rtmjava.video.VideoSource;
import io.github.rtmjava.video.VideoWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Draws everybody on the frames of a video, which is read once more for that. */
final class OverlayWriter implements PoseWriter {
  private final VideoReader video;
  private final VideoWriter drawn;
  private final Path target;
  private final Overlay overlay;

  /** Tells to which side people look; null where no angles are drawn. */
  private final @Nullable FacingOverTime facing;

  private final Trails trails = new Trails();

  private OverlayWriter(
      VideoReader video,
      VideoWriter drawn,
      Path target,
      Overlay overlay,
      @Nullable FacingOverTime facing) {
    this.facing = facing;
    this.target = target;
    this.video = video;
    this.drawn = drawn;
    this.overlay = overlay;
  }

  static OverlayWriter open(
      RecordingOptions options, VideoSource source, Recording recording, Path target)
      throws IOException {
    VideoReader video = VideoReader.open(source, options.frames());
    try {
      VideoWriter drawn = DrawnVideo.begin(options, source, video.info(), target);
      DrawOptions drawing = options.drawing();
      FacingOverTime facing =
          drawing.details().contains(DrawOptions.Detail.ANGLES)
              ? Angles.of(recording.keypointSet(), drawing.keypointThreshold()).overTime()
              : null;
      return new OverlayWriter(video, drawn, target, new Overlay(drawing), facing);
    } catch (IOException | RuntimeException | Error e) {
      video.close();
      throw e;
    }
  }

  @Override
  public void write(PoseFrame poses) throws IOException {
    if (facing == null) {
      draw(poses, List.of());
      return;
    }
    for (FacingOverTime.Frame next : facing.add(poses)) {
      draw(next.poses(), next.facings());
    }
  }

  private void draw(PoseFrame poses, List<Facing> facings) throws IOException {
    Optional<VideoFrame> frame = video.read();
    while (frame.isPresent() && frame.get().index() < poses.index()) {
      frame = video.read();
    }
    if (frame.isPresent() && frame.get().index() == poses.index()) {
      trails.add(poses);
      drawn.write(overlay.draw(frame.get().image(), poses.result(), trails, facings), poses.time());
    }
  }

  @Override
  public void finish() throws IOException {
    if (facing != null) {
      for (FacingOverTime.Frame last : facing.finish()) {
        draw(last.poses(), last.facings());
      }
    }
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
