package io.github.rtmjava.output.viewer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The files of the viewer's page, of which other pages can use some: ES modules that draw people in
 * space and over a picture, the style sheet with their colours, three.js.
 */
public final class ViewerModules {
  static final String THREE = "three";
  static final String THREE_CORE_FILE = "three/three.core.min.js";
  static final String LICENCE = "three/LICENSE";
  static final String STYLE = "viewer.css";

  /** What is made here, of {@link ViewAxes}, since it is to be written in one place. */
  private static final String AXES = "axes.js";

  /** Every module, in the order in which the viewer's page holds them. */
  private static final List<Module> MODULES =
      List.of(
          new Module(THREE, "three/three.module.min.js", true),
          new Module("three/addons/controls/OrbitControls.js", "three/OrbitControls.js", true),
          own("app.js", false),
          own("clock.js", false),
          own("data.js", false),
          own("graph.js", false),
          own("look.js", true),
          own("overlay.js", true),
          own("people.js", true),
          own("scene.js", true),
          own("timeline.js", false));

  /**
   * A module.
   *
   * @param name the bare name by which others import it
   * @param file where it lies
   * @param shared whether other pages can use it; otherwise it is the viewer's own
   */
  private record Module(String name, String file, boolean shared) {}

  private ViewerModules() {}

  private static Module own(String file, boolean shared) {
    return new Module("rtm/" + file, file, shared);
  }

  /** The bare names by which modules import each other, with their files, for an import map. */
  public static Map<String, String> imports() {
    Map<String, String> imports = new LinkedHashMap<>();
    MODULES.stream()
        .filter(Module::shared)
        .forEach(module -> imports.put(module.name, module.file));
    imports.put("rtm/" + AXES, AXES);
    return Map.copyOf(imports);
  }

  /** All files by name, with {@code /} between a folder and what is in it. */
  public static Map<String, byte[]> files() throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    for (Module module : MODULES) {
      if (module.shared) {
        files.put(module.file, file(module.file));
      }
    }
    for (String name : List.of(THREE_CORE_FILE, LICENCE, STYLE)) {
      files.put(name, file(name));
    }
    files.put(AXES, ViewAxes.module().getBytes(StandardCharsets.UTF_8));
    return files;
  }

  /** The sources of all modules of the viewer's page, by their bare names. */
  static Map<String, String> sources() throws IOException {
    Map<String, String> sources = new LinkedHashMap<>();
    for (Module module : MODULES) {
      sources.put(module.name, text(module.file));
    }
    return sources;
  }

  static String text(String name) throws IOException {
    return new String(file(name), StandardCharsets.UTF_8);
  }

  private static byte[] file(String name) throws IOException {
    try (InputStream in = ViewerModules.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IOException("expected the resource " + name + " in rtm-output, found none");
      }
      return in.readAllBytes();
    }
  }
}
