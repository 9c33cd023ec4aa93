package io.github.rtmjava.bundle;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.rtmjava.checkpoint.Data;
import io.github.rtmjava.model.Model;
import io.github.rtmjava.model.ModelSpec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What a bundle says of a model beyond its weights, as a text in the metadata of an exported
 * checkpoint: with it the file becomes the same bundle again, input size and labels included.
 */
public record ModelNote(String name, String licence, ModelSpec spec) {
  /** Its place in the metadata. */
  public static final String KEY = "rtm_java";

  private static final int VERSION = 1;

  public static ModelNote of(Model model) {
    return new ModelNote(model.name(), model.provenance().licence(), model.spec());
  }

  /** The fields before those of the specification. */
  private record Head(int version, String name, String licence) {}

  public String text() {
    return Json.text(Json.joined(new Head(VERSION, name, licence), spec));
  }

  /** The note in a checkpoint's metadata; none where it is of a later version or damaged. */
  public static Optional<ModelNote> in(Data.Dict meta) {
    Optional<String> text = meta.text(KEY);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      JsonNode note = Json.object(text.get().getBytes(StandardCharsets.UTF_8), KEY);
      Head head = Json.record(note, Head.class, KEY);
      return head.version == VERSION
          ? Optional.of(
              new ModelNote(
                  head.name, head.licence, Json.record(note, SpecJson.class, KEY).toSpec(KEY)))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty(); // the weights tell what the network is, as in files of others
    }
  }
}
