package io.github.rtmjava.spark;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** The bytes of picture files, of limited number. */
final class PictureFiles {
  private PictureFiles() {}

  /**
   * Reads a file of any of Hadoop's file systems.
   *
   * @throws IOException if it is missing, cannot be read or is too large
   */
  static byte[] read(Path path, Configuration hadoop, int most) throws IOException {
    try (InputStream in = path.getFileSystem(hadoop).open(path)) {
      return read(in, most, path.toString());
    } catch (FileNotFoundException e) {
      throw new IOException(path + ": expected a picture, found no such file", e);
    }
  }

  /** Reads a stream to its end, or a little beyond the limit. */
  static byte[] read(InputStream in, int most, String name) throws IOException {
    return checked(in.readNBytes(Math.addExact(most, 1)), most, name);
  }

  static byte[] checked(byte[] bytes, int most, String name) throws IOException {
    if (bytes.length > most) {
      throw new IOException(
          "%s: expected a picture of at most %s bytes, found more; scale it down first"
              .formatted(name, most));
    }
    return bytes;
  }
}
