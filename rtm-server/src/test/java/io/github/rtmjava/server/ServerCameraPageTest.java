package io.github.rtmjava.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.github.rtmjava.output.viewer.Chromium;
import io.github.rtmjava.server.config.ServerOptions;
import io.github.rtmjava.video.VideoSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The page of a service that has a camera, in Chromium. */
final class ServerCameraPageTest {
  private static final String SEEN =
      "() => rtmLive.source?.camera === 'door' && rtmLive.figures.length === 1"
          + " && rtmLive.delays.kept.length > 5";

  /** Where pictures of the page go, for whoever wants to look at them: {@code -Drtm.pictures=…}. */
  private static final Optional<Path> PICTURES =
      Optional.ofNullable(System.getProperty("rtm.pictures")).map(Path::of);

  private static Chromium browser;
  private static MjpegPlayer player;
  private static PoseServer server;

  @BeforeAll
  static void start() throws IOException {
    browser = Chromium.start();
    player = new MjpegPlayer();
    Map<String, VideoSource> cameras = new LinkedHashMap<>();
    cameras.put("door", new VideoSource.Address(player.address()));
    cameras.put("yard", new VideoSource.File(Path.of("../samples/clip_01.mp4")));
    server = PoseServer.start(ServerOptions.DEFAULT.at("127.0.0.1", 0).withCameras(cameras));
  }

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.close();
    }
    if (server != null) {
      server.close();
    }
    if (player != null) {
      player.close();
    }
  }

  @AfterEach
  void nothingIsComplainedAbout() {
    assertEquals(List.of(), browser.takeComplaints());
  }

  @Test
  void whoeverOpensThePageSeesTheCameraRecordsItAndIsToldWhenItIsGone() throws Exception {
    Page page = browser.open(server.address(), 1280, 800, ColorScheme.LIGHT);
    page.waitForFunction(SEEN);
    assertTrue(page.textContent("#people li").contains("Person"));
    assertTrue(page.textContent("#status").contains("Camera at the server (door)"));
    assertEquals(List.of("door", "yard"), page.locator("#server-cameras option").allTextContents());
    assertTrue(page.isDisabled("#smooth"), "one of many changes nothing for all");
    byte[] scene = page.locator("#scene").screenshot();
    page.waitForCondition(() -> !Arrays.equals(scene, page.locator("#scene").screenshot()));

    page.click("#record");
    page.waitForFunction("() => rtmLive.recorder.on");
    int shown = (Integer) page.evaluate("() => rtmLive.drawn");
    page.waitForFunction("(old) => rtmLive.drawn > old + 10", shown);
    page.click("#record");
    page.waitForSelector("#downloads button[data-format=trc]");
    assertTrue(page.textContent("#recorded").contains("frames"));
    assertTrue(
        page.waitForDownload(() -> page.click("#downloads button[data-format=trc]"))
            .suggestedFilename()
            .endsWith(".trc"));
    picture(page, "server-camera");

    player.unplug();
    page.waitForSelector("#trouble p:nth-child(2)");
    assertTrue(page.textContent("#trouble").contains("gives no pictures"));
    picture(page, "server-camera-lost");
    player.plug();
    page.waitForFunction("() => document.querySelector('#trouble').hidden");
    page.waitForFunction(SEEN);
  }

  @Test
  void theKeyboardStopsAndChoosesItAtAPhonesWidthToo() {
    Page page = browser.open(server.address(), 390, 844, ColorScheme.DARK);
    page.waitForFunction(SEEN);
    assertEquals(0, page.evaluate("() => document.documentElement.scrollWidth - innerWidth"));
    picture(page, "server-camera-phone");
    page.focus("#stop");
    page.keyboard().press("Enter");
    page.waitForFunction("() => rtmLive.source === null");
    page.focus("#use-server");
    page.keyboard().press("Enter");
    page.waitForFunction(SEEN);
    page.selectOption("#server-cameras", "yard");
    page.waitForFunction(SEEN.replace("door", "yard"));
    page.check("#angles");
    page.waitForFunction("() => document.querySelector('#people .angles span')");
  }

  private static void picture(Page page, String name) {
    PICTURES.ifPresent(
        to -> page.screenshot(new Page.ScreenshotOptions().setPath(to.resolve(name + ".png"))));
  }
}
