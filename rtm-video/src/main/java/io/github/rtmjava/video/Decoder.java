package io.github.rtmjava.video;

import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;

/** Decodes the packets of a demuxer, whatever some of them are like. */
final class Decoder implements AutoCloseable {
  /** A decoder that fails so often on one packet gets the next. */
  private static final int MOST_FAILURES = 64;

  private final Demuxer demuxer;
  private final AVCodecContext context;
  private final AVPacket packet = Ffmpeg.allocated(avcodec.av_packet_alloc());
  private final AVFrame frame = Ffmpeg.allocated(avutil.av_frame_alloc());
  private final Damage damage;
  private boolean drained;

  private Decoder(Demuxer demuxer, AVCodecContext context, Damage damage) {
    this.demuxer = demuxer;
    this.context = context;
    this.damage = damage;
  }

  /**
   * Opens the decoder of the video stream.
   *
   * @param threads 0 for one per processor
   * @throws VideoException if there is none
   */
  static Decoder open(Demuxer demuxer, int threads, Damage damage, String name)
      throws VideoException {
    AVStream video = demuxer.video();
    int id = video.codecpar().codec_id();
    AVCodec codec = avcodec.avcodec_find_decoder(id);
    if (codec == null) {
      throw new VideoException(
          "%s: expected a video that can be decoded, found the codec %s; convert it first"
              .formatted(name, avcodec.avcodec_get_name(id).getString()));
    }
    AVCodecContext context = Ffmpeg.allocated(avcodec.avcodec_alloc_context3(codec));
    avcodec.avcodec_parameters_to_context(context, video.codecpar());
    context.pkt_timebase(video.time_base());
    context.max_pixels(Ffmpeg.MAX_PIXELS);
    context.thread_count(threads);
    if (demuxer.live()) { // threads that share out frames would hold some back
      context.thread_type(AVCodecContext.FF_THREAD_SLICE);
      context.flags(context.flags() | avcodec.AV_CODEC_FLAG_LOW_DELAY);
    }
    int opened = avcodec.avcodec_open2(context, codec, (AVDictionary) null);
    if (opened < 0) {
      avcodec.avcodec_free_context(context);
      throw new VideoException(
          "%s: expected a video that can be decoded, found that %s cannot (%s); copy it again"
              .formatted(name, codec.name().getString(), Ffmpeg.reason(opened)));
    }
    return new Decoder(demuxer, context, damage);
  }

  /** The next frame, valid until the next call; false at the end. */
  boolean next() {
    int failures = 0;
    while (true) {
      int result = avcodec.avcodec_receive_frame(context, frame);
      if (result == 0) {
        return true;
      } else if (result == avutil.AVERROR_EOF) {
        return false;
      } else if (result != avutil.AVERROR_EAGAIN() && failures < MOST_FAILURES) {
        failures++;
        damage.undecodable();
      } else if (drained) {
        return false;
      } else {
        failures = 0;
        feed();
      }
    }
  }

  private void feed() {
    if (!demuxer.read(packet)) {
      drained = true;
      avcodec.avcodec_send_packet(context, null);
      return;
    }
    damage.packet((packet.flags() & avcodec.AV_PKT_FLAG_CORRUPT) != 0);
    if (avcodec.avcodec_send_packet(context, packet) < 0) {
      damage.undecodable();
    }
    avcodec.av_packet_unref(packet);
  }

  AVFrame frame() {
    return frame;
  }

  /** Forgets what it holds, after the demuxer went to another place. */
  void flush() {
    avcodec.avcodec_flush_buffers(context);
    drained = false;
  }

  @Override
  public void close() {
    avutil.av_frame_free(frame);
    avcodec.av_packet_free(packet);
    avcodec.avcodec_free_context(context);
  }
}
