package io.github.rtmjava.server.docs;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.rtmjava.server.web.Guard;
import io.javalin.config.RoutesConfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** {@code /openapi.json}, and {@code /docs}, the same as a page that needs no script. */
public final class DocsRoute {
  private static final String STYLE = Guard.PAGE + "docs.css";

  private final byte[] document;
  private final byte[] page;
  private final byte[] style;

  /** Reads the document and makes the page of it. */
  public DocsRoute() {
    try {
      document = resource("openapi.json");
      page =
          new ApiPage(new ObjectMapper().readTree(document), STYLE)
              .html()
              .getBytes(StandardCharsets.UTF_8);
      style = resource("docs.css");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Adds the routes. */
  public void register(RoutesConfig routes) {
    routes.get("/openapi.json", ctx -> ctx.contentType("application/json").result(document));
    routes.get("/docs", ctx -> ctx.contentType("text/html; charset=utf-8").result(page));
    routes.get(STYLE, ctx -> ctx.contentType("text/css; charset=utf-8").result(style));
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = DocsRoute.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IOException("expected the resource " + name + " in rtm-server, found none");
      }
      return in.readAllBytes();
    }
  }
}
