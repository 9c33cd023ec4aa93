package io.github.rtmjava.app;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Videos of grey frames as they are, with silence in MP3. */
public final class Avi {
  private static final int SIDE = FakeDetector.SIDE;
  private static final int SOUND_RATE = 44_100;
  private static final int SOUND_SAMPLES = 1152;

  /** Of a frame of MP3 of 128 kbit/s. */
  private static final int SOUND_BYTES = 417;

  private static final short MP3 = 0x55;

  private Avi() {}

  /**
   * Writes a video.
   *
   * @param rate frames in a second
   * @param greys of its frames
   */
  public static void write(Path file, int rate, int... greys) throws IOException {
    int sounds = greys.length * SOUND_RATE / (rate * SOUND_SAMPLES);
    byte[] picture = new byte[SIDE * SIDE * 3];
    byte[] sound = new byte[SOUND_BYTES + 1];
    sound[0] = (byte) 0xff;
    sound[1] = (byte) 0xfb;
    sound[2] = (byte) 0x90;
    ByteBuffer content =
        buffer(4 + greys.length * (8 + picture.length) + sounds * (8 + sound.length));
    content.put(ascii("movi"));
    int sung = 0;
    for (int i = 0; i < greys.length; i++) {
      Arrays.fill(picture, (byte) greys[i]);
      content.put(ascii("00db")).putInt(picture.length).put(picture);
      for (; sung < sounds * (i + 1) / greys.length; sung++) {
        content.put(ascii("01wb")).putInt(SOUND_BYTES).put(sound);
      }
    }
    ByteBuffer pictures =
        list(
            "strl",
            chunk("strh", stream("vids", 1, rate, greys.length, picture.length)),
            chunk("strf", pictureFormat(picture.length)));
    ByteBuffer silence =
        list(
            "strl",
            chunk("strh", stream("auds", SOUND_SAMPLES, SOUND_RATE, sounds, SOUND_BYTES)),
            chunk("strf", soundFormat()));
    ByteBuffer head =
        list(
            "hdrl",
            chunk("avih", head(rate, greys.length)),
            chunk("LIST", pictures),
            chunk("LIST", silence));
    ByteBuffer all = list("AVI ", chunk("LIST", head), chunk("LIST", content.flip()));
    ByteBuffer whole = chunk("RIFF", all);
    byte[] bytes = new byte[whole.remaining()];
    whole.get(bytes);
    Files.write(file, bytes);
  }

  private static ByteBuffer head(int rate, int frames) {
    ByteBuffer out = buffer(56);
    out.putInt(0, 1_000_000 / rate).putInt(16, frames).putInt(24, 2);
    return out.putInt(32, SIDE).putInt(36, SIDE);
  }

  private static ByteBuffer stream(String kind, int scale, int rate, int length, int bytes) {
    ByteBuffer out = buffer(56);
    out.put(0, ascii(kind));
    return out.putInt(20, scale).putInt(24, rate).putInt(32, length).putInt(36, bytes);
  }

  private static ByteBuffer pictureFormat(int bytes) {
    ByteBuffer out = buffer(40);
    out.putInt(0, 40).putInt(4, SIDE).putInt(8, SIDE).putShort(12, (short) 1);
    return out.putShort(14, (short) 24).putInt(20, bytes);
  }

  private static ByteBuffer soundFormat() {
    ByteBuffer out = buffer(30);
    out.putShort(MP3).putShort((short) 2).putInt(SOUND_RATE).putInt(16_000);
    out.putShort((short) SOUND_SAMPLES).putShort((short) 0).putShort((short) 12);
    out.putShort((short) 1).putInt(2).putShort((short) SOUND_BYTES).putShort((short) 1);
    return out.clear();
  }

  private static ByteBuffer list(String name, ByteBuffer... chunks) {
    int size = Arrays.stream(chunks).mapToInt(ByteBuffer::remaining).sum();
    ByteBuffer out = buffer(4 + size).put(ascii(name));
    for (ByteBuffer chunk : chunks) {
      out.put(chunk);
    }
    return out.flip();
  }

  private static ByteBuffer chunk(String name, ByteBuffer content) {
    int size = content.remaining();
    return buffer(8 + size).put(ascii(name)).putInt(size).put(content).flip();
  }

  private static ByteBuffer buffer(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
