package io.github.rtmjava.recording;

import io.github.rtmjava.image.Drawings;
import io.github.rtmjava.video.VideoInfo;
import io.github.rtmjava.video.VideoSource;
import io.github.rtmjava.video.VideoWriter;
import io.github.rtmjava.video.WriterOptions;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** How videos with everybody drawn on them are written. */
public final class DrawnVideo {
  /** For sources that do not say how many frames come in a second. */
  private static final double FALLBACK_RATE = 25;

  private DrawnVideo() {}

  /** Whether there is sound that can be copied: that of files. */
  public static boolean hasSound(VideoSource source, VideoInfo info) {
    return source instanceof VideoSource.File && info.hasAudio();
  }

  /**
   * Begins a video.
   *
   * @param source of the sound; null for none
   */
  public static VideoWriter begin(
      RecordingOptions options, @Nullable VideoSource source, VideoInfo info, Path target)
      throws IOException {
    double rate = info.frameRate() > 0 ? info.frameRate() : FALLBACK_RATE;
    WriterOptions writing =
        WriterOptions.of(rate / options.frames().stride()).withComment(Drawings.COMMENT);
    if (options.audio() && source instanceof VideoSource.File file) {
      writing = writing.withAudioOf(file.path());
    }
    return VideoWriter.open(target, info.width(), info.height(), writing);
  }
}
