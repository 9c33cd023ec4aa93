package io.github.rtmjava.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.github.rtmjava.output.viewer.Chromium;
import io.github.rtmjava.server.config.ServerOptions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The page in Chromium, whose camera plays a rendered clip. */
@ExtendWith(PageRoom.class)
final class LivePageTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int GLB_MAGIC = 0x46546c67;

  private final Chromium browser;
  private final PoseServer server;

  LivePageTest(Chromium browser, PoseServer server) {
    this.browser = browser;
    this.server = server;
  }

  @Test
  void somebodySeesTheShippedClipThenThemselvesRecordsAndDownloads() throws Exception {
    Page page = browser.open(server.address(), 1280, 800, ColorScheme.LIGHT);
    page.waitForFunction("() => rtmLive.demo && rtmLive.drawn > 3 && rtmLive.people.rows.size > 0");
    PageRoom.picture(page, "clip");

    page.click("#use-camera");
    page.waitForFunction("() => rtmLive.delays.kept.length > 15 && rtmLive.figures.length === 1");
    assertTrue(page.textContent("#people li").contains("Person"));
    String place =
        "() => { const f = rtmLive.figures[0]; return f ? [f.id, ...f.xy.slice(18, 22),"
            + " ...f.xyz.slice(27, 33)] : null; }";
    List<?> before = (List<?>) page.evaluate(place);
    byte[] sceneBefore = page.locator("#scene").screenshot();
    page.waitForFunction(
        "(old) => { const f = rtmLive.figures[0];"
            + " return f && f.id === old[0] && Math.abs(f.xy[19] - old[2]) > 8"
            + " && Math.abs(f.xyz[28] - old[6]) > 0.03; }",
        before);
    page.waitForCondition(() -> !Arrays.equals(sceneBefore, page.locator("#scene").screenshot()));

    page.click("#record");
    page.waitForFunction("() => rtmLive.recorder.on");
    int shown = (Integer) page.evaluate("() => rtmLive.drawn");
    page.waitForFunction("(old) => rtmLive.drawn > old + 20", shown);
    page.click("#record");
    page.waitForSelector("#downloads button[data-format=trc]");
    int frames = Integer.parseInt(page.textContent("#recorded").split(" ", 2)[0]);
    assertTrackIsRead(download(page, "trc"));
    assertBodyIsRead(download(page, "glb"));
    List<String> lines = text(download(page, "jsonl")).lines().toList();
    assertEquals(frames, lines.stream().filter(line -> line.contains("\"persons\"")).count());
    assertTrue(text(download(page, "csv")).lines().count() > 100 * frames / 2);
    assertMarkersAreRead(download(page, "c3d"), frames);
    assertTrue(text(download(page, "bvh")).matches("(?s)HIERARCHY.*\nFrames: " + frames + "\n.*"));
    assertTrue(text(download(page, "viewer")).startsWith("<!doctype html>"));
    PageRoom.picture(page, "desktop");
    tellDelays(page);
  }

  private static byte[] download(Page page, String format) throws IOException {
    Download download =
        page.waitForDownload(() -> page.click("#downloads button[data-format=" + format + "]"));
    assertTrue(download.suggestedFilename().startsWith("recording"), download::suggestedFilename);
    return Files.readAllBytes(download.path());
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** A header of C3D: its mark, the number of markers, the first and the last frame. */
  private static void assertMarkersAreRead(byte[] c3d, int frames) {
    ByteBuffer bytes = ByteBuffer.wrap(c3d).order(ByteOrder.LITTLE_ENDIAN);
    assertEquals(0x50, bytes.get(1));
    assertTrue(bytes.getShort(2) > 10);
    assertEquals(frames, bytes.getShort(8) - bytes.getShort(6) + 1);
  }

  private static void assertTrackIsRead(byte[] trc) {
    List<String> lines = text(trc).lines().toList();
    String[] names = lines.get(1).split("\t", -1);
    String[] values = lines.get(2).split("\t", -1);
    assertEquals("NumFrames", names[2]);
    int frames = Integer.parseInt(values[2]);
    assertTrue(frames > 10, () -> lines.get(2));
    assertTrue(Double.parseDouble(values[0]) > 1, () -> lines.get(2));
    assertTrue(lines.stream().filter(line -> line.matches("\\d+\t.*")).count() >= frames);
  }

  private static void assertBodyIsRead(byte[] glb) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(glb).order(ByteOrder.LITTLE_ENDIAN);
    assertEquals(GLB_MAGIC, bytes.getInt(0));
    assertEquals(glb.length, bytes.getInt(8));
    JsonNode gltf = JSON.readTree(glb, 20, bytes.getInt(12));
    assertEquals(1, gltf.get("skins").size());
    assertTrue(gltf.get("animations").get(0).get("channels").size() > 10);
  }

  @Test
  void aPictureIsLookedAtAndAModelsSettingsChange() throws Exception {
    Page page = browser.open(server.address(), 390, 844, ColorScheme.DARK);
    page.setInputFiles("#use-file", Path.of("../samples/scene_05.png"));
    page.waitForFunction("() => rtmLive.source?.bitmap && rtmLive.figures.length > 0");
    page.check("#angles");
    page.waitForFunction("() => document.querySelector('#people .angles span')");
    assertEquals(0, page.evaluate("() => document.documentElement.scrollWidth - innerWidth"));
    page.evaluate("() => scrollTo(0, 0)");
    PageRoom.picture(page, "phone-dark");
    page.evaluate("() => scrollTo(0, 900)");
    PageRoom.picture(page, "phone-dark-below");
  }

  @Test
  void whoeverGivesNoCameraIsToldWhatToDo() {
    Page page = browser.open(server.address(), 1280, 800, ColorScheme.DARK);
    for (String name : Set.of("NotAllowedError", "NotFoundError")) {
      page.evaluate(
          "name => { navigator.mediaDevices.getUserMedia ="
              + " () => Promise.reject(new DOMException('no', name)); }",
          name);
      page.click("#use-camera");
      page.waitForSelector("#trouble p:nth-child(2)");
      String told = page.textContent("#trouble");
      assertTrue(told.contains(name.equals("NotFoundError") ? "no camera" : "Allow it"), told);
    }
    PageRoom.picture(page, "no-camera-dark");
  }

  @Test
  void aTokenIsAskedForUntilItIsRight() throws Exception {
    String token = "0123456789abcdef-token";
    try (PoseServer guarded =
        PoseServer.start(ServerOptions.DEFAULT.at("127.0.0.1", 0).withTokens(Set.of(token)))) {
      Page page = browser.open(guarded.address(), 1280, 800, ColorScheme.LIGHT);
      page.waitForSelector("#ask[open]");
      page.keyboard().press("Escape");
      page.waitForFunction(
          "() => document.querySelector('#trouble').textContent.startsWith('Without a token')");
      page.click("#use-camera");
      page.waitForSelector("#ask[open]");
      page.fill("#token", "wrong");
      page.keyboard().press("Enter");
      page.waitForFunction(
          "() => document.querySelector('#ask-why').textContent.includes('not a token')");
      page.fill("#token", token);
      page.keyboard().press("Enter");
      page.waitForFunction("() => document.querySelector('#model').options.length === 1");
      page.waitForFunction("() => rtmLive.delays.kept.length > 2");
      page.waitForFunction("() => document.querySelector('#trouble').hidden");
      // Browsers log what is refused, and say of sockets only that they are.
      List<String> others =
          browser.takeComplaints().stream()
              .filter(complaint -> !complaint.contains("401") && !complaint.contains("/v1/stream"))
              .toList();
      assertEquals(List.of(), others);
    }
  }

  /** For whoever wants to know: how long the page says that frames take here. */
  private static void tellDelays(Page page) throws IOException {
    if (PageRoom.PICTURES.isPresent()) {
      Files.writeString(
          PageRoom.PICTURES.get().resolve("delays.txt"),
          page.evaluate("() => document.querySelector('#delay').innerText") + "\n");
    }
  }
}
