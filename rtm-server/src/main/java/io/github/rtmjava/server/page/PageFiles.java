package io.github.rtmjava.server.page;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.rtmjava.output.viewer.ViewerModules;
import io.github.rtmjava.server.web.SecurityHeaders;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The page at {@code /} and its files below {@code /page/}: each a route of its own, from memory,
 * so that no path of a request leads anywhere else.
 */
public final class PageFiles {
  private static final String FOLDER = "/page/";
  private static final String VIEWER = FOLDER + "viewer/";
  private static final String VIDEO = "video/mp4";

  private static final List<String> OWN =
      List.of(
          "main.js",
          "count.js",
          "delays.js",
          "demo.js",
          "drops.js",
          "figures.js",
          "frame-file.js",
          "keys.js",
          "people.js",
          "pump.js",
          "recorder.js",
          "server-camera.js",
          "socket.js",
          "sources.js",
          "stage.js",
          "live.css",
          "demo/clip.mp4",
          "demo/poses.json");

  private static final Map<String, String> TYPES =
      Map.of(
          "js", "text/javascript; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "json", "application/json",
          "mp4", VIDEO);

  private final Map<String, Resource> files = new LinkedHashMap<>();
  private final Resource page;
  private final String policy;

  /**
   * A file.
   *
   * @param etag of its bytes
   */
  private record Resource(byte[] bytes, String type, String etag) {
    static Resource of(byte[] bytes, String type) {
      return new Resource(bytes, type, "\"" + sha256(bytes) + "\"");
    }
  }

  /** Reads all of them. */
  public PageFiles() {
    try {
      for (String name : OWN) {
        files.put(FOLDER + name, Resource.of(read(name), type(name)));
      }
      ViewerModules.files()
          .forEach((name, bytes) -> files.put(VIEWER + name, Resource.of(bytes, type(name))));
      String imports = imports();
      String html =
          new String(read("index.html"), StandardCharsets.UTF_8).replace("{{imports}}", imports);
      page = Resource.of(html.getBytes(StandardCharsets.UTF_8), "text/html; charset=utf-8");
      policy = SecurityHeaders.policyWithScript(sha256(imports.getBytes(StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Adds the routes. */
  public void register(RoutesConfig routes) {
    routes.get("/", ctx -> send(page, ctx.header("Content-Security-Policy", policy)));
    files.forEach((path, file) -> routes.get(path, ctx -> send(file, ctx)));
  }

  private static void send(Resource file, Context ctx) {
    ctx.header("Cache-Control", "no-cache").header("ETag", file.etag);
    if (file.etag.equals(ctx.header("If-None-Match"))) {
      ctx.status(304);
    } else if (file.type.equals(VIDEO)) {
      // Safari asks for parts of a video.
      ctx.writeSeekableStream(new ByteArrayInputStream(file.bytes), file.type, file.bytes.length);
    } else {
      ctx.contentType(file.type).result(file.bytes);
    }
  }

  /** What bare names in modules mean. */
  private static String imports() {
    ObjectNode map = new ObjectMapper().createObjectNode();
    ObjectNode names = map.putObject("imports");
    new TreeMap<>(ViewerModules.imports()).forEach((name, file) -> names.put(name, VIEWER + file));
    return map.toString();
  }

  private static String type(String name) {
    return TYPES.getOrDefault(
        name.substring(name.lastIndexOf('.') + 1), "text/plain; charset=utf-8");
  }

  private static String sha256(byte[] bytes) {
    try {
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static byte[] read(String name) throws IOException {
    try (InputStream in = PageFiles.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IOException("expected the resource " + name + " in rtm-server, found none");
      }
      return in.readAllBytes();
    }
  }
}
