package io.github.rtmjava.video;

import io.github.rtmjava.image.Image;
import io.github.rtmjava.image.VideoFrame;
import java.io.Closeable;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/**
 * The frames of a video, one after the other: of a file, of a stream on the network, of a camera or
 * of a folder of pictures.
 *
 * <pre>{@code
 * try (VideoReader video = VideoReader.open(VideoSource.of("clip.mp4"), VideoOptions.all())) {
 *   video.frames().forEach(frame -> System.out.println(frame.time() + " s: " + frame.image()));
 *   video.problems().forEach(System.out::println);
 * }
 * }</pre>
 *
 * <p>Every frame is upright and has the size that {@link #info} says: the rotation that the stream
 * states is applied, pixels that are not square are stretched in width as players do, and frames of
 * another size, as after a change on the way, are scaled. Colours follow the matrix and the range
 * that the stream states; those of high dynamic range are not tone-mapped. Its time is what the
 * stream says it is, counted from the stream's start, so that a changing rate is kept; times
 * strictly grow: a stamp that is missing or does not grow is made up from its neighbours. Its index
 * counts the frames that decode, from the source's first on, whatever the options leave out. Frames
 * that are left out are decoded where others need them, and never become pictures.
 *
 * <p>What is damaged or cut short gives every frame that decodes; {@link #problems} says afterwards
 * what was wrong. A file is taken for what it holds: it can name no second file, address or device.
 *
 * <p>It reads through FFmpeg's own interface, and not through JavaCV's grabber, because that hides
 * which packets fail, knows no limits for a stranger's file, and cannot be interrupted. FFmpeg's
 * log and its largest allocation are set once for the whole process: silent, and a picture of 8K.
 *
 * <p>One thread at a time reads. Any thread may {@link #close} it: a call that waits for the
 * network or for a camera ends at once, any other within the time of one frame, and then gives no
 * more frames.
 */
public final class VideoReader implements Closeable {
  private final Frames frames;
  private final Patience patience;
  private final VideoOptions options;
  private final Object lock = new Object();
  private final AtomicBoolean closed = new AtomicBoolean();
  private long seen;
  private long given;
  private boolean ended;
  private List<String> problems = List.of();

  private VideoReader(Frames frames, Patience patience, VideoOptions options) {
    this.frames = frames;
    this.patience = patience;
    this.options = options;
  }

  /**
   * Opens a source.
   *
   * @throws VideoException if it is missing, no video, of a kind that cannot be decoded, or too
   *     large; streams and cameras also if they say nothing for the options' patience
   */
  public static VideoReader open(VideoSource source, VideoOptions options) throws VideoException {
    return open(source, options, VideoPart.NOBODY_COUNTED);
  }

  private static VideoReader open(VideoSource source, VideoOptions options, long before)
      throws VideoException {
    Ffmpeg.loadFor(source.name());
    Patience patience = new Patience(patience(source, options));
    Frames frames = null;
    try {
      frames = open(source, options, patience);
      if (options.start() > 0 && frames instanceof DecodedFrames decoded) {
        decoded.skipTo(options.start(), before);
      } else if (options.start() > 0) {
        frames.skipTo(options.start());
      }
      return new VideoReader(frames, patience, options);
    } catch (VideoException | RuntimeException | Error e) {
      if (frames != null) {
        frames.close();
      }
      patience.close();
      throw e;
    }
  }

  /**
   * Opens a part of a video file.
   *
   * @throws VideoException as {@link #open(VideoSource, VideoOptions)} does
   */
  public static VideoReader open(VideoSource source, VideoPart part) throws VideoException {
    return open(source, part.options(), part.before());
  }

  private static Duration patience(VideoSource source, VideoOptions options) {
    return source instanceof VideoSource.File || source instanceof VideoSource.Stored
        ? Duration.ZERO
        : options.patience();
  }

  private static Frames open(VideoSource source, VideoOptions options, Patience patience)
      throws VideoException {
    if (source instanceof VideoSource.Folder folder) {
      return FolderFrames.open(folder);
    }
    if (source instanceof VideoSource.File file && WebpFrames.claims(file.path())) {
      return WebpFrames.open(file);
    }
    Input input;
    if (source instanceof VideoSource.File file) {
      input = Input.of(file);
    } else if (source instanceof VideoSource.Stored stored) {
      input = Input.of(stored);
    } else if (source instanceof VideoSource.Address address) {
      input = Input.of(address, options.patience(), options.redirects());
    } else {
      input = Input.of((VideoSource.Camera) source, options.patience());
    }
    return DecodedFrames.open(input, options.threads(), patience);
  }

  /** What the source says of itself. */
  public VideoInfo info() {
    return frames.info();
  }

  /** The next frame; empty at the end, and once it is closed. */
  public Optional<VideoFrame> read() {
    synchronized (lock) {
      while (!closed.get() && !ended) {
        if (given == options.maxFrames() || !frames.next() || frames.time() >= options.end()) {
          ended = true;
        } else if (seen++ % options.stride() == 0) {
          Image image = frames.image();
          if (image != null) {
            given++;
            return Optional.of(new VideoFrame(frames.index(), frames.time(), image));
          }
        }
      }
      return Optional.empty();
    }
  }

  /** The frames that are left, read as the stream asks for them: once, in order, one thread. */
  public Stream<VideoFrame> frames() {
    return Stream.generate(this::read).takeWhile(Optional::isPresent).map(Optional::orElseThrow);
  }

  /**
   * What was wrong up to here, one line for each kind: packets that do not decode, damaged frames,
   * a missing end, a stream that fell silent. Empty if nothing was. It can be asked after closing
   * as well.
   */
  public List<String> problems() {
    synchronized (lock) {
      return closed.get() ? problems : frames.problems();
    }
  }

  /** Ends reading, from whatever thread, and gives back what it holds. */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      patience.stop();
      synchronized (lock) {
        problems = frames.problems();
        frames.close();
        patience.close();
      }
    }
  }
}
