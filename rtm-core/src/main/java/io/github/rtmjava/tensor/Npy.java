package io.github.rtmjava.tensor;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * numpy's {@code .npy} format: versions 1 to 3, little-endian, the element types of {@link DType}
 * except bfloat16. Reads C and Fortran order, writes C order.
 */
public final class Npy {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final int MAX_HEADER = 1 << 16;
  private static final Pattern DESCR = Pattern.compile("'descr'\\s*:\\s*'([^']*)'");
  private static final Pattern ORDER = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
  private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(([\\d,\\s]*)\\)");

  private Npy() {}

  /**
   * Reads one array to the stream's end; what follows it is left alone.
   *
   * @throws IOException if the stream holds anything else, or ends early
   */
  public static Tensor read(InputStream in) throws IOException {
    byte[] start = in.readNBytes(8);
    if (start.length < 8 || !Arrays.equals(start, 0, 6, MAGIC, 0, 6)) {
      throw new IOException("expected a .npy array, found other data");
    }
    int lengthBytes = start[6] == 1 ? 2 : 4;
    byte[] lengths = in.readNBytes(lengthBytes);
    long length = 0;
    for (int i = lengths.length - 1; i >= 0; i--) {
      length = (length << 8) | (lengths[i] & 0xff);
    }
    if (start[6] < 1 || start[6] > 3 || lengths.length < lengthBytes || length > MAX_HEADER) {
      throw new IOException("expected a .npy header of version 1 to 3, found a damaged one");
    }
    String header = new String(in.readNBytes((int) length), StandardCharsets.ISO_8859_1);
    DType dtype = dtype(field(DESCR, header));
    boolean fortran = field(ORDER, header).equals("True");
    Shape shape = shape(field(SHAPE, header));
    long bytes;
    try {
      bytes = Math.multiplyExact(shape.elements(), (long) dtype.bytes());
    } catch (ArithmeticException e) {
      throw new IOException("expected a .npy array of at most 2 GiB, found shape " + shape, e);
    }
    if (bytes > Integer.MAX_VALUE - 8) {
      throw new IOException("expected a .npy array of at most 2 GiB, found " + bytes + " bytes");
    }
    // readNBytes grows with the data that is really there, so a header cannot make it allocate.
    byte[] data = in.readNBytes((int) bytes);
    if (data.length < bytes) {
      throw new EOFException(
          "expected %s bytes of a .npy array of shape %s, found %s"
              .formatted(bytes, shape, data.length));
    }
    return Tensor.over(
        dtype, shape, ByteBuffer.wrap(fortran ? rowMajor(data, shape, dtype.bytes()) : data));
  }

  /** Brings elements whose first index runs fastest into the order whose last index does. */
  private static byte[] rowMajor(byte[] data, Shape shape, int bytes) {
    byte[] out = new byte[data.length];
    int[] index = new int[shape.rank()];
    for (int to = 0; to < out.length; to += bytes) {
      int from = 0;
      for (int axis = shape.rank() - 1; axis >= 0; axis--) {
        from = from * shape.dim(axis) + index[axis];
      }
      System.arraycopy(data, from * bytes, out, to, bytes);
      for (int axis = shape.rank() - 1; axis >= 0 && ++index[axis] == shape.dim(axis); axis--) {
        index[axis] = 0;
      }
    }
    return out;
  }

  /** Writes one array in version 1 of the format. */
  public static void write(Tensor tensor, OutputStream out) throws IOException {
    writeHeader(
        descr(tensor.dtype()), Arrays.stream(tensor.shape().dims()).asLongStream().toArray(), out);
    ByteBuffer bytes = tensor.bytes();
    byte[] block = new byte[Math.min(bytes.remaining(), 1 << 16)];
    while (bytes.hasRemaining()) {
      int n = Math.min(block.length, bytes.remaining());
      bytes.get(block, 0, n);
      out.write(block, 0, n);
    }
  }

  /**
   * Writes what stands before the elements of an array in version 1 of the format; the elements
   * follow in C order.
   *
   * @param descr numpy's name of their type, for example {@code <f4}
   */
  public static void writeHeader(String descr, long[] shape, OutputStream out) throws IOException {
    StringBuilder dims = new StringBuilder();
    for (long dim : shape) {
      dims.append(dim).append(", ");
    }
    String tuple =
        shape.length < 2 ? dims.toString().strip() : dims.substring(0, dims.length() - 2);
    StringBuilder header =
        new StringBuilder(
            "{'descr': '%s', 'fortran_order': False, 'shape': (%s), }".formatted(descr, tuple));
    while ((header.length() + 11) % 64 != 0) {
      header.append(' ');
    }
    header.append('\n');
    out.write(MAGIC);
    out.write(new byte[] {1, 0, (byte) header.length(), (byte) (header.length() >> 8)});
    out.write(header.toString().getBytes(StandardCharsets.ISO_8859_1));
  }

  private static String field(Pattern pattern, String header) throws IOException {
    Matcher matcher = pattern.matcher(header);
    if (!matcher.find()) {
      throw new IOException("expected %s in a .npy header, found: %s".formatted(pattern, header));
    }
    return matcher.group(1);
  }

  private static Shape shape(String text) throws IOException {
    String[] parts =
        Arrays.stream(text.split(","))
            .map(String::strip)
            .filter(s -> !s.isEmpty())
            .toArray(String[]::new);
    try {
      return Shape.of(Arrays.stream(parts).mapToInt(Integer::parseInt).toArray());
    } catch (NumberFormatException e) {
      throw new IOException("expected the shape of a .npy array, found (" + text + ")", e);
    }
  }

  private static DType dtype(String descr) throws IOException {
    return switch (descr) {
      case "<f2" -> DType.FLOAT16;
      case "<f4" -> DType.FLOAT32;
      case "<f8" -> DType.FLOAT64;
      case "|i1" -> DType.INT8;
      case "|u1" -> DType.UINT8;
      case "<i2" -> DType.INT16;
      case "<i4" -> DType.INT32;
      case "<i8" -> DType.INT64;
      case "|b1" -> DType.BOOL;
      default ->
          throw new IOException(
              "expected little-endian float or integer elements in a .npy array, found '%s'"
                  .formatted(descr));
    };
  }

  private static String descr(DType dtype) throws IOException {
    return switch (dtype) {
      case FLOAT16 -> "<f2";
      case FLOAT32 -> "<f4";
      case FLOAT64 -> "<f8";
      case INT8 -> "|i1";
      case UINT8 -> "|u1";
      case INT16 -> "<i2";
      case INT32 -> "<i4";
      case INT64 -> "<i8";
      case BOOL -> "|b1";
      case BFLOAT16 ->
          throw new IOException("numpy has no bfloat16; convert the tensor to float32 first");
    };
  }
}
