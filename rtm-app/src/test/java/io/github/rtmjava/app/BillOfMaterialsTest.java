package io.github.rtmjava.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/** The bill of materials, which has no parent, says what the build says. */
class BillOfMaterialsTest {
  private static final Path ROOT = Path.of("..");

  /** Modules that nobody depends on: they are not published, or are the bill itself. */
  private static final Set<String> UNLISTED =
      Set.of("rtm-parity", "examples", "benchmarks", "rtm-bom");

  @Test
  void holdsEveryModuleThatIsPublished() throws Exception {
    Set<String> published = new TreeSet<>();
    for (Element module : children(child(pom(""), "modules"), "module")) {
      String folder = module.getTextContent().strip();
      if (!UNLISTED.contains(folder)) {
        published.add(text(pom(folder), "artifactId"));
      }
    }
    Set<String> listed = new TreeSet<>();
    for (Managed managed : managed("rtm-bom")) {
      if (managed.group.equals("io.github.rtmjava")) {
        listed.add(managed.artifact);
      }
    }
    assertEquals(published, listed);
  }

  @Test
  void hasTheVersionsOfTheBuild() throws Exception {
    assertEquals(text(pom(""), "version"), text(pom("rtm-bom"), "version"));
    Map<String, String> versions = new TreeMap<>();
    for (Managed managed : managed("")) {
      versions.put(managed.group + ":" + managed.artifact, managed.version);
    }
    List<Managed> bill = managed("rtm-bom");
    assertFalse(bill.isEmpty());
    for (Managed managed : bill) {
      String name = managed.group + ":" + managed.artifact;
      if (!name.equals("io.github.rtmjava:rtm")) { // of which no module makes use
        assertEquals(versions.get(name), managed.version, name);
      }
      assertFalse(managed.version.contains("${"), name);
    }
  }

  private record Managed(String group, String artifact, String version) {}

  /** With versions as numbers. */
  private static List<Managed> managed(String folder) throws Exception {
    Element pom = pom(folder);
    Map<String, String> properties = new TreeMap<>();
    NodeList all = child(pom, "properties").getChildNodes();
    for (int i = 0; i < all.getLength(); i++) {
      if (all.item(i) instanceof Element property) {
        properties.put(property.getTagName(), property.getTextContent().strip());
      }
    }
    properties.put("project.version", text(pom, "version"));
    properties.put("project.groupId", text(pom, "groupId"));
    List<Managed> out = new ArrayList<>();
    Element dependencies = child(child(pom, "dependencyManagement"), "dependencies");
    for (Element each : children(dependencies, "dependency")) {
      out.add(
          new Managed(
              resolved(text(each, "groupId"), properties),
              resolved(text(each, "artifactId"), properties),
              resolved(text(each, "version"), properties)));
    }
    return out;
  }

  private static String resolved(String text, Map<String, String> properties) {
    return text.startsWith("${")
        ? properties.getOrDefault(text.substring(2, text.length() - 1), text)
        : text;
  }

  private static Element pom(String folder) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(ROOT.resolve(folder).resolve("pom.xml").toFile())
        .getDocumentElement();
  }

  private static String text(Element parent, String name) {
    return child(parent, name).getTextContent().strip();
  }

  private static Element child(Element parent, String name) {
    return children(parent, name).stream().findFirst().orElseThrow();
  }

  private static List<Element> children(Element parent, String name) {
    List<Element> found = new ArrayList<>();
    for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element element && element.getTagName().equals(name)) {
        found.add(element);
      }
    }
    return found;
  }
}
