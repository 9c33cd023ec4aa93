package io.github.rtmjava.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import io.github.rtmjava.output.viewer.Chromium;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Pictures, videos and cameras on the page, and how they come there. */
@ExtendWith(PageRoom.class)
final class PageSourcesTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final Path PICTURE = Path.of("../samples/scene_05.png").toAbsolutePath();
  private static final Path VIDEO = Path.of("../samples/clip_01.mp4").toAbsolutePath();

  /** Pixels by which poses of a frame of a video may differ from those of the same picture. */
  private static final double SAME = 6;

  private final Chromium browser;
  private final PoseServer server;

  PageSourcesTest(Chromium browser, PoseServer server) {
    this.browser = browser;
    this.server = server;
  }

  private Page open() {
    Page page = browser.open(server.address(), 1280, 800, ColorScheme.LIGHT);
    page.waitForFunction("() => rtmLive.demo && rtmLive.drawn > 0");
    return page;
  }

  /** Drags as a hand would: the browser itself gets the file, not a script of the page. */
  private static void drag(Page page, String type, JsonObject data) {
    BoundingBox place = page.locator("#picture").boundingBox();
    CDPSession session = page.context().newCDPSession(page);
    JsonObject event = new JsonObject();
    event.addProperty("type", type);
    event.addProperty("x", place.x + place.width / 2);
    event.addProperty("y", place.y + place.height / 2);
    event.add("data", data);
    session.send("Input.dispatchDragEvent", event);
    session.detach();
  }

  private static JsonObject dragged(Path... files) {
    JsonArray names = new JsonArray();
    for (Path file : files) {
      names.add(file.normalize().toString());
    }
    JsonObject data = new JsonObject();
    data.add("items", new JsonArray());
    data.add("files", names);
    data.addProperty("dragOperationsMask", 1);
    return data;
  }

  private static void drop(Page page, Path file) {
    drag(page, "dragEnter", dragged(file));
    drag(page, "dragOver", dragged(file));
    page.waitForSelector("#picture.drop");
    drag(page, "drop", dragged(file));
    assertFalse((Boolean) page.evaluate("() => document.querySelector('#picture.drop') !== null"));
  }

  @Test
  void aPictureIsDroppedAndItsPosesAreThoseOfTheService() throws Exception {
    Page page = open();
    drop(page, PICTURE);
    page.waitForFunction("() => rtmLive.source?.bitmap && rtmLive.looks > 2");
    assertTrue(page.textContent("#status").startsWith("scene_05.png, looked at by"));
    assertPosesAreOfThePicture(page);
    PageRoom.picture(page, "dropped-picture");
  }

  @Test
  void aVideoIsDroppedAndPlaysWithItsPosesOverIt() throws Exception {
    Page page = open();
    page.uncheck("#smooth");
    drop(page, VIDEO);
    page.waitForFunction("() => rtmLive.source?.video && rtmLive.delays.kept.length > 3");
    assertPosesAreOfThePicture(page);
    double time = (Double) page.evaluate("() => rtmLive.source.video.currentTime + 1e-9");
    page.waitForFunction("(t) => rtmLive.source.video.currentTime !== t", time);
    int drawn = (Integer) page.evaluate("() => rtmLive.drawn");
    page.waitForFunction("(n) => rtmLive.drawn > n + 3 && rtmLive.figures.length > 0", drawn);
    assertPosesAreOfThePicture(page);
  }

  /** What is drawn is what the service finds in exactly the picture below it. */
  private void assertPosesAreOfThePicture(Page page) throws Exception {
    Map<?, ?> shown =
        (Map<?, ?>)
            page.evaluate(
                "() => ({ png: document.querySelector('#frame').toDataURL(), people:"
                    + " rtmLive.figures.map(({ box, xy }) => ({ box, nose: [...xy.slice(0, 2)] }))"
                    + " })");
    String url = (String) shown.get("png");
    byte[] png = Base64.getDecoder().decode(url.substring(url.indexOf(',') + 1));
    JsonNode drawn = JSON.valueToTree(shown.get("people"));
    JsonNode persons =
        JSON.readTree(
                CLIENT
                    .send(
                        HttpRequest.newBuilder(server.address().resolve("/v1/poses"))
                            .POST(BodyPublishers.ofByteArray(png))
                            .build(),
                        BodyHandlers.ofString())
                    .body())
            .get("persons");
    assertTrue(drawn.size() > 0);
    for (JsonNode person : drawn) {
      double off =
          StreamSupport.stream(persons.spliterator(), false)
              .mapToDouble(found -> distance(found.get("keypoints").get(0), person.get("nose")))
              .min()
              .orElse(Double.NaN);
      assertTrue(off < SAME, () -> off + " pixels from " + person);
    }
  }

  private static double distance(JsonNode a, JsonNode b) {
    return Math.hypot(
        a.get(0).asDouble() - b.get(0).asDouble(), a.get(1).asDouble() - b.get(1).asDouble());
  }

  @Test
  void aPictureIsPasted() throws Exception {
    Page page = open();
    page.context().grantPermissions(List.of("clipboard-read", "clipboard-write"));
    page.evaluate(
        "async base64 => {"
            + " const bytes = Uint8Array.from(atob(base64), c => c.charCodeAt(0));"
            + " const blob = new Blob([bytes], { type: 'image/png' });"
            + " await navigator.clipboard.write([new ClipboardItem({ 'image/png': blob })]); }",
        Base64.getEncoder().encodeToString(Files.readAllBytes(PICTURE)));
    page.keyboard().press("Control+V");
    page.waitForFunction("() => rtmLive.source?.bitmap && rtmLive.looks > 2");
    assertPosesAreOfThePicture(page);
  }

  @Test
  void whatIsNoPictureIsExplainedAndLeavesWhatThereWas() throws Exception {
    Page page = open();
    page.setInputFiles("#use-file", PICTURE);
    page.waitForFunction("() => rtmLive.source?.bitmap && rtmLive.looks > 2");
    page.setInputFiles(
        "#use-file",
        new FilePayload("notes.png", "image/png", "no picture".getBytes(StandardCharsets.UTF_8)));
    page.waitForSelector("#trouble p:nth-child(2)");
    assertTrue(page.textContent("#trouble").contains("notes.png cannot be shown"));
    PageRoom.picture(page, "no-picture");
    assertTrue((Boolean) page.evaluate("() => Boolean(rtmLive.stream && rtmLive.source.bitmap)"));

    JsonObject words = dragged();
    JsonObject item = new JsonObject();
    item.addProperty("mimeType", "text/plain");
    item.addProperty("data", "words");
    words.getAsJsonArray("items").add(item);
    drag(page, "dragEnter", words);
    drag(page, "dragOver", words);
    drag(page, "drop", words);
    page.waitForFunction(
        "() => document.querySelector('#trouble').textContent.includes('not a file')");
    page.setViewportSize(390, 844);
    String name = "holiday ".repeat(14) + "a".repeat(60) + ".png";
    page.setInputFiles(
        "#use-file", new FilePayload(name, "image/png", Files.readAllBytes(PICTURE)));
    page.waitForFunction("() => document.querySelector('#trouble').hidden");
    page.waitForFunction("() => document.querySelector('#status').textContent.includes('aaa.png')");
    assertEquals(0, page.evaluate("() => document.documentElement.scrollWidth - innerWidth"));
    assertTrue(page.locator(".bar").boundingBox().height < 120);
    PageRoom.picture(page, "long-name");
  }

  @Test
  void aConnectionThatBreaksIsMadeAgainAndNoneIsLeftOver() throws Exception {
    Page page = open();
    page.click("#use-camera");
    page.waitForFunction("() => rtmLive.delays.kept.length > 2");
    page.click("#record");
    page.waitForFunction("() => rtmLive.recorder.on && rtmLive.delays.kept.length > 8");
    page.evaluate("() => { rtmLive.stream.socket.close(); }");
    page.waitForFunction(
        "() => document.querySelector('#recorded').textContent.includes('ended with the"
            + " connection')");
    Object lines =
        page.evaluate(
            "async () => (await (await"
                + " rtmLive.service.get(`/v1/recordings/${rtmLive.recorder.id}/files/jsonl`)).text()).split('\\n"
                + "').length");
    assertTrue((Integer) lines > 2, "lines: " + lines);
    page.waitForFunction("() => rtmLive.stream && rtmLive.delays.kept.length > 2");

    for (String every : List.of("2", "5", "10", "1", "2")) {
      page.selectOption("#det-every", every);
    }
    page.waitForFunction(
        "() => rtmLive.stream?.query.det_every === '2' && rtmLive.delays.kept.length > 2");
    page.waitForCondition(() -> streams() == 1);
    page.click("#stop");
    page.waitForCondition(() -> streams() == 0);
    assertTrue(page.textContent("#status").startsWith("Stopped"));
  }

  private int streams() {
    try {
      return CLIENT
          .send(
              HttpRequest.newBuilder(server.address().resolve("/metrics")).build(),
              BodyHandlers.ofString())
          .body()
          .lines()
          .filter(line -> line.startsWith("rtm_streams "))
          .mapToInt(line -> (int) Double.parseDouble(line.split(" ", -1)[1]))
          .sum();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
