package io.github.rtmjava.image;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * What a file is by its first bytes, whatever its name says.
 *
 * @param medium what can be done with it
 * @param description for messages, with an article: {@code a HEIC picture}
 */
public record FileKind(Medium medium, String description) {
  /** What can be done with a file. */
  public enum Medium {
    /** A picture of a format that is read; it may be one that moves. */
    PICTURE,
    /** A video of a format that is known. */
    VIDEO,
    /** A picture of a format that is not read. */
    UNREAD_PICTURE,
    /** Nothing that shows anything. */
    OTHER,
    /** The first bytes do not tell. */
    UNKNOWN
  }

  private static final int HEAD = 512;
  private static final int BRANDS = 8;
  private static final int TRANSPORT_PACKET = 188;

  private static final Set<String> HEIC =
      Set.of(
          "heic", "heix", "heim", "heis", "hevc", "hevx", "hevm", "hevs", "mif1", "mif2", "msf1",
          "miaf", "MiHE", "MiHB", "MiHA", "heif", "unif", "avci", "avcs", "j2ki", "j2is", "jpeg",
          "jpgs", "vvic", "vvis", "evbi", "evbs", "tmap");
  private static final Set<String> AVIF = Set.of("avif", "avis", "avio", "MA1A", "MA1B");
  private static final Set<String> BOXES =
      Set.of("moov", "mdat", "moof", "free", "skip", "wide", "pnot", "styp");

  /** Bytes that stand at a place. */
  private record Mark(int at, String latin1, Medium medium, String description) {}

  private static final List<Mark> MARKS =
      List.of(
          mark(0, "\u00ff\u00d8\u00ff", Medium.PICTURE, "a JPEG picture"),
          mark(0, "\u0089PNG\r\n\u001a\n", Medium.PICTURE, "a PNG picture"),
          mark(8, "WEBP", Medium.PICTURE, "a WebP picture"),
          mark(8, "CR\2\0", Medium.UNREAD_PICTURE, "a raw photograph (CR2)"),
          mark(0, "II*\0", Medium.PICTURE, "a TIFF picture"),
          mark(0, "MM\0*", Medium.PICTURE, "a TIFF picture"),
          mark(0, "II+\0", Medium.PICTURE, "a TIFF picture"),
          mark(0, "MM\0+", Medium.PICTURE, "a TIFF picture"),
          mark(0, "GIF87a", Medium.PICTURE, "a GIF picture"),
          mark(0, "GIF89a", Medium.PICTURE, "a GIF picture"),
          mark(0, "\0\0\0\fJXL \r\n\u0087\n", Medium.UNREAD_PICTURE, "a JPEG XL picture"),
          mark(0, "\u00ff\n", Medium.UNREAD_PICTURE, "a JPEG XL picture"),
          mark(0, "\0\0\0\fjP  \r\n\u0087\n", Medium.UNREAD_PICTURE, "a JPEG 2000 picture"),
          mark(0, "\u00ffO\u00ffQ", Medium.UNREAD_PICTURE, "a JPEG 2000 picture"),
          mark(0, "8BPS", Medium.UNREAD_PICTURE, "a Photoshop picture"),
          mark(0, "gimp xcf", Medium.UNREAD_PICTURE, "a GIMP picture"),
          mark(0, "FUJIFILMCCD-RAW", Medium.UNREAD_PICTURE, "a raw photograph (RAF)"),
          mark(0, "IIR", Medium.UNREAD_PICTURE, "a raw photograph (ORF)"),
          mark(0, "IIU\0", Medium.UNREAD_PICTURE, "a raw photograph (RW2)"),
          mark(0, "FOVb", Medium.UNREAD_PICTURE, "a raw photograph (X3F)"),
          mark(0, "v/1\1", Medium.UNREAD_PICTURE, "an OpenEXR picture"),
          mark(0, "#?RADIANCE", Medium.UNREAD_PICTURE, "a Radiance HDR picture"),
          mark(0, "qoif", Medium.UNREAD_PICTURE, "a QOI picture"),
          mark(0, "DDS ", Medium.UNREAD_PICTURE, "a DDS picture"),
          mark(8, "AVI ", Medium.VIDEO, "a video (AVI)"),
          mark(8, "WAVE", Medium.OTHER, "a sound file"),
          mark(0, "ID3", Medium.OTHER, "a sound file"),
          mark(0, "fLaC", Medium.OTHER, "a sound file"),
          mark(0, "\u001aE\u00df\u00a3", Medium.VIDEO, "a video (MKV or WebM)"),
          mark(0, "0&\u00b2u", Medium.VIDEO, "a video (WMV)"),
          mark(0, "FLV\1", Medium.VIDEO, "a video (FLV)"),
          mark(0, "OggS", Medium.VIDEO, "a video (Ogg)"),
          mark(0, "\0\0\1\u00ba", Medium.VIDEO, "a video (MPEG)"),
          mark(0, "\0\0\1\u00b3", Medium.VIDEO, "a video (MPEG)"),
          mark(0, "DKIF", Medium.VIDEO, "a video (IVF)"),
          mark(0, "YUV4MPEG2 ", Medium.VIDEO, "a video (Y4M)"),
          mark(0, "\6\16+4\2\5\1\1", Medium.VIDEO, "a video (MXF)"),
          mark(0, "nut/multimedia container", Medium.VIDEO, "a video (NUT)"),
          mark(0, "%PDF", Medium.OTHER, "a PDF document"),
          mark(0, "%!PS", Medium.OTHER, "a PostScript document"),
          mark(0, "PK\3\4", Medium.OTHER, "a ZIP archive"),
          mark(0, "\u001f\u008b", Medium.OTHER, "a file compressed with gzip"),
          mark(0, "#EXTM3U", Medium.OTHER, "a playlist, which only names other files"),
          mark(0, "ffconcat", Medium.OTHER, "a playlist, which only names other files"),
          mark(0, "v=0\n", Medium.OTHER, "a description of a stream (SDP)"),
          mark(0, "v=0\r", Medium.OTHER, "a description of a stream (SDP)"),
          mark(0, "<", Medium.OTHER, "a web page or an SVG drawing"));

  private static Mark mark(int at, String latin1, Medium medium, String description) {
    return new Mark(at, latin1, medium, description);
  }

  /**
   * Looks at the beginning of a file.
   *
   * @throws IOException if it cannot be read
   */
  public static FileKind of(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return of(in.readNBytes(HEAD));
    }
  }

  /** What these first bytes belong to. */
  static FileKind of(byte[] head) {
    Bytes bytes = Bytes.of(head);
    if (head.length == 0) {
      return new FileKind(Medium.OTHER, "an empty file");
    }
    if (bytes.has(4, "ftyp")) {
      return ofBrands(head);
    }
    for (Mark mark : MARKS) {
      if (bytes.has(mark.at, mark.latin1)) {
        return new FileKind(mark.medium, mark.description);
      }
    }
    if (bytes.has(0, "BM") && (bytes.has(6, "\0\0\0\0") || head.length < 14)) {
      return new FileKind(Medium.PICTURE, "a BMP picture");
    }
    if (head.length >= 8 && BOXES.contains(latin1(head, 4))) {
      return new FileKind(Medium.VIDEO, "a video (MOV)");
    }
    return isTransportStream(bytes)
        ? new FileKind(Medium.VIDEO, "a video (MPEG-TS)")
        : new FileKind(Medium.UNKNOWN, "a file of another kind");
  }

  /** The main brand decides; where that says nothing, the others. */
  private static FileKind ofBrands(byte[] head) {
    long box = ByteBuffer.wrap(head).order(ByteOrder.BIG_ENDIAN).getInt(0) & 0xffffffffL;
    int end = (int) Math.min(box, head.length);
    boolean heic = false;
    for (int at = BRANDS; at + 4 <= end; at += 4) {
      String brand = latin1(head, at);
      if (AVIF.contains(brand)) {
        return new FileKind(Medium.UNREAD_PICTURE, "an AVIF picture");
      } else if (brand.equals("crx ")) {
        return new FileKind(Medium.UNREAD_PICTURE, "a raw photograph (CR3)");
      }
      heic |= HEIC.contains(brand);
      if (at == BRANDS) {
        if (!heic && !brand.isBlank()) {
          break;
        }
        at += 4; // a version lies between
      }
    }
    return heic
        ? new FileKind(Medium.UNREAD_PICTURE, "a HEIC picture")
        : new FileKind(Medium.VIDEO, "a video");
  }

  private static boolean isTransportStream(Bytes bytes) {
    int stamp = 4; // which cameras put before each packet
    return (bytes.has(0, "G") && bytes.has(TRANSPORT_PACKET, "G"))
        || (bytes.has(stamp, "G") && bytes.has(stamp + TRANSPORT_PACKET + stamp, "G"));
  }

  private static String latin1(byte[] head, int at) {
    return new String(head, at, 4, StandardCharsets.ISO_8859_1);
  }
}
