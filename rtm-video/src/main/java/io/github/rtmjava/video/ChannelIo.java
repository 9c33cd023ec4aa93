package io.github.rtmjava.video;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.Read_packet_Pointer_BytePointer_int;
import org.bytedeco.ffmpeg.avformat.Seek_Pointer_long_int;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.Pointer;

/**
 * Lets FFmpeg read from a channel of Java. One pair of callbacks serves all of them, because
 * natives have few; a number in native memory says whose call it is.
 */
final class ChannelIo implements AutoCloseable {
  private static final int BUFFER = 1 << 18;
  private static final Read READ = new Read();
  private static final Seek SEEK = new Seek();
  private static final Map<Long, SeekableByteChannel> OPEN = new ConcurrentHashMap<>();
  private static final AtomicLong NUMBERS = new AtomicLong();

  private final LongPointer number = new LongPointer(1);
  private final AVIOContext context;
  private final SeekableByteChannel channel;

  private ChannelIo(SeekableByteChannel channel) {
    this.channel = channel;
    number.put(NUMBERS.incrementAndGet());
    OPEN.put(number.get(), channel);
    // FFmpeg may put another in its place, and frees none.
    BytePointer buffer = new BytePointer(Ffmpeg.allocated(avutil.av_malloc(BUFFER)));
    context =
        Ffmpeg.allocated(avformat.avio_alloc_context(buffer, BUFFER, 0, number, READ, null, SEEK));
  }

  /**
   * Opens a source.
   *
   * @throws VideoException if it cannot be opened
   */
  static ChannelIo open(VideoSource.Stored source) throws VideoException {
    try {
      return new ChannelIo(source.opening().open());
    } catch (IOException e) {
      throw new VideoException(
          "%s: expected a video that can be read, found that it cannot (%s)"
              .formatted(source.name(), e.getMessage()),
          e);
    }
  }

  AVIOContext context() {
    return context;
  }

  @Override
  public void close() {
    OPEN.remove(number.get());
    avutil.av_free(context.buffer());
    avformat.avio_context_free(context);
    number.close();
    try {
      channel.close();
    } catch (IOException e) {
      // What could be read has been read.
    }
  }

  private static final class Read extends Read_packet_Pointer_BytePointer_int {
    @Override
    public int call(Pointer opaque, BytePointer target, int size) {
      SeekableByteChannel from = OPEN.get(new LongPointer(opaque).get());
      if (from == null || size <= 0) {
        return avutil.AVERROR_EIO();
      }
      try {
        ByteBuffer bytes = target.capacity(size).asByteBuffer();
        int count = from.read(bytes);
        return count > 0 ? count : avutil.AVERROR_EOF;
      } catch (IOException | RuntimeException e) {
        return avutil.AVERROR_EIO();
      }
    }
  }

  private static final class Seek extends Seek_Pointer_long_int {
    @Override
    public long call(Pointer opaque, long offset, int from) {
      SeekableByteChannel in = OPEN.get(new LongPointer(opaque).get());
      if (in == null) {
        return avutil.AVERROR_EIO();
      }
      try {
        if ((from & avformat.AVSEEK_SIZE) != 0) {
          return in.size();
        }
        long place =
            switch (from & ~avformat.AVSEEK_FORCE) {
              case 0 -> offset;
              case 1 -> in.position() + offset;
              case 2 -> in.size() + offset;
              default -> -1;
            };
        if (place < 0) {
          return avutil.AVERROR_EINVAL();
        }
        in.position(place);
        return place;
      } catch (IOException | RuntimeException e) {
        return avutil.AVERROR_EIO();
      }
    }
  }
}
