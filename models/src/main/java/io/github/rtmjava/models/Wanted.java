package io.github.rtmjava.models;

import io.github.rtmjava.files.Sha256;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a reference leads to.
 *
 * @param key its name in the cache
 * @param modelName what the model is called
 * @param file name under which it is stored while it is a checkpoint
 * @param urls where it is
 * @param checksum what it has to be
 * @param entry the official file that it is; null for any other
 */
record Wanted(
    String key,
    String modelName,
    String file,
    List<URI> urls,
    Checksum checksum,
    @Nullable ZooEntry entry) {
  private static final long LARGEST = 4L << 30;

  /** How much larger than expected a file may be: most sizes are counted, not published. */
  private static final long LEEWAY = 4;

  static Wanted of(ZooEntry entry, List<URI> urls) {
    return new Wanted(
        ModelCache.withoutEnding(entry.file()),
        entry.name(),
        entry.file(),
        urls,
        entry.checksum(),
        entry);
  }

  /** A file at an address that is not in the manifest. */
  static Wanted of(URI url, Checksum checksum) {
    String file = Addresses.fileName(url);
    String stem = ModelCache.withoutEnding(file);
    String key = stem + "-" + Sha256.of(Addresses.withoutSecrets(url)).substring(0, 12);
    return new Wanted(key, stem, key + file.substring(stem.length()), List.of(url), checksum, null);
  }

  RemoteFile remote() {
    Integer megabytes = entry == null ? null : entry.megabytes();
    return new RemoteFile(
        file, urls, checksum, megabytes == null ? LARGEST : (LEEWAY << 20) * megabytes);
  }
}
