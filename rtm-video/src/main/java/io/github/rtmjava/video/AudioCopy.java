package io.github.rtmjava.video;

import java.nio.file.Path;
import java.time.Duration;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.jspecify.annotations.Nullable;

/** Copies the packets of one video's sound into another, without decoding them. */
final class AudioCopy implements AutoCloseable {
  private final Patience patience;
  private final Demuxer source;
  private final AVStream from;
  private final AVStream to;
  private final AVFormatContext target;
  private final AVPacket packet = Ffmpeg.allocated(avcodec.av_packet_alloc());
  private final double unit;
  private final double origin;
  private boolean waiting;

  private AudioCopy(
      Patience patience, Demuxer source, AVStream from, AVStream to, AVFormatContext target) {
    this.patience = patience;
    this.source = source;
    this.from = from;
    this.to = to;
    this.target = target;
    unit = avutil.av_q2d(from.time_base());
    AVStream video = source.video();
    origin =
        video.start_time() == avutil.AV_NOPTS_VALUE
            ? 0
            : video.start_time() * avutil.av_q2d(video.time_base());
  }

  /**
   * Adds a stream for a video's sound to a file whose header is not written yet.
   *
   * @return null if it has no sound
   * @throws VideoException if it cannot be read, or its sound cannot be in an MP4 file
   */
  static @Nullable AudioCopy open(Path file, AVFormatContext target) throws VideoException {
    Patience patience = new Patience(Duration.ZERO);
    Demuxer source = null;
    try {
      source = Demuxer.open(Input.of(new VideoSource.File(file)), patience);
      AVStream from = source.followSound();
      if (from != null) {
        AVStream to = add(from, target, file);
        return new AudioCopy(patience, source, from, to, target);
      }
    } catch (VideoException | RuntimeException | Error e) {
      release(source, patience);
      throw e;
    }
    release(source, patience);
    return null;
  }

  private static AVStream add(AVStream from, AVFormatContext target, Path file)
      throws VideoException {
    int codec = from.codecpar().codec_id();
    if (avformat.avformat_query_codec(target.oformat(), codec, avcodec.FF_COMPLIANCE_NORMAL) != 1) {
      throw new VideoException(
          "%s: expected sound that an MP4 file can hold, found %s; write without sound"
              .formatted(file, avcodec.avcodec_get_name(codec).getString()));
    }
    AVStream to = Ffmpeg.allocated(avformat.avformat_new_stream(target, null));
    avcodec.avcodec_parameters_copy(to.codecpar(), from.codecpar());
    to.codecpar().codec_tag(0); // which is the other format's
    to.time_base(from.time_base());
    return to;
  }

  private static void release(@Nullable Demuxer source, Patience patience) {
    if (source != null) {
      source.close();
    }
    patience.close();
  }

  /**
   * Copies what sounds between two times of the source, in seconds; each call goes on where the
   * last one ended. The first time becomes 0. One packet before goes along, at a negative time:
   * decoders need it for the first sound, and do not let it be heard.
   *
   * @return a negative error of FFmpeg's, or not
   */
  int copy(double start, double end) {
    while (waiting || source.read(packet)) {
      double time = packet.pts() * unit - origin;
      waiting = time >= end;
      if (waiting) {
        return 0;
      }
      if (packet.pts() == avutil.AV_NOPTS_VALUE || time + 2 * packet.duration() * unit <= start) {
        avcodec.av_packet_unref(packet);
        continue;
      }
      long shift = Math.round((origin + start) / unit);
      packet.pts(packet.pts() - shift).dts(packet.dts() - shift).pos(-1).stream_index(to.index());
      try (AVRational read = from.time_base();
          AVRational written = to.time_base()) {
        avcodec.av_packet_rescale_ts(packet, read, written);
      }
      int result = avformat.av_interleaved_write_frame(target, packet);
      if (result < 0) {
        return result;
      }
    }
    return 0;
  }

  @Override
  public void close() {
    avcodec.av_packet_free(packet);
    release(source, patience);
  }
}
