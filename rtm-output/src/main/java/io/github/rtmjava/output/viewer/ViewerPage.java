package io.github.rtmjava.output.viewer;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;

/** Puts the page together: markup, style, poses, modules. */
final class ViewerPage {
  /** How three.js names its own second file, which only a path beside the first can find. */
  private static final String THREE_CORE = "\"./three.core.min.js\"";

  private ViewerPage() {}

  static void write(OutputStream out, String title, ViewerManifest manifest, BlockSpool blocks)
      throws IOException {
    String style = ViewerModules.text(ViewerModules.STYLE);
    String modules = modules();
    String json = manifest.json();
    String nonce = sha256(title + '\n' + json + '\n' + modules);
    String page =
        ViewerModules.text("viewer.html")
            .replace("{{policy}}", policy(style, nonce))
            .replace("{{nonce}}", nonce)
            .replace("{{style}}", style)
            .replace("{{licence}}", HtmlSafe.text(ViewerModules.text(ViewerModules.LICENCE)));
    int at = page.indexOf("{{blocks}}");
    int end = page.indexOf("{{modules}}");
    // The name last, so that no name can be taken for a mark.
    text(out, page.substring(0, at).replace("{{title}}", HtmlSafe.text(title)));
    text(out, "<script type=\"application/json\" id=\"manifest\">" + json);
    text(out, "</script>\n");
    blocks.copyTo(out);
    text(out, page.substring(at + "{{blocks}}".length(), end));
    text(out, modules);
    text(out, page.substring(end + "{{modules}}".length()));
  }

  /**
   * Nothing but the page's modules and its style runs, and nothing is fetched but the media. A
   * nonce, since hashes do not reach what a module imports, and leave to run {@code data:} would
   * reach too far. It follows from all names in the page: no name can hold it.
   */
  private static String policy(String style, String nonce) {
    return "default-src 'none'; script-src 'nonce-%s'; style-src 'sha256-%s';"
            .formatted(nonce, sha256(style))
        + " img-src 'self' file: data: blob:; media-src 'self' file: blob:; base-uri 'none';"
        + " form-action 'none'";
  }

  private static String modules() throws IOException {
    Map<String, String> sources = ViewerModules.sources();
    sources.computeIfPresent(
        ViewerModules.THREE,
        (name, three) -> {
          if (!three.contains(THREE_CORE)) {
            throw new IllegalStateException("expected three.js to import %s".formatted(THREE_CORE));
          }
          return three.replace(THREE_CORE, "\"three/core\"");
        });
    ImportMap map = new ImportMap();
    map.add("three/core", ViewerModules.text(ViewerModules.THREE_CORE_FILE));
    sources.forEach(map::add);
    return map.json();
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

  private static void text(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
  }
}
