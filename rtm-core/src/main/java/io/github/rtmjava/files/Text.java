package io.github.rtmjava.files;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Text of files that others wrote. */
public final class Text {
  private static final byte[] UTF_8_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};
  private static final byte[] LITTLE_ENDIAN_MARK = {(byte) 0xff, (byte) 0xfe};
  private static final byte[] BIG_ENDIAN_MARK = {(byte) 0xfe, (byte) 0xff};

  private Text() {}

  /**
   * The text of a whole file, without the byte order mark that editors on Windows put before it: in
   * UTF-16 where the mark says so, otherwise in UTF-8.
   */
  public static String of(byte[] bytes) {
    if (begins(bytes, LITTLE_ENDIAN_MARK)) {
      return after(bytes, LITTLE_ENDIAN_MARK, StandardCharsets.UTF_16LE);
    }
    if (begins(bytes, BIG_ENDIAN_MARK)) {
      return after(bytes, BIG_ENDIAN_MARK, StandardCharsets.UTF_16BE);
    }
    return after(
        bytes, begins(bytes, UTF_8_MARK) ? UTF_8_MARK : new byte[0], StandardCharsets.UTF_8);
  }

  private static boolean begins(byte[] bytes, byte[] mark) {
    return bytes.length >= mark.length
        && Arrays.equals(bytes, 0, mark.length, mark, 0, mark.length);
  }

  private static String after(byte[] bytes, byte[] mark, Charset charset) {
    return new String(bytes, mark.length, bytes.length - mark.length, charset);
  }
}
