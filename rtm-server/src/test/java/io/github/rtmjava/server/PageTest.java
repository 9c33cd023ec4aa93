package io.github.rtmjava.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.server.config.ServerOptions;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The files of the page. */
final class PageTest {
  private static final Pattern IMPORT = Pattern.compile("from '([^']+)'");
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static PoseServer server;

  @BeforeAll
  static void start() throws IOException {
    server = PoseServer.start(ServerOptions.DEFAULT.at("127.0.0.1", 0));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void thePageRunsNothingInlineButItsImportMap() throws Exception {
    HttpResponse<byte[]> page = get("/", "");
    assertEquals(200, page.statusCode());
    String policy = page.headers().firstValue("Content-Security-Policy").orElseThrow();
    assertFalse(policy.contains("unsafe"), policy);
    assertTrue(policy.contains("script-src 'self' 'sha256-"), policy);
    assertFalse(
        get("/page/main.js", "")
            .headers()
            .firstValue("Content-Security-Policy")
            .orElseThrow()
            .contains("sha256"));
  }

  @Test
  void everyModuleAndStyleIsThereWithItsType() throws Exception {
    String html = text(get("/", ""));
    assertFalse(html.contains("//cdn") || html.contains("https://"), "addresses outside");
    for (String path : List.of("/page/live.css", "/page/viewer/viewer.css")) {
      assertTrue(html.contains(path));
      assertType("text/css", path);
    }
    Deque<String> next = new ArrayDeque<>(List.of("/page/main.js"));
    Set<String> seen = new HashSet<>(next);
    while (!next.isEmpty()) {
      String module = next.remove();
      assertType("text/javascript", module);
      Matcher imports = IMPORT.matcher(text(get(module, "")));
      while (module.matches("/page/[^/]+") && imports.find()) {
        String name = imports.group(1);
        String path =
            name.startsWith("./")
                ? "/page/" + name.substring(2)
                : name.replaceFirst("^rtm/", "/page/viewer/");
        assertTrue(name.startsWith("./") || html.contains("\"" + name + "\""), name);
        if (seen.add(path)) {
          next.add(path);
        }
      }
    }
    assertTrue(seen.size() > 15, seen::toString);
    assertType("video/mp4", "/page/demo/clip.mp4");
  }

  private static void assertType(String type, String path) throws Exception {
    HttpResponse<byte[]> file = get(path, "");
    assertEquals(200, file.statusCode(), path);
    assertTrue(file.body().length > 100, path);
    assertTrue(file.headers().firstValue("Content-Type").orElse("").startsWith(type), path);
  }

  @Test
  void whatABrowserHasIsNotSentAgain() throws Exception {
    String etag = get("/page/main.js", "").headers().firstValue("ETag").orElseThrow();
    HttpResponse<byte[]> again = get("/page/main.js", etag);
    assertEquals(304, again.statusCode());
    assertEquals(0, again.body().length);
  }

  @Test
  void noPathLeadsToAnotherFile() throws Exception {
    for (String path :
        List.of(
            "/page/",
            "/page/index.html",
            "/page/PageFiles.class",
            "/page/%2e%2e/PoseService.class",
            "/page/viewer/app.js",
            "/page/viewer/..%2f..%2fsecret")) {
      int status = get(path, "").statusCode();
      assertTrue(status == 404 || status == 400, () -> path + ": " + status);
    }
  }

  private static String text(HttpResponse<byte[]> response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  private static HttpResponse<byte[]> get(String path, String etag) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(server.address().resolve(path));
    if (!etag.isEmpty()) {
      request.header("If-None-Match", etag);
    }
    return CLIENT.send(request.build(), BodyHandlers.ofByteArray());
  }
}
