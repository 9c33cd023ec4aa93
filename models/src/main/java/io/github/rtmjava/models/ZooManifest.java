package io.github.rtmjava.models;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The list of official files, {@code zoo.json}: one object per file with the fields of {@link
 * ZooEntry}, all of them. A new model is a new object.
 *
 * @param format always {@code rtm-java zoo}
 * @param version of the format
 * @param models the files
 */
record ZooManifest(String format, int version, List<ZooEntry> models) {
  private static final String FORMAT = "rtm-java zoo";
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
          .build();

  ZooManifest {
    if (!format.equals(FORMAT) || version != 1) {
      throw new IllegalArgumentException(
          "expected '%s' of version 1, found '%s' of version %d"
              .formatted(FORMAT, format, version));
    }
    models = List.copyOf(models);
    requireSense(models);
  }

  /** The manifest that is part of the library. */
  static ZooManifest official() {
    try (InputStream in = ZooManifest.class.getResourceAsStream("zoo.json")) {
      if (in == null) {
        throw new IOException("the library was built without its zoo.json");
      }
      return read(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * @throws IOException if it is no manifest, a field is missing, unknown or of another type, or
   *     the entries contradict each other
   */
  static ZooManifest read(InputStream in) throws IOException {
    return MAPPER.readValue(in, ZooManifest.class);
  }

  /** Every reference leads to one entry, and every detector that is named is there. */
  private static void requireSense(List<ZooEntry> models) {
    Map<String, String> owners = new HashMap<>();
    for (ZooEntry entry : models) {
      entry
          .references()
          .distinct()
          .forEach(
              reference -> {
                String other = owners.put(reference, entry.name());
                if (other != null) {
                  throw new IllegalArgumentException(
                      "'%s' names both %s and %s".formatted(reference, other, entry.name()));
                }
              });
    }
    for (ZooEntry entry : models) {
      String detector = entry.detector();
      if (detector != null && models.stream().noneMatch(m -> m.name().equals(detector))) {
        throw new IllegalArgumentException(
            "%s: there is no detector %s".formatted(entry.name(), detector));
      }
    }
  }
}
