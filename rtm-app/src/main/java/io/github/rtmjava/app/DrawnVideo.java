package io.github.rtmjava.app;

import io.github.rtmjava.image.Image;
import io.github.rtmjava.video.VideoInfo;
import io.github.rtmjava.video.VideoSource;
import io.github.rtmjava.video.VideoWriter;
import io.github.rtmjava.video.WriterOptions;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The video with everybody drawn on it, as it is made. */
final class DrawnVideo implements AutoCloseable {
  /** For sources that do not say how many frames come in a second. */
  private static final double FALLBACK_RATE = 25;

  private final VideoWriter writer;

  private DrawnVideo(VideoWriter writer) {
    this.writer = writer;
  }

  /**
   * Begins a video.
   *
   * @param source of the sound; null for none
   */
  static DrawnVideo begin(
      VideoSettings settings, @Nullable VideoSource source, VideoInfo info, Path target)
      throws IOException {
    double rate = info.frameRate() > 0 ? info.frameRate() : FALLBACK_RATE;
    WriterOptions options = WriterOptions.of(rate / settings.frames().stride());
    if (settings.audio() && source instanceof VideoSource.File file) {
      options = options.withAudioOf(file.path());
    }
    return new DrawnVideo(VideoWriter.open(target, info.width(), info.height(), options));
  }

  void write(Image drawn, double time) throws IOException {
    writer.write(drawn, time);
  }

  void finish() throws IOException {
    writer.finish();
  }

  @Override
  public void close() {
    writer.close();
  }
}
