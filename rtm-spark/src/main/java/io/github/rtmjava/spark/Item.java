package io.github.rtmjava.spark;

import java.io.Serializable;
import java.util.Locale;
import java.util.Set;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/**
 * A file of an archive: a picture, a video, or a file that holds pictures.
 *
 * @param source what results call it: a path of this machine, or an address
 * @param address for Hadoop
 * @param bytes of the file
 * @param modified milliseconds since 1970
 */
record Item(String source, String address, long bytes, long modified) implements Serializable {
  private static final Set<String> PICTURES =
      Set.of("jpg", "jpeg", "jpe", "jfif", "png", "webp", "tif", "tiff", "bmp", "gif");
  private static final Set<String> VIDEOS =
      Set.of("mp4", "m4v", "mov", "avi", "mkv", "webm", "mpg", "mpeg", "mts", "m2ts", "ts", "wmv");
  private static final long BYTES_OF_A_PICTURE = 200_000;

  static Item of(FileStatus file) {
    Path path = file.getPath();
    String scheme = path.toUri().getScheme();
    return new Item(
        "file".equals(scheme) ? path.toUri().getPath() : path.toString(),
        path.toString(),
        file.getLen(),
        file.getModificationTime());
  }

  boolean archive() {
    return isArchive(address);
  }

  boolean video() {
    return isVideo(address);
  }

  /** Of rows, in Spark's SQL: whether they are of a video. */
  static String videoRows() {
    return "archive IS NULL AND lower(source) RLIKE '[.](%s)$'".formatted(String.join("|", VIDEOS));
  }

  /** About how many pictures it holds. */
  long weight() {
    return archive() ? 1 + bytes / BYTES_OF_A_PICTURE : 1;
  }

  static boolean isPicture(String name) {
    return PICTURES.contains(ending(name));
  }

  static boolean isVideo(String name) {
    return VIDEOS.contains(ending(name));
  }

  static boolean isArchive(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".zip") || isTar(name);
  }

  static boolean isTar(String name) {
    return name.toLowerCase(Locale.ROOT).endsWith(".tar") || isTarGz(name);
  }

  static boolean isTarGz(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".tar.gz") || lower.endsWith(".tgz");
  }

  private static String ending(String name) {
    return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
  }
}
