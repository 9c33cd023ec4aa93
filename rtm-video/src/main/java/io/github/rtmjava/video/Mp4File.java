package io.github.rtmjava.video;

import io.github.rtmjava.files.NewFile;
import java.io.IOException;
import java.nio.file.Path;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;

/** An MP4 file in the making. */
final class Mp4File implements AutoCloseable {
  private final Path target;
  private final NewFile file;
  private final AVFormatContext context;
  private final AVIOContext io;

  private Mp4File(Path target, NewFile file, AVFormatContext context, AVIOContext io) {
    this.target = target;
    this.file = file;
    this.context = context;
    this.io = io;
  }

  /**
   * Begins a file beside its target.
   *
   * @throws IOException if nothing can be written there
   */
  static Mp4File open(Path target) throws IOException {
    Ffmpeg.loadFor(target.toString());
    NewFile file = NewFile.at(target);
    AVFormatContext context = new AVFormatContext(null);
    AVIOContext io = new AVIOContext(null);
    try (BytePointer url = Ffmpeg.text("file:" + file.path());
        BytePointer format = Ffmpeg.text("mp4")) {
      avformat.avformat_alloc_output_context2(context, null, format, url);
      Ffmpeg.allocated(context);
      int opened =
          avformat.avio_open2(io, url, avformat.AVIO_FLAG_WRITE, null, (AVDictionary) null);
      if (opened < 0) {
        avformat.avformat_free_context(context);
        throw failure(target, opened);
      }
    }
    context.pb(io);
    return new Mp4File(target, file, context, io);
  }

  private static VideoException failure(Path target, int error) {
    return new VideoException(
        "%s: expected a place to write to, found that it cannot be written (%s)"
            .formatted(target, Ffmpeg.reason(error)));
  }

  AVFormatContext context() {
    return context;
  }

  /** Whether codecs leave their headers to the file. */
  boolean globalHeader() {
    return (context.oformat().flags() & avformat.AVFMT_GLOBALHEADER) != 0;
  }

  /** Writes the beginning, once all streams are there. */
  void begin(String comment) throws VideoException {
    if (!comment.isEmpty()) {
      AVDictionary metadata = new AVDictionary(null);
      avutil.av_dict_set(metadata, "comment", comment, 0);
      context.metadata(metadata);
    }
    AVDictionary options = new AVDictionary(null);
    avutil.av_dict_set(options, "movflags", "+faststart", 0);
    int written = avformat.avformat_write_header(context, options);
    avutil.av_dict_free(options);
    check(written);
  }

  /** Fails where FFmpeg could not write. */
  void check(int result) throws VideoException {
    if (result < 0) {
      throw failure(target, result);
    }
  }

  /** Writes the end, and puts the file in its target's place. */
  void finish() throws IOException {
    check(avformat.av_write_trailer(context));
    check(avformat.avio_closep(io));
    context.pb(io); // null now: there is nothing left to close
    file.commit();
  }

  /** Leaves nothing behind, unless it was finished. */
  @Override
  public void close() {
    avformat.avio_closep(io);
    avformat.avformat_free_context(context);
    try {
      file.close();
    } catch (IOException e) {
      // What could not be deleted keeps its temporary name; nothing here can change that.
      return;
    }
  }
}
