package io.github.rtmjava.app;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.github.rtmjava.models.CachedModel;
import io.github.rtmjava.models.Zoo;
import io.github.rtmjava.models.ZooEntry;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * An official model and what is here of it.
 *
 * @param model the official file
 * @param path its bundle in the cache; null if it is not there
 * @param cached where that came from; null if it is not there
 */
record ModelState(
    @JsonUnwrapped ZooEntry model, @Nullable String path, @Nullable CachedModel cached) {

  static ModelState of(ZooEntry entry, Zoo zoo) throws IOException {
    return new ModelState(
        entry,
        zoo.path(entry.name()).map(Path::toString).orElse(null),
        zoo.cached(entry.name()).orElse(null));
  }

  /** The state of the cache in a word or two. */
  String word() {
    if (path == null) {
      return "-";
    }
    return cached == null ? "no record" : cached.verified() ? "verified" : "unverified";
  }
}
