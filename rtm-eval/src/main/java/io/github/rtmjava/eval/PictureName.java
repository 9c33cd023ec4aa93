package io.github.rtmjava.eval;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The name of a picture's file, wherever it was written.
 *
 * @param path with {@code /} between folders
 */
public record PictureName(String path) {

  public PictureName {
    path = path.replace('\\', '/');
  }

  /** The file's name without folders. */
  public String base() {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** As it stands, and without the escapes of web addresses where it has any. */
  public List<PictureName> spellings() {
    Set<PictureName> all = new LinkedHashSet<>(List.of(this));
    if (path.contains("%")) {
      try {
        all.add(
            new PictureName(URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8)));
      } catch (IllegalArgumentException e) {
        return List.of(this);
      }
    }
    return List.copyOf(all);
  }

  /** The same for names that differ in capitals only, or in how accents are encoded. */
  public String folded() {
    return Normalizer.normalize(path, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
  }

  /** How many last folders and names two have in common. */
  int commonEnd(PictureName other) {
    List<String> one = List.of(folded().split("/", -1));
    List<String> two = List.of(other.folded().split("/", -1));
    int common = 0;
    while (common < Math.min(one.size(), two.size())
        && one.get(one.size() - 1 - common).equals(two.get(two.size() - 1 - common))) {
      common++;
    }
    return common;
  }
}
