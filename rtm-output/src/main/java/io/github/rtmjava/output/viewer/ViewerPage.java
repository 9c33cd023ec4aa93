package io.github.rtmjava.output.viewer;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;

/** Puts the page together: markup, style, poses, script. */
final class ViewerPage {
  private static final String THREE = "three/";

  /** In the order in which they need each other. */
  private static final List<String> MODULES =
      List.of(
          "data.js",
          "look.js",
          "clock.js",
          "scene.js",
          "overlay.js",
          "graph.js",
          "timeline.js",
          "people.js",
          "app.js");

  private ViewerPage() {}

  static void write(OutputStream out, String title, ViewerManifest manifest, BlockSpool blocks)
      throws IOException {
    String style = resource("viewer.css");
    String script = script();
    String page =
        resource("viewer.html")
            .replace("{{policy}}", policy(style, script))
            .replace("{{style}}", style)
            .replace("{{licence}}", HtmlSafe.text(resource(THREE + "LICENSE")));
    int at = page.indexOf("{{blocks}}");
    int end = page.indexOf("{{script}}");
    // The name last, so that no name can be taken for a mark.
    text(out, page.substring(0, at).replace("{{title}}", HtmlSafe.text(title)));
    text(out, "<script type=\"application/json\" id=\"manifest\">" + manifest.json());
    text(out, "</script>\n");
    blocks.copyTo(out);
    text(out, page.substring(at + "{{blocks}}".length(), end));
    text(out, script);
    text(out, page.substring(end + "{{script}}".length()));
  }

  /** Nothing but this script and this style runs, and nothing is fetched but the media. */
  private static String policy(String style, String script) {
    return "default-src 'none'; script-src 'sha256-%s'; style-src 'sha256-%s';"
            .formatted(sha256(script), sha256(style))
        + " img-src 'self' file: data: blob:; media-src 'self' file: blob:; base-uri 'none';"
        + " form-action 'none'";
  }

  private static String script() throws IOException {
    ScriptBundle bundle = new ScriptBundle();
    bundle.add("./three.core.min.js", resource(THREE + "three.core.min.js"));
    bundle.add("three", resource(THREE + "three.module.min.js"));
    bundle.add("three/addons/controls/OrbitControls.js", resource(THREE + "OrbitControls.js"));
    for (String module : MODULES) {
      bundle.add("./" + module, resource(module));
    }
    return bundle.script();
  }

  private static String sha256(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = ViewerPage.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IOException("expected the resource " + name + " in rtm-output, found none");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static void text(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
  }
}
