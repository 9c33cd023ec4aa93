package io.github.rtmjava.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.github.rtmjava.image.Images;
import io.github.rtmjava.image.VideoFrame;
import io.github.rtmjava.output.viewer.Chromium;
import io.github.rtmjava.server.config.ServerOptions;
import io.github.rtmjava.video.VideoOptions;
import io.github.rtmjava.video.VideoReader;
import io.github.rtmjava.video.VideoSource;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page in Chromium, whose camera plays a rendered clip. */
final class LivePageTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int GLB_MAGIC = 0x46546c67;

  /** Where pictures of the page go, for whoever wants to look at them: {@code -Drtm.pictures=…}. */
  private static final Optional<Path> PICTURES =
      Optional.ofNullable(System.getProperty("rtm.pictures")).map(Path::of);

  @TempDir static Path folder;
  private static Chromium browser;
  private static PoseServer server;

  @BeforeAll
  static void start() throws IOException {
    browser = Chromium.withCamera(clip(folder.resolve("camera.mjpeg")));
    server = PoseServer.start(ServerOptions.DEFAULT.at("127.0.0.1", 0));
  }

  private static Path clip(Path target) throws IOException {
    try (OutputStream out = Files.newOutputStream(target);
        VideoReader video =
            VideoReader.open(
                new VideoSource.File(Path.of("../samples/clip_01.mp4")), VideoOptions.all())) {
      for (Optional<VideoFrame> next = video.read(); next.isPresent(); next = video.read()) {
        out.write(Images.jpeg(next.get().image()));
      }
    }
    return target;
  }

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.close();
    }
    if (server != null) {
      server.close();
    }
  }

  @AfterEach
  void nothingIsComplainedAbout() {
    browser.closePages();
    assertEquals(List.of(), browser.takeComplaints());
  }

  @Test
  void somebodySeesTheShippedClipThenThemselvesRecordsAndDownloads() throws Exception {
    Page page = browser.open(server.address(), 1280, 800, ColorScheme.LIGHT);
    page.waitForFunction("() => rtmLive.demo && rtmLive.drawn > 3 && rtmLive.people.rows.size > 0");
    picture(page, "clip");

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
    assertTrackIsRead(download(page, "trc"));
    assertBodyIsRead(download(page, "glb"));
    picture(page, "desktop");
    tellDelays(page);
  }

  private static byte[] download(Page page, String format) throws IOException {
    Download download =
        page.waitForDownload(() -> page.click("#downloads button[data-format=" + format + "]"));
    assertTrue(download.suggestedFilename().startsWith("recording"), download::suggestedFilename);
    return Files.readAllBytes(download.path());
  }

  private static void assertTrackIsRead(byte[] trc) {
    List<String> lines = new String(trc, StandardCharsets.UTF_8).lines().toList();
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
    picture(page, "phone-dark");
    page.evaluate("() => scrollTo(0, 900)");
    picture(page, "phone-dark-below");
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
    picture(page, "no-camera-dark");
  }

  @Test
  void aTokenIsAskedForUntilItIsRight() throws Exception {
    String token = "0123456789abcdef-token";
    try (PoseServer guarded =
        PoseServer.start(ServerOptions.DEFAULT.at("127.0.0.1", 0).withTokens(Set.of(token)))) {
      Page page = browser.open(guarded.address(), 1280, 800, ColorScheme.LIGHT);
      page.waitForSelector("#ask[open]");
      page.fill("#token", "wrong");
      page.keyboard().press("Enter");
      page.waitForFunction(
          "() => document.querySelector('#ask-why').textContent.includes('not a token')");
      page.fill("#token", token);
      page.keyboard().press("Enter");
      page.waitForFunction("() => document.querySelector('#model').options.length === 1");
      page.click("#use-camera");
      page.waitForFunction("() => rtmLive.delays.kept.length > 2");
      assertEquals(2, browser.takeComplaints().stream().filter(c -> c.contains("401")).count());
    }
  }

  private static void picture(Page page, String name) {
    PICTURES.ifPresent(
        to -> page.screenshot(new Page.ScreenshotOptions().setPath(to.resolve(name + ".png"))));
  }

  /** For whoever wants to know: how long the page says that frames take here. */
  private static void tellDelays(Page page) throws IOException {
    if (PICTURES.isPresent()) {
      Files.writeString(
          PICTURES.get().resolve("delays.txt"),
          page.evaluate("() => document.querySelector('#delay').innerText") + "\n");
    }
  }
}
