package io.github.rtmjava.spark;

import io.github.rtmjava.files.Sha256;
import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.spark.SparkFiles;
import org.jspecify.annotations.Nullable;

/**
 * How a model is found on another machine: a name or an address as it is; a file of the driver
 * under the same path, or under its name among the files that Spark has sent. It must be the same
 * one, bit by bit.
 *
 * @param reference as users give it
 * @param sha256 of the file or folder; null where it is neither
 */
record ModelFile(String reference, @Nullable String sha256) implements Serializable {
  /** What was checked in this process already. */
  private static final Map<Path, String> KNOWN = new ConcurrentHashMap<>();

  /** What a reference means here, on the driver. */
  static ModelFile of(String reference) throws IOException {
    Path path = path(reference);
    return path == null || !Files.exists(path)
        ? new ModelFile(reference, null)
        : new ModelFile(path.toAbsolutePath().normalize().toString(), hash(path));
  }

  /**
   * What it is called here, on an executor.
   *
   * @throws IOException if it is not here, or is another one
   */
  String resolve() throws IOException {
    if (sha256 == null) {
      return reference;
    }
    Path original = Path.of(reference);
    Path found =
        Stream.of(original, Path.of(SparkFiles.get(sentName())), Path.of(SparkFiles.get(name())))
            .filter(Files::exists)
            .findFirst()
            .orElse(null);
    if (found == null) {
      throw new IOException(
          ("%s: expected the model on every executor, found it neither under this path nor among"
                  + " Spark's files; send it with --files, or put it on a shared path")
              .formatted(reference));
    }
    String known = KNOWN.get(found);
    if (known == null) {
      known = hash(found);
      KNOWN.put(found, known);
    }
    if (!known.equals(sha256)) {
      throw new IOException(
          ("%s: expected the driver's file on every executor (SHA-256 %s), found another one (%s);"
                  + " copy it there again")
              .formatted(reference, sha256, known));
    }
    return found.toString();
  }

  /**
   * What it is called where the driver has sent it: models of one name may come from two folders.
   */
  String sentName() {
    return sha256 == null ? name() : sha256.substring(0, 16) + "-" + name();
  }

  /** The last part of its path. */
  String name() {
    return String.valueOf(Path.of(reference).getFileName());
  }

  private static @Nullable Path path(String reference) {
    try {
      return Path.of(reference);
    } catch (InvalidPathException e) {
      return null;
    }
  }

  private static String hash(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      return Sha256.of(path);
    }
    List<Path> files;
    try (Stream<Path> all = Files.walk(path)) {
      files = all.filter(Files::isRegularFile).sorted().toList();
    }
    MessageDigest digest = Sha256.digest();
    for (Path file : files) {
      String line = path.relativize(file) + "\n" + Sha256.of(file) + "\n";
      digest.update(line.getBytes(StandardCharsets.UTF_8));
    }
    return Sha256.hex(digest);
  }
}
