package io.github.rtmjava.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.github.rtmjava.server.config.ServerLimits;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** That what stands in {@code deploy} fits the program, and one file the other. */
class DeploymentTest {
  private static final Path DEPLOY = Path.of("..", "deploy");
  private static final Pattern MAIN_CLASS = Pattern.compile("io\\.github\\.rtmjava\\.app\\.\\w+");
  private static final String PORT = "8080";

  @Test
  void theImageIsStartedWithFlagsThatThereAre() throws IOException {
    List<String> entry = words(between(read("pom.xml"), "<entrypoint>", "</entrypoint>"));
    List<String> usual = words(between(read("pom.xml"), "<args>", "</args>"));
    List<String> flags = new ArrayList<>(entry.subList(entry.indexOf("serve"), entry.size()));
    assertEquals(List.of("serve", "--host", "0.0.0.0"), flags);
    requireFlags(flags, usual);
    assertTrue(usual.contains("--token-file"), "without more words, nobody asks without a token");
    assertTrue(read("pom.xml").contains("<port>" + PORT + "</port>"));
  }

  @Test
  void composeFitsTheImage() throws IOException {
    JsonNode service = yaml("compose.yaml").get(0).at("/services/rtm");
    requireFlags(List.of("serve", "--host", "0.0.0.0"), strings(service.path("command")));
    assertEquals("rtm:" + version(), service.path("image").textValue());
    assertEquals("127.0.0.1:8080:" + PORT, service.at("/ports/0").textValue());
    assertTrue(service.path("read_only").booleanValue());
    assertTrue(seconds(service.path("stop_grace_period").textValue()) > drain());
    assertTrue(strings(service.path("command")).contains("/run/secrets/" + secret(service)));
  }

  private static String secret(JsonNode service) {
    return service.at("/secrets/0").textValue();
  }

  @Test
  void kubernetesFitsTheImage() throws IOException {
    List<JsonNode> objects = yaml("kubernetes.yaml");
    JsonNode pod = objects.get(0).at("/spec/template/spec");
    JsonNode container = pod.at("/containers/0");
    requireFlags(List.of("serve", "--host", "0.0.0.0"), strings(container.path("args")));
    assertEquals("rtm:" + version(), container.path("image").textValue());
    assertEquals(PORT, container.at("/ports/0/containerPort").asText());
    String user = between(read("pom.xml"), "<user>", "</user>");
    assertEquals(
        user,
        pod.at("/securityContext/runAsUser").asText()
            + ":"
            + pod.at("/securityContext/runAsGroup").asText());
    assertTrue(container.at("/securityContext/readOnlyRootFilesystem").booleanValue());
    assertEquals("false", container.at("/securityContext/allowPrivilegeEscalation").asText());
    assertEquals("/readyz", container.at("/readinessProbe/httpGet/path").textValue());
    assertEquals("/healthz", container.at("/livenessProbe/httpGet/path").textValue());
    assertTrue(
        pod.path("terminationGracePeriodSeconds").intValue()
            > drain() + container.at("/lifecycle/preStop/sleep/seconds").intValue());
    JsonNode service = objects.get(1);
    assertEquals(objects.get(0).at("/spec/template/metadata/labels"), service.at("/spec/selector"));
    assertEquals(container.at("/ports/0/name"), service.at("/spec/ports/0/targetPort"));
    for (JsonNode mount : container.path("volumeMounts")) {
      assertTrue(
          pod.path("volumes").findValuesAsText("name").contains(mount.path("name").textValue()));
    }
  }

  @Test
  void theUnitOfSystemdFitsTheProgram() throws IOException {
    String unit = read("rtm.service").replace("\\\n", " ");
    String command = between(unit, "ExecStart=", "\n");
    List<String> words = List.of(command.strip().split("\\s+"));
    List<String> entry = words(between(read("pom.xml"), "<entrypoint>", "</entrypoint>"));
    int main = entry.indexOf("serve");
    assertEquals(entry.subList(0, main), words.subList(0, main));
    requireFlags(words.subList(main, words.size()), List.of());
    assertTrue(seconds(between(unit, "TimeoutStopSec=", "\n") + "s") > drain());
  }

  /** Scripts name them, and no compiler looks there. */
  @ParameterizedTest
  @ValueSource(strings = {"rtm", "rtm.cmd", "deploy/image", "deploy/pom.xml", "deploy/rtm.service"})
  void mainClassesAreThere(String script) throws Exception {
    Matcher names = MAIN_CLASS.matcher(Files.readString(Path.of("..").resolve(script)));
    boolean found = false;
    while (names.find()) {
      found = true;
      assertTrue(
          Modifier.isStatic(
              Class.forName(names.group())
                  .getDeclaredMethod("main", String[].class)
                  .getModifiers()));
    }
    assertTrue(found);
  }

  private static void requireFlags(List<String> entry, List<String> more) {
    List<String> all = new ArrayList<>(entry);
    all.addAll(more);
    var parsed = RtmCommand.commandLine().parseArgs(all.toArray(String[]::new));
    assertEquals("serve", parsed.subcommand().commandSpec().name());
    assertEquals(List.of(), parsed.unmatched());
  }

  private static String read(String name) throws IOException {
    return Files.readString(DEPLOY.resolve(name));
  }

  private static List<JsonNode> yaml(String name) throws IOException {
    ObjectMapper mapper = new ObjectMapper(new YAMLFactory());
    try (var values = mapper.readerFor(JsonNode.class).<JsonNode>readValues(read(name))) {
      return values.readAll();
    }
  }

  private static List<String> strings(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::textValue).toList();
  }

  private static List<String> words(String arguments) {
    Matcher word = Pattern.compile("<arg>(.*?)</arg>").matcher(arguments);
    return word.results().map(found -> found.group(1)).toList();
  }

  private static String between(String text, String from, String to) {
    int start = text.indexOf(from) + from.length();
    assertTrue(start >= from.length(), "no " + from);
    return text.substring(start, text.indexOf(to, start));
  }

  private static String version() throws IOException {
    return between(read("pom.xml"), "<version>", "</version>");
  }

  private static long seconds(String time) {
    assertTrue(time.endsWith("s"), time);
    return Long.parseLong(time.substring(0, time.length() - 1));
  }

  private static long drain() {
    return ServerLimits.DEFAULT.drain().toSeconds();
  }
}
