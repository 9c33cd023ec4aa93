package io.github.rtmjava.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;

/**
 * What a file is taken for: what its first bytes say, and where they say nothing, what its name
 * ends in.
 *
 * @param kind of use
 * @param label what it is called where files are counted: {@code .heic}
 */
record Media(Kind kind, String label) {
  /** What becomes of it. */
  enum Kind {
    PICTURE,
    /** A picture of several frames. */
    MOVING_PICTURE,
    VIDEO,
    /** What a user may take for a picture or a video, and is not read. */
    UNREAD,
    /** Nothing of the kind. */
    OTHER
  }

  static final Set<String> PICTURES =
      Set.of("jpg", "jpeg", "jpe", "jfif", "png", "apng", "webp", "tif", "tiff", "bmp", "gif");

  private static final Set<String> VIDEOS =
      Set.of(
          "mp4", "m4v", "mov", "qt", "mkv", "webm", "avi", "mpg", "mpeg", "m2v", "vob", "ts", "mts",
          "m2ts", "wmv", "asf", "flv", "f4v", "3gp", "3g2", "ogv", "mjpeg", "mjpg", "m3u8", "mxf",
          "ivf", "obu", "h264", "264", "h265", "265", "hevc", "y4m", "nut", "dv");

  /** Raw videos begin as a picture does. */
  private static final Set<String> PICTURES_IN_A_ROW = Set.of("mjpeg", "mjpg");

  /** Many of these begin as a TIFF file does, with a small picture. */
  private static final Set<String> RAW =
      Set.of(
          "dng", "cr2", "cr3", "crw", "nef", "nrw", "arw", "srf", "sr2", "raf", "orf", "rw2", "rwl",
          "pef", "srw", "x3f", "3fr", "erf", "kdc", "mef", "mos", "mrw", "iiq");

  private static final Set<String> UNREAD =
      Set.of(
          "heic", "heif", "hif", "avif", "jxl", "jp2", "j2k", "jpx", "jpf", "jls", "jxr", "wdp",
          "psd", "psb", "xcf", "kra", "svg", "svgz", "tga", "pcx", "ppm", "pgm", "pbm", "pnm",
          "pam", "exr", "hdr", "dds", "ico", "icns", "qoi", "braw", "r3d", "swf", "rm", "rmvb");

  /** What a file is; special files are not opened. */
  static Media of(Path file) throws IOException {
    String ending = ending(String.valueOf(file.getFileName()));
    if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      return byName(ending);
    }
    FileKind kind = FileKind.of(file);
    return switch (kind.medium()) {
      case PICTURE -> picture(file, ending, kind);
      case VIDEO -> new Media(Kind.VIDEO, "." + ending);
      case UNREAD_PICTURE -> unread(ending, kind);
      case OTHER, UNKNOWN -> byName(ending);
    };
  }

  private static Media picture(Path file, String ending, FileKind kind) throws IOException {
    if (RAW.contains(ending)) {
      return new Media(Kind.UNREAD, "." + ending);
    }
    if (PICTURES_IN_A_ROW.contains(ending) && kind.description().contains("JPEG")) {
      return new Media(Kind.VIDEO, "." + ending);
    }
    return new Media(MovingPicture.isIn(file) ? Kind.MOVING_PICTURE : Kind.PICTURE, "." + ending);
  }

  private static Media unread(String ending, FileKind kind) {
    boolean named = UNREAD.contains(ending) || RAW.contains(ending);
    return new Media(
        Kind.UNREAD,
        named ? "." + ending : kind.description().replaceFirst("^an? ", "") + " named ." + ending);
  }

  private static Media byName(String ending) {
    Kind kind = Kind.OTHER;
    if (VIDEOS.contains(ending)) {
      kind = Kind.VIDEO;
    } else if (PICTURES.contains(ending)) {
      kind = Kind.PICTURE;
    } else if (UNREAD.contains(ending) || RAW.contains(ending)) {
      kind = Kind.UNREAD;
    }
    return new Media(kind, "." + ending);
  }

  /** Whether an address or a file of this name is a video, as far as the name tells. */
  static boolean isVideoName(String name) {
    return VIDEOS.contains(ending(name));
  }

  private static String ending(String name) {
    return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
  }
}
