package io.github.rtmjava.bundle;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.rtmjava.checkpoint.Data;
import io.github.rtmjava.model.Model;
import io.github.rtmjava.model.ModelSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
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

  public String text() {
    ObjectNode out = Json.MAPPER.createObjectNode();
    out.put("version", VERSION);
    out.put("name", name);
    out.put("licence", licence);
    SpecJson.write(spec, out);
    try {
      return Json.MAPPER.writeValueAsString(out);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The note in a checkpoint's metadata; none where it is of a later version or damaged. */
  public static Optional<ModelNote> in(Data.Dict meta) {
    Optional<String> text = meta.text(KEY);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      JsonNode note = Json.object(text.get().getBytes(StandardCharsets.UTF_8), KEY);
      return JsonFields.integer(note, "version") == VERSION
          ? Optional.of(
              new ModelNote(
                  JsonFields.text(note, "name"),
                  JsonFields.text(note, "licence"),
                  SpecJson.read(note)))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty(); // the weights tell what the network is, as in files of others
    }
  }
}
