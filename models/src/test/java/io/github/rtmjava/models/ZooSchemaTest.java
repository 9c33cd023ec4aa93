package io.github.rtmjava.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The manifest and the schema that is shipped beside it. */
class ZooSchemaTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @Test
  void theManifestIsValid() throws IOException {
    assertEquals(List.of(), errors(json("zoo.json")));
  }

  @Test
  void theSchemaIsOne() throws IOException {
    Schema meta =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));
    assertEquals(List.of(), meta.validate(json("zoo.schema.json")));
  }

  @ParameterizedTest
  @CsvSource({
    "/models/0, licence, null",
    "/models/0, sha256, '\"235E\"'",
    "/models/0, threshold, null",
    "/models/0, detector, '\"rtmdet-m\"'",
    "/models/0, architecture, '\"yolo\"'",
    "/models/0, extra, 1",
    "/models/0/input, width, 33",
    "/models/0/figures/0, value, '\"62.5\"'",
    "/recipes/0, threshold, 1.5",
    "/recipes/0, names, '[\"Human\"]'"
  })
  void aSlipIsFound(String where, String field, String value) throws IOException {
    JsonNode manifest = json("zoo.json");
    ((ObjectNode) manifest.at(where)).set(field, MAPPER.readTree(value));
    assertFalse(errors(manifest).isEmpty(), field);
  }

  private static List<Error> errors(JsonNode manifest) throws IOException {
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
        .getSchema(json("zoo.schema.json"))
        .validate(manifest);
  }

  private static JsonNode json(String resource) throws IOException {
    try (InputStream in = ZooManifest.class.getResourceAsStream(resource)) {
      return MAPPER.readTree(in);
    }
  }
}
