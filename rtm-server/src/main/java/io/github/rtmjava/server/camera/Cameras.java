package io.github.rtmjava.server.camera;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.rtmjava.server.web.ProblemException;
import io.github.rtmjava.server.web.Reason;
import io.github.rtmjava.video.VideoSource;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The cameras of a service, by the names that the operator gave them. */
public final class Cameras implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, CameraFeed> feeds = new LinkedHashMap<>();

  /**
   * Nothing is opened yet.
   *
   * @param models that look at them, by names of cameras; the first one looks at the others
   */
  public Cameras(
      Map<String, VideoSource> sources, Map<String, String> models, Surroundings around) {
    sources.forEach(
        (name, source) -> feeds.put(name, new CameraFeed(name, source, models.get(name), around)));
  }

  /**
   * Looks whether all of them are there.
   *
   * @throws IOException if one is not
   */
  public void check() throws IOException {
    for (CameraFeed feed : feeds.values()) {
      feed.check();
    }
  }

  /**
   * One of them.
   *
   * @param name null for the first
   */
  CameraFeed feed(@Nullable String name) {
    if (feeds.isEmpty()) {
      throw new ProblemException(
          Reason.NOT_FOUND, "this service has no camera; its operator can add one with --camera");
    }
    CameraFeed feed = name == null ? feeds.values().iterator().next() : feeds.get(name);
    if (feed == null) {
      throw new ProblemException(
          Reason.NOT_FOUND,
          "expected a camera out of %s, found '%s'"
              .formatted(String.join(", ", feeds.keySet()), name));
    }
    return feed;
  }

  /** What there is. */
  ArrayNode list() {
    ArrayNode list = JSON.createArrayNode();
    for (CameraFeed feed : feeds.values()) {
      ObjectNode camera = feed.board().state().json(feed.name());
      list.add(
          camera
              .put("width", feed.width())
              .put("height", feed.height())
              .put("watchers", feed.watchers()));
    }
    return list;
  }

  /** Ends all of them. */
  @Override
  public void close() {
    feeds.values().forEach(CameraFeed::close);
  }
}
