package io.github.rtmjava.output.viewer;

import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The files of the viewer's page that other pages can use: ES modules that draw people in space and
 * over a picture, the style sheet with their colours, three.js.
 */
public final class ViewerModules {
  /** The bare names by which modules import each other, and the files. */
  private static final Map<String, String> IMPORTS = new LinkedHashMap<>();

  static {
    IMPORTS.put("three", "three/three.module.min.js");
    IMPORTS.put("three/addons/controls/OrbitControls.js", "three/OrbitControls.js");
    for (String module : new String[] {"look.js", "scene.js", "overlay.js", "people.js"}) {
      IMPORTS.put("rtm/" + module, module);
    }
  }

  private ViewerModules() {}

  /** The bare names by which modules import each other, with their files, for an import map. */
  public static Map<String, String> imports() {
    return Map.copyOf(IMPORTS);
  }

  /** All files by name, with {@code /} between a folder and what is in it. */
  public static Map<String, byte[]> files() throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    for (String name : IMPORTS.values()) {
      files.put(name, file(name));
    }
    for (String name : new String[] {"three/three.core.min.js", "three/LICENSE", "viewer.css"}) {
      files.put(name, file(name));
    }
    return files;
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
