package io.github.rtmjava.server.docs;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Map;

/** A page for people of an OpenAPI document. */
final class ApiPage {
  private final JsonNode document;
  private final String style;
  private final StringBuilder html = new StringBuilder();

  /**
   * A page.
   *
   * @param style address of its style sheet
   */
  ApiPage(JsonNode document, String style) {
    this.document = document;
    this.style = style;
  }

  /** All of it. */
  String html() {
    String title = document.at("/info/title").asText();
    html.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
        .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
        .append("<title>%s: the service</title>\n".formatted(escaped(title)))
        .append("<link rel=\"icon\" href=\"data:,\">\n")
        .append("<link rel=\"stylesheet\" href=\"%s\">\n".formatted(escaped(style)))
        .append("</head>\n<body>\n<main>\n");
    element("h1", title + ": the service");
    element("p", document.at("/info/description").asText());
    html.append("<p>For programs: <a href=\"/openapi.json\">/openapi.json</a></p>\n");
    contents();
    for (JsonNode tag : document.get("tags")) {
      section(tag.get("name").asText());
    }
    schemas();
    return html.append("</main>\n</body>\n</html>\n").toString();
  }

  private void contents() {
    html.append("<nav aria-label=\"Contents\">\n<ul>\n");
    for (JsonNode tag : document.get("tags")) {
      String name = tag.get("name").asText();
      html.append("<li><a href=\"#%s\">%s</a></li>\n".formatted(anchor(name), escaped(name)));
    }
    html.append("<li><a href=\"#schemas\">Schemas</a></li>\n</ul>\n</nav>\n");
  }

  private void section(String tag) {
    html.append("<section>\n<h2 id=\"%s\">%s</h2>\n".formatted(anchor(tag), escaped(tag)));
    for (Map.Entry<String, JsonNode> path : document.get("paths").properties()) {
      for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
        if (method.getValue().at("/tags/0").asText().equals(tag)) {
          operation(method.getKey().toUpperCase(Locale.ROOT), path.getKey(), method.getValue());
        }
      }
    }
    html.append("</section>\n");
  }

  private void operation(String method, String path, JsonNode operation) {
    html.append("<article>\n");
    html.append("<h3><code>%s %s</code></h3>\n".formatted(method, escaped(path)));
    element("p", operation.get("summary").asText());
    if (operation.has("description")) {
      element("p", operation.get("description").asText());
    }
    if (operation.has("parameters")) {
      table("Parameter", "Where", "What");
      for (JsonNode each : operation.get("parameters")) {
        JsonNode parameter = resolved(each);
        row(
            parameter.get("name").asText(),
            parameter.get("in").asText(),
            parameter.path("description").asText() + range(parameter.path("schema")));
      }
      html.append("</tbody>\n</table>\n");
    }
    table("Status", "Type", "What");
    for (Map.Entry<String, JsonNode> each : operation.get("responses").properties()) {
      JsonNode response = resolved(each.getValue());
      StringBuilder types = new StringBuilder();
      response
          .path("content")
          .fieldNames()
          .forEachRemaining(type -> types.append(type).append(' '));
      row(each.getKey(), types.toString().strip(), response.path("description").asText());
    }
    html.append("</tbody>\n</table>\n");
    for (JsonNode example : operation.path("x-examples")) {
      example(method, example);
    }
    html.append("</article>\n");
  }

  private void example(String method, JsonNode example) {
    StringBuilder command = new StringBuilder("curl");
    if (!method.equals("GET")) {
      command.append(" -X ").append(method);
    }
    for (Map.Entry<String, JsonNode> header : example.path("headers").properties()) {
      command.append(" -H '%s: %s'".formatted(header.getKey(), header.getValue().asText()));
    }
    if (example.has("body")) {
      command.append(" --data-binary '%s'".formatted(example.get("body").asText()));
    }
    command.append(" 'http://localhost:8080%s'".formatted(example.get("path").asText()));
    html.append(
        "<p class=\"faint\">%s (%s):</p>\n<pre tabindex=\"0\"><code>%s</code></pre>\n"
            .formatted(
                escaped(example.get("summary").asText()),
                example.get("status").asInt(),
                escaped(command.toString())));
  }

  private void schemas() {
    html.append("<section>\n<h2 id=\"schemas\">Schemas</h2>\n");
    for (Map.Entry<String, JsonNode> each : document.at("/components/schemas").properties()) {
      html.append(
          "<article>\n<h3 id=\"schema-%s\">%s</h3>\n".formatted(each.getKey(), each.getKey()));
      html.append(
          "<pre tabindex=\"0\"><code>%s</code></pre>\n</article>\n"
              .formatted(escaped(each.getValue().toPrettyString())));
    }
    html.append("</section>\n");
  }

  private static String range(JsonNode schema) {
    StringBuilder text = new StringBuilder();
    if (schema.has("enum")) {
      text.append(" One of ").append(joined(schema.get("enum"))).append('.');
    }
    if (schema.has("minimum")) {
      text.append(
          " %s to %s.".formatted(schema.get("minimum").asText(), schema.path("maximum").asText()));
    }
    if (schema.has("default")) {
      text.append(" Default: %s.".formatted(schema.get("default").asText()));
    }
    return text.toString();
  }

  private static String joined(JsonNode values) {
    StringBuilder text = new StringBuilder();
    for (JsonNode value : values) {
      text.append(text.isEmpty() ? "" : ", ").append(value.asText());
    }
    return text.toString();
  }

  private JsonNode resolved(JsonNode node) {
    return node.has("$ref") ? document.at(node.get("$ref").asText().substring(1)) : node;
  }

  private void table(String... heads) {
    html.append("<table>\n<thead>\n<tr>");
    for (String head : heads) {
      html.append("<th scope=\"col\">%s</th>".formatted(escaped(head)));
    }
    html.append("</tr>\n</thead>\n<tbody>\n");
  }

  private void row(String name, String kind, String what) {
    html.append(
        "<tr><td><code>%s</code></td><td>%s</td><td>%s</td></tr>\n"
            .formatted(escaped(name), escaped(kind), escaped(what)));
  }

  private void element(String name, String text) {
    html.append("<%s>%s</%s>\n".formatted(name, escaped(text), name));
  }

  private static String anchor(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
