package io.github.rtmjava.server.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.rtmjava.pose3d.PoseConfig;
import io.github.rtmjava.server.metrics.ServerMetrics;
import io.github.rtmjava.server.web.ProblemException;
import io.github.rtmjava.server.web.Reason;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Several models of the same size, and memory for one or two of them. */
class ModelPoolTest {
  private static final Pattern BYTES = Pattern.compile("(?m)^rtm_models_bytes (\\S+)");

  private static ModelPool pool(double memory, ServerMetrics metrics) {
    Map<String, PoseConfig> models = new LinkedHashMap<>();
    for (String name : List.of("a", "b", "c")) {
      models.put(name, PoseConfig.of("default").withDetector(PoseConfig.NONE));
    }
    return new ModelPool(models, Math.round(memory), metrics);
  }

  private static double bytesOfOne() throws IOException {
    ServerMetrics metrics = new ServerMetrics();
    try (ModelPool pool = pool(1, metrics)) {
      pool.lease("a").close();
      Matcher bytes = BYTES.matcher(metrics.scrape());
      assertEquals(true, bytes.find(), metrics::scrape);
      return Double.parseDouble(bytes.group(1));
    }
  }

  private static List<String> loaded(ModelPool pool) {
    return pool.states().entrySet().stream()
        .filter(state -> state.getValue().isPresent())
        .map(Map.Entry::getKey)
        .toList();
  }

  @Test
  void memoryDecidesWhichAreLoaded() throws IOException {
    double one = bytesOfOne();
    try (ModelPool pool = pool(2.5 * one, new ServerMetrics())) {
      pool.loadAll();
      assertEquals(List.of("a", "b"), loaded(pool), "the first ones");
      pool.lease("a").close();
      pool.lease("c").close();
      assertEquals(List.of("a", "c"), loaded(pool), "the one that was not used for longest goes");
      try (ServedModel a = pool.lease("a");
          ServedModel c = pool.lease("c")) {
        ProblemException e = assertThrows(ProblemException.class, () -> pool.lease("b").close());
        assertEquals(Reason.MEMORY_FULL, e.reason(), a.name() + c.name());
        assertEquals(List.of("a", "c"), loaded(pool), "none that is in use");
      }
      pool.lease("b").close();
      assertEquals(List.of("b", "c"), loaded(pool).stream().sorted().toList());
    }
  }

  @Test
  void oneModelIsLoadedHoweverLittleMemoryThereIs() throws IOException {
    try (ModelPool pool = pool(1, new ServerMetrics())) {
      pool.loadAll();
      assertEquals(List.of("a"), loaded(pool));
      assertEquals(Optional.empty(), pool.states().get("b"));
    }
  }

  @Test
  void aClosedPoolLendsNothing() {
    ModelPool pool = pool(1, new ServerMetrics());
    pool.close();
    ProblemException e = assertThrows(ProblemException.class, () -> pool.lease("a").close());
    assertEquals(Reason.UNAVAILABLE, e.reason());
    ProblemException unknown = assertThrows(ProblemException.class, () -> pool.lease("x").close());
    assertEquals(Reason.NOT_FOUND, unknown.reason());
  }
}
