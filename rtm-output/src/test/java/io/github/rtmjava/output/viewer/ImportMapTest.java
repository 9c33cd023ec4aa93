package io.github.rtmjava.output.viewer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ImportMapTest {
  private static final String SOURCE =
      "import { a } from 'b';\n\tconst c = \"</script><!-- 50% #1 %41 \\\\ 3 × 4 🙂\" + a;\n";

  @Test
  void holdsModulesByName() throws IOException {
    ImportMap map = new ImportMap();
    map.add("b", "export const a = 1;");
    map.add("rtm/c.js", SOURCE);
    JsonNode imports = new ObjectMapper().readTree(map.json()).get("imports");
    assertEquals(2, imports.size());
    assertEquals("export const a = 1;\n//# sourceURL=b", source(imports.get("b")));
    assertEquals(SOURCE + "\n//# sourceURL=rtm/c.js", source(imports.get("rtm/c.js")));
  }

  @Test
  void canStandInHtml() {
    ImportMap map = new ImportMap();
    map.add("c", SOURCE);
    assertFalse(map.json().contains("<"));
  }

  private static String source(JsonNode address) {
    String text = address.asText();
    String head = "data:text/javascript;charset=utf-8,";
    assertEquals(head, text.substring(0, head.length()));
    String escaped = text.substring(head.length()).replace("+", "%2B");
    return URLDecoder.decode(escaped, StandardCharsets.UTF_8);
  }
}
