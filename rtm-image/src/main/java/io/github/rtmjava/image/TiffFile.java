package io.github.rtmjava.image;

/** Reads the first directory of a TIFF or BigTIFF file and checks that its pixels are there. */
final class TiffFile {
  private static final int SUBFILE = 254;
  private static final int WIDTH = 256;
  private static final int HEIGHT = 257;
  private static final int BITS = 258;
  private static final int COMPRESSION = 259;
  private static final int COLOURS = 262;
  private static final int STRIP_OFFSETS = 273;
  private static final int STRIP_COUNTS = 279;
  private static final int TILE_OFFSETS = 324;
  private static final int TILE_COUNTS = 325;
  private static final int SAMPLE_FORMAT = 339;

  private static final int BYTE = 1;
  private static final int SHORT = 3;
  private static final int LONG8 = 16;

  private final Bytes file;
  private final boolean big;

  private TiffFile(Bytes file, boolean big) {
    this.file = file;
    this.big = big;
  }

  /** A field: so many numbers of a type, from an offset. */
  private record Field(int type, long count, long at) {}

  static boolean claims(Bytes file) {
    return file.has(0, "II*\0")
        || file.has(0, "MM\0*")
        || file.has(0, "II+\0")
        || file.has(0, "MM\0+");
  }

  static PictureFile read(byte[] data)
      throws Bytes.EndException, PictureFile.DamagedException, PictureFile.UnreadException {
    Bytes bytes = Bytes.of(data);
    Bytes file = bytes.has(0, "II") ? bytes.littleEndian() : bytes;
    return new TiffFile(file, file.u16(2) == 43).readFirst(data);
  }

  private PictureFile readFirst(byte[] data)
      throws Bytes.EndException, PictureFile.DamagedException, PictureFile.UnreadException {
    long directory = big ? file.u64(8) : file.u32(4);
    long entries = big ? file.u64(directory) : file.u16(directory);
    int entry = big ? 20 : 12;
    long first = directory + (big ? 8 : 2);
    if (entries < 0) {
      throw new PictureFile.DamagedException("a directory of a negative size");
    }
    file.require(first, Math.min(entries, data.length) * entry);
    long width = 0;
    long height = 0;
    Field offsets = null;
    Field counts = null;
    TiffKind kind = TiffKind.USUAL;
    for (long at = first; at < first + entries * entry; at += entry) {
      int tag = file.u16(at);
      Field field = field(at);
      switch (tag) {
        case WIDTH -> width = number(field, 0);
        case HEIGHT -> height = number(field, 0);
        case STRIP_OFFSETS, TILE_OFFSETS -> offsets = field;
        case STRIP_COUNTS, TILE_COUNTS -> counts = field;
        case BITS -> kind = kind.withBits(number(field, 0));
        case COMPRESSION -> kind = kind.withCompression(number(field, 0));
        case COLOURS -> kind = kind.withColours(number(field, 0));
        case SAMPLE_FORMAT -> kind = kind.withSampleFormat(number(field, 0));
        case SUBFILE -> kind = kind.withPreview((number(field, 0) & 1) != 0);
        default -> {}
      }
    }
    if (width < 1 || height < 1 || offsets == null) {
      throw new PictureFile.DamagedException("no picture in its first directory");
    }
    if (counts != null) {
      for (long i = 0; i < Math.min(offsets.count, counts.count); i++) {
        file.require(number(offsets, i), number(counts, i));
      }
    }
    kind.requireReadable();
    // The decoder itself turns TIFF files upright.
    return new PictureFile("TIFF", width, height, Exif.UPRIGHT, false, kind.rare(), null, data);
  }

  private Field field(long at) throws Bytes.EndException {
    int type = file.u16(at + 2);
    long count = big ? file.u64(at + 4) : file.u32(at + 4);
    long value = at + (big ? 12 : 8);
    int inline = big ? 8 : 4;
    if (count < 0 || count > inline / size(type)) {
      value = big ? file.u64(value) : file.u32(value);
    }
    return new Field(type, count, value);
  }

  private long number(Field field, long index) throws Bytes.EndException {
    int size = size(field.type);
    long at = field.at + index * size;
    return switch (size) {
      case 1 -> file.u8(at);
      case 2 -> file.u16(at);
      case 4 -> file.u32(at);
      default -> file.u64(at);
    };
  }

  private static int size(int type) {
    return switch (type) {
      case BYTE -> 1;
      case SHORT -> 2;
      case LONG8 -> 8;
      default -> 4;
    };
  }
}
