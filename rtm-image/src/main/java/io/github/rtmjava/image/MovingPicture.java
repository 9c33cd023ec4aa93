package io.github.rtmjava.image;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Tells whether a GIF, PNG or WebP file moves: whether it has more than one frame. */
final class MovingPicture {
  private static final int BUFFER = 1 << 16;
  private static final int RIFF = 0x52494646;
  private static final int ANIMATION_FRAME = 0x414e4d46;
  private static final int ANIMATION_CONTROL = 0x6163544c;
  private static final int IMAGE_DATA = 0x49444154;
  private static final int GIF = 0x47494638;
  private static final int PNG = 0x89504e47;

  private static final int GIF_EXTENSION = 0x21;
  private static final int GIF_PICTURE = 0x2c;

  private MovingPicture() {}

  /**
   * Reads up to the second frame.
   *
   * @throws IOException if the file cannot be read
   */
  static boolean isIn(Path file) throws IOException {
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file), BUFFER))) {
      return switch (in.readInt()) {
        case RIFF -> webp(in);
        case PNG -> png(in);
        case GIF -> gif(in);
        default -> false;
      };
    } catch (EOFException e) {
      return false;
    }
  }

  private static boolean webp(DataInputStream in) throws IOException {
    in.skipNBytes(8);
    for (int frames = 0; frames < 2; ) {
      frames += in.readInt() == ANIMATION_FRAME ? 1 : 0;
      long length = Integer.reverseBytes(in.readInt()) & 0xffffffffL;
      in.skipNBytes(frames < 2 ? length + (length & 1) : 0);
    }
    return true;
  }

  private static boolean png(DataInputStream in) throws IOException {
    in.skipNBytes(4);
    while (true) {
      long length = in.readInt() & 0xffffffffL;
      int type = in.readInt();
      if (type == ANIMATION_CONTROL) {
        return in.readInt() > 1;
      } else if (type == IMAGE_DATA) {
        return false;
      }
      in.skipNBytes(length + 4);
    }
  }

  private static boolean gif(DataInputStream in) throws IOException {
    in.skipNBytes(6);
    int flags = in.readUnsignedByte();
    in.skipNBytes(2 + colours(flags));
    int frames = 0;
    while (frames < 2) {
      int block = in.readUnsignedByte();
      if (block == GIF_EXTENSION) {
        in.skipNBytes(1);
      } else if (block == GIF_PICTURE) {
        frames++;
        in.skipNBytes(8);
        in.skipNBytes(colours(in.readUnsignedByte()) + 1L);
      } else {
        return false;
      }
      for (int length = in.readUnsignedByte(); length > 0; length = in.readUnsignedByte()) {
        in.skipNBytes(length);
      }
    }
    return true;
  }

  private static int colours(int flags) {
    return (flags & 0x80) == 0 ? 0 : 3 << ((flags & 7) + 1);
  }
}
