package io.github.rtmjava.video;

import io.github.rtmjava.image.FileKind;
import io.github.rtmjava.image.Image;
import io.github.rtmjava.image.WebpAnimation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The frames of a WebP file, which FFmpeg does not read. */
final class WebpFrames implements Frames {
  private static final double MILLIS = 1000;

  private final WebpAnimation animation;
  private final VideoInfo info;
  private final List<String> problems = new ArrayList<>();
  private int index = -1;

  private WebpFrames(WebpAnimation animation, VideoInfo info) {
    this.animation = animation;
    this.info = info;
  }

  static boolean claims(Path file) {
    try {
      return Files.isRegularFile(file)
          && Files.isReadable(file)
          && FileKind.of(file).description().contains("WebP");
    } catch (IOException e) {
      return false;
    }
  }

  static WebpFrames open(VideoSource.File file) throws VideoException {
    try {
      WebpAnimation animation = WebpAnimation.open(file.path());
      double duration = animation.startMillis(animation.frames()) / MILLIS;
      VideoInfo info =
          new VideoInfo(
              file.name(),
              animation.width(),
              animation.height(),
              duration > 0 ? animation.frames() / duration : 0,
              animation.frames(),
              duration,
              0,
              false,
              "webp",
              "webp",
              "");
      return new WebpFrames(animation, info);
    } catch (IOException e) {
      throw new VideoException(String.valueOf(e.getMessage()), e);
    }
  }

  @Override
  public VideoInfo info() {
    return info;
  }

  @Override
  public void skipTo(double start) {
    while (index + 1 < animation.frames() && timeOf(index + 1) < start) {
      index++;
    }
  }

  @Override
  public boolean next() {
    index = Math.min(index + 1, animation.frames());
    return index < animation.frames();
  }

  @Override
  public long index() {
    return index;
  }

  @Override
  public double time() {
    return timeOf(index);
  }

  private double timeOf(int frame) {
    return animation.startMillis(frame) / MILLIS;
  }

  @Override
  public @Nullable Image image() {
    try {
      return animation.frame(index);
    } catch (IOException e) {
      problems.add(String.valueOf(e.getMessage()));
      return null;
    }
  }

  @Override
  public List<String> problems() {
    return List.copyOf(problems);
  }

  @Override
  public void close() {
    animation.close();
  }
}
