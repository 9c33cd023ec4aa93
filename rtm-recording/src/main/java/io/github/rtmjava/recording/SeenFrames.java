package io.github.rtmjava.recording;

import io.github.rtmjava.geometry.Box;
import io.github.rtmjava.image.Image;
import io.github.rtmjava.pose.Recording;
import io.github.rtmjava.pose3d.Followed;
import io.github.rtmjava.pose3d.PoseInferencer;
import io.github.rtmjava.video.VideoInfo;
import io.github.rtmjava.video.VideoPart;
import io.github.rtmjava.video.VideoReader;
import io.github.rtmjava.video.VideoSource;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who is in the frames of a part of a video, one after the other, before anybody is recognised.
 * {@link JoinedFrames} does that, for the parts together.
 *
 * <p>For one thread.
 */
public final class SeenFrames implements Iterator<SeenFrame>, AutoCloseable {
  private final VideoReader video;
  private final VideoPart part;
  private final Recording recording;
  private final Stream<Followed> stream;
  private final Iterator<Followed> followed;
  private long own;

  private SeenFrames(
      VideoReader video, VideoPart part, Recording recording, Stream<Followed> stream) {
    this.video = video;
    this.part = part;
    this.recording = recording;
    this.stream = stream;
    followed = stream.iterator();
  }

  /**
   * Begins.
   *
   * @param model looks at the frames; must stay open
   * @param boxes where people are; null where they are to be found
   * @throws IOException if the video cannot be opened
   * @throws IllegalArgumentException if the model does not give what the options ask for
   */
  public static SeenFrames open(
      VideoSource source,
      VideoPart part,
      PoseInferencer model,
      RecordingOptions options,
      @Nullable Function<Image, List<Box>> boxes)
      throws IOException {
    VideoReader video = VideoReader.open(source, part);
    try {
      return begin(video, part, model, options, boxes);
    } catch (RuntimeException | Error e) {
      video.close();
      throw e;
    }
  }

  private static SeenFrames begin(
      VideoReader video,
      VideoPart part,
      PoseInferencer model,
      RecordingOptions options,
      @Nullable Function<Image, List<Box>> boxes) {
    VideoInfo info = video.info();
    Recording recording =
        model.recording(info.name(), info.width(), info.height(), info.frameRate(), info.frames());
    options.refining().requireFit(recording);
    Stream<Followed> stream =
        model.follow(video.frames(), options.following().withEverybody(options.single()), boxes);
    SeenFrames seen = new SeenFrames(video, part, recording, stream);
    boolean through = false;
    try {
      for (int i = 0; i < part.lead() && seen.hasNext(); i++) {
        seen.followed.next();
      }
      through = true;
      return seen;
    } finally {
      if (!through) {
        stream.close();
      }
    }
  }

  /** What they are of. */
  public Recording recording() {
    return recording;
  }

  @Override
  public boolean hasNext() {
    return followed.hasNext();
  }

  @Override
  public SeenFrame next() {
    Followed next = followed.next();
    own++;
    String problem = next.problem().map(thrown -> String.valueOf(thrown.getMessage())).orElse(null);
    return new SeenFrame(next.seen(), problem);
  }

  /** What was wrong with the video so far, a line for each kind. */
  public List<String> problems() {
    List<String> problems = video.problems();
    if (problems.isEmpty() && part.frames() >= 0 && own != part.frames() && !hasNext()) {
      return List.of("expected %s frames, found %s".formatted(part.frames(), own));
    }
    return problems;
  }

  @Override
  public void close() {
    stream.close();
    video.close();
  }
}
