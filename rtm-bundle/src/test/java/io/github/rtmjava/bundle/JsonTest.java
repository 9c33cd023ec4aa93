package io.github.rtmjava.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.checkpoint.CheckpointException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class JsonTest {
  private static byte[] bytes(String json) {
    return json.getBytes(StandardCharsets.UTF_8);
  }

  private static String refused(String json) {
    return assertThrows(CheckpointException.class, () -> Json.object(bytes(json), "a bundle"))
        .getMessage();
  }

  @Test
  void objectsAreRead() throws IOException {
    assertEquals(2, Json.object(bytes("{\"a\":[1,2]}"), "a bundle").get("a").size());
  }

  @Test
  void valuesAndNamesAreBounded() {
    assertTrue(refused("{\"a\":[" + "1,".repeat(400_000) + "1]}").contains("at most 400000"));
    assertTrue(refused("{\"" + "n".repeat(5000) + "\":1}").contains("at most 4096 characters"));
    assertTrue(refused("[".repeat(100)).contains("a bundle"));
  }

  /** Applications on Spring Boot 3.2 and 3.3 have Jackson 2.15 to 2.17. */
  @Test
  void noBoundOfNewerJacksonsIsAskedFor() throws IOException {
    Set<String> later = new TreeSet<>();
    try (InputStream in = Json.class.getResourceAsStream("Json.class")) {
      String code = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
      for (String method : Set.of("maxTokenCount", "maxNameLength", "maxDocumentLength")) {
        if (code.contains(method)) {
          later.add(method);
        }
      }
    }
    assertEquals(Set.of(), later);
  }
}
