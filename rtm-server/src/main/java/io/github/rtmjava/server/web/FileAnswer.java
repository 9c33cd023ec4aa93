package io.github.rtmjava.server.web;

import io.javalin.http.Context;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Answers with a finished file, or with one part of it where a request asks for that. */
public final class FileAnswer {
  private static final Pattern RANGE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");
  private static final int PARTIAL = 206;

  private FileAnswer() {}

  /**
   * Sends a file.
   *
   * @param name that a browser is to save it by: letters, digits, dots, underlines and hyphens
   * @param type its media type
   * @param version changes with the content, for requests that go on with a file
   * @throws ProblemException if it is not there, or not the part that is asked for
   */
  public static void send(Context ctx, Path file, String name, String type, String version)
      throws IOException {
    SeekableByteChannel channel;
    try {
      channel = Files.newByteChannel(file);
    } catch (NoSuchFileException e) {
      throw new ProblemException(Reason.NOT_FOUND, "there is no file of this name any more");
    }
    boolean sent = false;
    try {
      send(ctx, channel, name, type, version);
      sent = true;
    } finally {
      if (!sent) {
        channel.close();
      }
    }
  }

  private static void send(
      Context ctx, SeekableByteChannel channel, String name, String type, String version)
      throws IOException {
    long size = channel.size();
    String tag = "\"" + version + "\"";
    String condition = ctx.header("If-Range");
    String asked = condition == null || condition.equals(tag) ? ctx.header("Range") : null;
    Part part = part(asked, size, ctx);
    ctx.contentType(type)
        .header("Accept-Ranges", "bytes")
        .header("ETag", tag)
        .header("Content-Disposition", "attachment; filename=\"" + name + "\"");
    if (part == null) {
      ctx.header("Content-Length", String.valueOf(size));
      ctx.result(Channels.newInputStream(channel));
      return;
    }
    channel.position(part.from);
    ctx.status(PARTIAL)
        .header("Content-Range", "bytes %s-%s/%s".formatted(part.from, part.to, size))
        .header("Content-Length", String.valueOf(part.to - part.from + 1));
    ctx.result(new First(Channels.newInputStream(channel), part.to - part.from + 1));
  }

  /** Null for all of it: also where several parts are asked for, as HTTP allows. */
  private static @Nullable Part part(@Nullable String asked, long size, Context ctx) {
    Matcher range = RANGE.matcher(asked == null ? "" : asked.strip());
    if (!range.matches() || (range.group(1).isEmpty() && range.group(2).isEmpty())) {
      return null;
    }
    long from;
    long to = size - 1;
    if (range.group(1).isEmpty()) {
      from = Math.max(0, size - Long.parseLong(range.group(2)));
    } else {
      from = Long.parseLong(range.group(1));
      if (!range.group(2).isEmpty()) {
        to = Math.min(to, Long.parseLong(range.group(2)));
      }
    }
    if (from > to) {
      ctx.header("Content-Range", "bytes */" + size);
      throw new ProblemException(
          Reason.RANGE, "expected a part within the %s bytes of the file".formatted(size));
    }
    return new Part(from, to);
  }

  /** Bytes of a file, both included. */
  private record Part(long from, long to) {}

  /** The first bytes of a stream. */
  private static final class First extends FilterInputStream {
    private long left;

    First(InputStream in, long length) {
      super(in);
      this.left = length;
    }

    @Override
    public int read() throws IOException {
      if (left == 0) {
        return -1;
      }
      left--;
      return super.read();
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      if (left == 0) {
        return -1;
      }
      int read = super.read(into, offset, (int) Math.min(length, left));
      left -= Math.max(0, read);
      return read;
    }
  }
}
