package io.github.rtmjava.tensor;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** numpy's {@code .npz} format: a zip of named {@code .npy} arrays. */
public final class Npz {
  private static final String SUFFIX = ".npy";

  private Npz() {}

  /** Every array by name, in the file's order. Entries that are no arrays are an error. */
  public static Map<String, Tensor> read(Path file) throws IOException {
    Map<String, Tensor> arrays = new LinkedHashMap<>();
    try (ZipFile zip = new ZipFile(file.toFile())) {
      for (Enumeration<? extends ZipEntry> e = zip.entries(); e.hasMoreElements(); ) {
        ZipEntry entry = e.nextElement();
        String name = entry.getName();
        try (InputStream in = zip.getInputStream(entry)) {
          arrays.put(
              name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : name,
              Npy.read(in));
        } catch (IOException ex) {
          throw new IOException(
              "%s, entry %s: %s".formatted(file.getFileName(), name, ex.getMessage()), ex);
        }
      }
    }
    return arrays;
  }

  /** Writes arrays without compression, as {@code numpy.savez} does. */
  public static void write(Map<String, Tensor> arrays, OutputStream out) throws IOException {
    ZipOutputStream zip = new ZipOutputStream(out);
    zip.setLevel(0);
    for (Map.Entry<String, Tensor> array : arrays.entrySet()) {
      zip.putNextEntry(new ZipEntry(array.getKey() + SUFFIX));
      Npy.write(array.getValue(), zip);
      zip.closeEntry();
    }
    zip.finish();
  }
}
