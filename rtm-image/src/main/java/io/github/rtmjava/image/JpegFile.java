package io.github.rtmjava.image;

import java.io.ByteArrayOutputStream;

/**
 * Reads the segments of a JPEG file to its end, and drops comments, colour profiles and other
 * metadata, about which the decoder would only print warnings.
 */
final class JpegFile {
  private static final int SOI = 0xd8;
  private static final int EOI = 0xd9;
  private static final int SOS = 0xda;
  private static final int DHT = 0xc4;
  private static final int JPG = 0xc8;
  private static final int DAC = 0xcc;
  private static final int TEM = 0x01;
  private static final int RST0 = 0xd0;
  private static final int RST7 = 0xd7;
  private static final int APP0 = 0xe0;
  private static final int APP1 = 0xe1;
  private static final int APP14 = 0xee;
  private static final int APP15 = 0xef;
  private static final int COM = 0xfe;
  private static final int PROGRESSIVE = 0xc2;
  private static final int PROGRESSIVE_ARITHMETIC = 0xca;
  private static final int JPEG_LS = 0xf7;
  private static final int INKS = 4;

  /** Progressive files have about ten; each costs a pass over the whole picture. */
  private static final int MAX_SCANS = 100;

  private final Bytes file;
  private final byte[] data;
  private final ByteArrayOutputStream kept;
  private long width;
  private long height;
  private int components;
  private int scans;
  private int orientation = Exif.UPRIGHT;
  private boolean adobe;
  private String rare = "";
  private JpegScans scanned = JpegScans.NONE;

  private JpegFile(byte[] data) {
    this.file = Bytes.of(data);
    this.data = data;
    this.kept = new ByteArrayOutputStream(data.length);
  }

  static boolean claims(Bytes file) {
    return file.has(0, "\u00ff\u00d8\u00ff");
  }

  static PictureFile read(byte[] data)
      throws Bytes.EndException, PictureFile.DamagedException, PictureFile.UnreadException {
    return new JpegFile(data).read();
  }

  private PictureFile read()
      throws Bytes.EndException, PictureFile.DamagedException, PictureFile.UnreadException {
    kept.write(data, 0, 2);
    PictureFile.Doubt doubt = null;
    try {
      segments();
    } catch (Bytes.EndException e) {
      if (scans == 0 || !scanned.complete()) {
        throw e;
      }
      doubt = new PictureFile.Doubt(e, jpeg -> EndlessJpeg.isWhole(jpeg) ? jpeg : null);
    }
    if (scans == 0) {
      throw new PictureFile.DamagedException("no picture in it");
    }
    kept.write(0xff);
    kept.write(EOI);
    return new PictureFile(
        "JPEG",
        width,
        height,
        orientation,
        components == INKS && !adobe,
        rare,
        doubt,
        kept.toByteArray());
  }

  /** All segments up to the end mark; an exception where there is none. */
  private void segments()
      throws Bytes.EndException, PictureFile.DamagedException, PictureFile.UnreadException {
    int at = 2;
    while (true) {
      int marker = file.u8(at + 1L);
      if (file.u8(at) != 0xff || marker == 0xff || marker == 0) {
        at++; // what lies between segments belongs to nothing
      } else if (marker == EOI) {
        return;
      } else if (marker == TEM || (marker >= RST0 && marker <= SOI)) {
        at += 2;
      } else {
        at = segment(at, marker);
      }
    }
  }

  /** Keeps a segment with its data where the decoder needs it; returns where it ends. */
  private int segment(int at, int marker)
      throws Bytes.EndException, PictureFile.DamagedException, PictureFile.UnreadException {
    int length = file.u16(at + 2L);
    if (length < 2) {
      throw new PictureFile.DamagedException("a segment without a length at byte " + at);
    }
    Bytes body = file.slice(at + 4L, length - 2);
    int end = at + 2 + length;
    if (isNeeded(marker, body)) {
      int to = marker == SOS ? entropyEnd(end) : end;
      kept.write(data, at, to - at);
      end = to;
    }
    return end;
  }

  /** Takes note of a segment; false where the decoder has no need of it. */
  private boolean isNeeded(int marker, Bytes body)
      throws Bytes.EndException, PictureFile.DamagedException, PictureFile.UnreadException {
    if (marker == APP1 && Exif.claims(body)) {
      orientation = orientation == Exif.UPRIGHT ? Exif.orientation(body) : orientation;
    } else if (marker == APP14 && body.has(0, "Adobe")) {
      adobe = true;
      return true;
    } else if (marker == SOS) {
      if (height == 0) {
        throw new PictureFile.DamagedException("no frame header before its data");
      }
      if (++scans > MAX_SCANS) {
        throw new PictureFile.DamagedException("more than " + MAX_SCANS + " scans");
      }
      scanned.add(body);
    } else if (isFrame(marker)) {
      if (height != 0) {
        throw new PictureFile.DamagedException("a second frame header");
      }
      if (body.u8(0) != 8) {
        throw new PictureFile.UnreadException("of %s bits per value".formatted(body.u8(0)));
      }
      height = body.u16(1);
      width = body.u16(3);
      components = body.u8(5);
      if (width == 0 || height == 0) {
        throw new PictureFile.DamagedException("a size of %sx%s".formatted(width, height));
      }
      rare = rare(marker);
      scanned = new JpegScans(marker == PROGRESSIVE || marker == PROGRESSIVE_ARITHMETIC, body);
    } else if (marker == JPEG_LS) {
      throw new PictureFile.UnreadException("of the kind JPEG-LS");
    }
    boolean metadata = (marker > APP0 && marker <= APP15) || marker == COM;
    return !metadata && (marker != APP0 || body.has(0, "JFIF\0\1"));
  }

  private static String rare(int marker) {
    return switch (marker & 0xf) {
      case 0, 1, 2 -> "";
      case 9, 10 -> "with arithmetic coding";
      case 3, 11 -> "of the lossless kind";
      default -> "of the hierarchical kind";
    };
  }

  private static boolean isFrame(int marker) {
    return marker >= 0xc0 && marker <= 0xcf && marker != DHT && marker != JPG && marker != DAC;
  }

  /** Where the entropy-coded data that starts here ends: at the next marker, or with the file. */
  private int entropyEnd(int from) {
    int at = from;
    while (true) {
      while (at < data.length && data[at] != (byte) 0xff) {
        at++;
      }
      if (at >= data.length - 1) {
        return at;
      }
      int next = data[at + 1] & 0xff;
      if (next != 0 && next != 0xff && !(next >= RST0 && next <= RST7)) {
        return at;
      }
      at += next == 0xff ? 1 : 2;
    }
  }
}
