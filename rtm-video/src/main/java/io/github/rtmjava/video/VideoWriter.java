package io.github.rtmjava.video;

import io.github.rtmjava.image.Image;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.jspecify.annotations.Nullable;

/**
 * An MP4 file that is made of pictures and times, whatever the distances between these are.
 *
 * <pre>{@code
 * try (VideoWriter out = VideoWriter.open(file, 640, 480, WriterOptions.of(25))) {
 *   for (VideoFrame frame : frames) {
 *     out.write(frame.image(), frame.time());
 *   }
 *   out.finish();
 * }
 * }</pre>
 *
 * <p>The video is H.264 where an encoder for it is there, otherwise MPEG-4 Part 2: {@link #codec}
 * says which. Colours are those of BT.709 from 720 lines or 1280 columns on, below of BT.601, and
 * the file says so. Sides are even: an odd one grows by one pixel, a copy of the last column or
 * row. The index stands at the file's beginning, so that it plays while it loads.
 *
 * <p>The first picture is shown at 0, whatever its time is; sound is copied from that time of its
 * source on, packet by packet.
 *
 * <p>The file appears under its name when {@link #finish} returns; closing the writer before leaves
 * nothing. One thread at a time.
 */
public final class VideoWriter implements Closeable {
  private final int width;
  private final int height;
  private final WriterOptions options;
  private final Owned owned;
  private final Mp4File file;
  private final VideoEncoder kind;
  private final AVCodecContext encoder;
  private final AVStream stream;
  private final @Nullable AudioCopy audio;
  private final YuvConverter converter;
  private final AVPacket packet;

  private double first = Double.NaN;
  private double last = Double.NEGATIVE_INFINITY;
  private long lastTick = -1;
  private boolean finished;

  private VideoWriter(Owned owned, Path target, int width, int height, WriterOptions options)
      throws IOException {
    this.owned = owned;
    this.width = width;
    this.height = height;
    this.options = options;
    int evenWidth = YuvConverter.even(width);
    int evenHeight = YuvConverter.even(height);
    file = owned.add(Mp4File.open(target), Mp4File::close);
    VideoEncoder.Opened opened =
        VideoEncoder.open(evenWidth, evenHeight, options, file.globalHeader());
    kind = opened.kind();
    encoder = owned.add(opened.context(), avcodec::avcodec_free_context);
    stream = Ffmpeg.allocated(avformat.avformat_new_stream(file.context(), null));
    avcodec.avcodec_parameters_from_context(stream.codecpar(), encoder);
    stream.time_base(encoder.time_base());
    stream.avg_frame_rate(encoder.framerate());
    Path sound = options.audioOf();
    audio = sound == null ? null : AudioCopy.open(sound, file.context());
    if (audio != null) {
      owned.add(audio, AudioCopy::close);
    }
    converter = owned.add(new YuvConverter(width, height), YuvConverter::close);
    packet = owned.add(Ffmpeg.allocated(avcodec.av_packet_alloc()), avcodec::av_packet_free);
    file.begin(options.comment());
  }

  /**
   * Begins a video; its folder is made if it is not there.
   *
   * @param target usually a name that ends in {@code .mp4}; what is there is replaced in the end
   * @param width of the pictures
   * @param height of the pictures
   * @throws IOException if nothing can be written there, no encoder takes pictures of this size, or
   *     the sound cannot be read or be in an MP4 file; the message is one line
   */
  public static VideoWriter open(Path target, int width, int height, WriterOptions options)
      throws IOException {
    if (width < 1 || height < 1) {
      throw new IllegalArgumentException(
          "expected pictures of at least 1 x 1 pixels, found %s x %s".formatted(width, height));
    }
    Owned owned = new Owned();
    try {
      return new VideoWriter(owned, target, width, height, options);
    } catch (IOException | RuntimeException | Error e) {
      owned.close();
      throw e;
    }
  }

  /** The codec and its encoder, as {@code H.264 (libopenh264)}. */
  public String codec() {
    return "%s (%s)".formatted(kind.title(), kind.codec());
  }

  /** Whether the file gets sound: false too where the source has none. */
  public boolean hasAudio() {
    return audio != null;
  }

  /**
   * Adds a picture.
   *
   * @param image of the size that was said
   * @param time in seconds, later than the one before
   * @throws VideoException if it cannot be written
   * @throws IllegalArgumentException if it has another size or is not later
   */
  public void write(Image image, double time) throws VideoException {
    if (finished) {
      throw new IllegalStateException("expected no picture after the end, found one");
    }
    if (image.width() != width || image.height() != height) {
      throw new IllegalArgumentException(
          "expected a picture of %s x %s, found %s x %s"
              .formatted(width, height, image.width(), image.height()));
    }
    if (!(time > last) || !Double.isFinite(time)) {
      throw new IllegalArgumentException(
          "expected a time after %s s, found %s s".formatted(last, time));
    }
    if (Double.isNaN(first)) {
      first = time;
    }
    last = time;
    lastTick = Math.max(lastTick + 1, Math.round((time - first) * kind.unit()));
    AVFrame frame = converter.convert(image);
    frame.pts(lastTick);
    encode(frame);
    if (audio != null) {
      file.check(audio.copy(first, time));
    }
  }

  /** Null for the last ones. */
  private void encode(@Nullable AVFrame frame) throws VideoException {
    file.check(avcodec.avcodec_send_frame(encoder, frame));
    while (true) {
      int result = avcodec.avcodec_receive_packet(encoder, packet);
      if (result == avutil.AVERROR_EAGAIN() || result == avutil.AVERROR_EOF) {
        return;
      }
      file.check(result);
      packet.stream_index(stream.index());
      packet.duration(Math.round(kind.unit() / options.frameRate()));
      try (AVRational from = encoder.time_base();
          AVRational to = stream.time_base()) {
        avcodec.av_packet_rescale_ts(packet, from, to);
      }
      file.check(avformat.av_interleaved_write_frame(file.context(), packet));
    }
  }

  /**
   * Completes the file.
   *
   * @throws IOException if it cannot be written; then nothing is left of it
   * @throws IllegalStateException if it has no picture, or is complete already
   */
  public void finish() throws IOException {
    if (finished || lastTick < 0) {
      throw new IllegalStateException(
          "expected an unfinished video with at least one picture, found none");
    }
    finished = true;
    encode(null);
    if (audio != null) {
      file.check(audio.copy(first, last + 1 / options.frameRate()));
    }
    file.finish();
  }

  @Override
  public void close() {
    owned.close();
  }
}
