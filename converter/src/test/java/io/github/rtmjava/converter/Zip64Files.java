package io.github.rtmjava.converter;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Rewrites the end of a zip archive as torch's writer does: with the records of zip64. */
public final class Zip64Files {
  private static final int END_SIZE = 22;

  private Zip64Files() {}

  public static byte[] of(byte[] zip) {
    int endAt = zip.length - END_SIZE;
    ByteBuffer end = ByteBuffer.wrap(zip, endAt, END_SIZE).slice().order(ByteOrder.LITTLE_ENDIAN);
    int count = end.getShort(10);
    long size = end.getInt(12);
    long offset = end.getInt(16);
    ByteBuffer out =
        ByteBuffer.wrap(Arrays.copyOf(zip, endAt + 56 + 20 + END_SIZE))
            .order(ByteOrder.LITTLE_ENDIAN)
            .position(endAt);
    out.putInt(0x06064b50).putLong(44).putShort((short) 45).putShort((short) 45);
    out.putInt(0).putInt(0).putLong(count).putLong(count).putLong(size).putLong(offset);
    out.putInt(0x07064b50).putInt(0).putLong(endAt).putInt(1);
    out.putInt(0x06054b50).putInt(0).putShort((short) -1).putShort((short) -1);
    out.putInt(-1).putInt(-1).putShort((short) 0);
    return out.array();
  }
}
