package io.github.rtmjava.output.viewer;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes one script of ES modules, each in a function of its own that returns what the module
 * exports. It knows the plain forms {@code import {a, b as c} from 'x';}, {@code export {a, b as
 * c};} and {@code export {a} from 'x';}, which is what three.js and the page's own modules use; the
 * modules come in the order in which they need each other.
 */
final class ScriptBundle {
  private static final Pattern STATEMENT =
      Pattern.compile(
          "(?:(?<=[;}\n])|^)(import|export)\\s*\\{([^{}]*)\\}(?:\\s*from\\s*[\"']([^\"']+)[\"'])?\\s*;?");

  private final Map<String, String> names = new LinkedHashMap<>();
  private final StringBuilder script = new StringBuilder("'use strict';\n");

  /**
   * Adds a module.
   *
   * @param name by which others import it
   */
  void add(String name, String source) {
    StringBuilder exports = new StringBuilder();
    Matcher matcher = STATEMENT.matcher(source);
    StringBuilder body = new StringBuilder(source.length());
    while (matcher.find()) {
      String statement =
          statement(name, matcher.group(1), matcher.group(2), matcher.group(3), exports);
      matcher.appendReplacement(body, Matcher.quoteReplacement(statement));
    }
    matcher.appendTail(body);
    String variable = "module" + names.size();
    names.put(name, variable);
    script.append("const ").append(variable).append(" = (() => {\n");
    script.append(body).append("\nreturn {").append(exports).append("};\n})();\n");
  }

  /**
   * The script.
   *
   * @throws IllegalStateException if HTML would not read it to its end
   */
  String script() {
    String text = script.toString();
    if (text.contains("</script") || text.contains("<!--")) {
      throw new IllegalStateException("expected scripts that can stand in HTML, found its marks");
    }
    return text;
  }

  private String statement(
      String module, String kind, String list, String from, StringBuilder exports) {
    String source = from == null ? "" : variable(module, from);
    StringBuilder imports = new StringBuilder();
    for (String item : list.split(",", -1)) {
      String[] parts = item.strip().split("\\s+as\\s+", -1);
      String inner = parts[0];
      String outer = parts[parts.length - 1];
      if (inner.isEmpty()) {
        continue;
      }
      if (kind.equals("import")) {
        imports.append(imports.isEmpty() ? "" : ", ").append(inner).append(": ").append(outer);
      } else {
        exports.append(exports.isEmpty() ? "" : ", ").append(outer).append(": ");
        exports.append(source.isEmpty() ? "" : source + ".").append(inner);
      }
    }
    return kind.equals("import") ? "const {" + imports + "} = " + source + ";" : "";
  }

  private String variable(String module, String from) {
    String variable = names.get(from);
    if (variable == null) {
      throw new IllegalStateException(
          "expected a module that comes before %s, found an import of %s".formatted(module, from));
    }
    return variable;
  }
}
