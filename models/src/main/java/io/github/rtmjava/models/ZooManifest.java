package io.github.rtmjava.models;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * The list of official files, {@code zoo.json}: one object per file with the fields of {@link
 * ZooEntry}, all of them, and one per name that stands for several with the fields of {@link
 * ZooRecipe}. A new model is a new object. {@code zoo.schema.json} describes the file.
 *
 * @param format always {@code rtm-java zoo}
 * @param version of the format
 * @param models the files
 * @param recipes the names that stand for a model and a detector
 */
record ZooManifest(String format, int version, List<ZooEntry> models, List<ZooRecipe> recipes) {
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
          "expected '%s' of version 1, found '%s' of version %s"
              .formatted(FORMAT, format, version));
    }
    models = List.copyOf(models);
    recipes = List.copyOf(recipes);
    new ManifestNames(models).requireSense(recipes);
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
}
