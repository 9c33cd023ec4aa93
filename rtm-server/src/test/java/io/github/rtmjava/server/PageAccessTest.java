package io.github.rtmjava.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.FileChooser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import io.github.rtmjava.output.viewer.Chromium;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The page without a mouse, without eyes, and for those whom movement disturbs. */
@ExtendWith(PageRoom.class)
final class PageAccessTest {
  private static final Path PICTURE = Path.of("../samples/scene_05.png");

  /** What has the keyboard: its name, and whether it is seen to have it. */
  private static final String FOCUSED =
      """
      () => {
        const at = document.activeElement;
        const shown = at.type === 'file' ? at.parentElement : at;
        const { outlineStyle, outlineWidth } = getComputedStyle(shown);
        const seen = outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2;
        const box = shown.getBoundingClientRect();
        const inside = box.top >= 0 && box.bottom <= innerHeight && box.width > 0;
        return `${at.id || at.tagName} ${seen ? 'seen' : 'not seen'} ${inside ? 'inside' : 'outside'}`;
      }
      """;

  private final Chromium browser;
  private final PoseServer server;

  PageAccessTest(Chromium browser, PoseServer server) {
    this.browser = browser;
    this.server = server;
  }

  private Page open() {
    Page page = browser.open(server.address(), 1280, 800, ColorScheme.LIGHT);
    page.waitForFunction("() => rtmLive.demo && rtmLive.drawn > 0 && rtmLive.people.rows.size > 0");
    return page;
  }

  @Test
  void axeFindsNothingInLightAndDarkOnDesktopAndPhone() throws IOException {
    Page page = open();
    load(page);
    assertNothingFound(page, "the clip");
    page.setInputFiles("#use-file", PICTURE);
    page.waitForFunction("() => rtmLive.source?.bitmap && rtmLive.looks > 2");
    page.check("#angles");
    page.check("#boxes");
    page.waitForFunction("() => document.querySelector('#people .angles span')");
    page.evaluate("() => rtmLive.complain(['Something is wrong.', 'Do something about it.'])");
    for (ColorScheme scheme : List.of(ColorScheme.DARK, ColorScheme.LIGHT)) {
      page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
      for (int width : new int[] {1280, 390}) {
        page.setViewportSize(width, 800);
        page.waitForFunction("w => document.querySelector('#stage').clientWidth < w", width);
        assertNothingFound(page, scheme + " " + width);
      }
    }
    page.evaluate("() => { rtmLive.token(); }");
    assertNothingFound(page, "the question for a token");
    page.navigate(server.address().resolve("/docs").toString());
    load(page);
    assertNothingFound(page, "the description");
  }

  private static void load(Page page) throws IOException {
    try (InputStream in = PageAccessTest.class.getResourceAsStream("/axe.min.js")) {
      page.evaluate(new String(in.readAllBytes(), StandardCharsets.UTF_8) + "\n() => {}");
    }
  }

  private static void assertNothingFound(Page page, String what) {
    Object found =
        page.evaluate(
            "async () => (await axe.run()).violations.flatMap(({ id, nodes }) => nodes.map(({"
                + " target, failureSummary }) => `${id}: ${target}: ${failureSummary}`))");
    assertEquals(List.of(), found, what);
  }

  @Test
  void theKeyboardReachesEverythingInOrderAndIsSeen() {
    Page page = open();
    page.setInputFiles("#use-file", PICTURE);
    page.waitForFunction("() => rtmLive.source?.bitmap && rtmLive.looks > 2");
    page.waitForFunction("() => rtmLive.people.rows.size === 1");
    List<String> order = new ArrayList<>();
    for (String at = ""; !at.startsWith("BODY") && order.size() < 40; ) {
      page.keyboard().press("Tab");
      at = (String) page.evaluate(FOCUSED);
      order.add(at);
    }
    order.removeIf(at -> at.startsWith("BODY"));
    List<String> wanted =
        List.of(
            "theme",
            "scene",
            "view-fit",
            "view-camera",
            "view-top",
            "use-camera",
            "use-file",
            "stop",
            "INPUT",
            "BUTTON",
            "record",
            "model",
            "det-every",
            "bbox-thr",
            "min-score",
            "size",
            "packing",
            "colours",
            "smooth",
            "mirror",
            "single",
            "angles",
            "boxes");
    assertEquals(wanted.stream().map(name -> name + " seen inside").toList(), order);
  }

  @Test
  void everythingIsDoneByKeyboard() {
    Page page = open();
    press(page, "#theme", "Enter");
    assertEquals("dark", page.evaluate("() => document.documentElement.dataset.theme"));
    press(page, "#use-camera", "Enter");
    page.waitForFunction("() => rtmLive.space && rtmLive.delays.kept.length > 2");

    String eye =
        "() => { const { eye, controls } = rtmLive.space;"
            + " return [...eye.position, ...controls.target].map((v) => v.toFixed(4)).join(' '); }";
    for (String key : List.of("Shift+ArrowLeft", "ArrowUp", "+")) {
      Object before = page.evaluate(eye);
      press(page, "#scene", key);
      assertNotEquals(before, page.evaluate(eye), key);
    }
    press(page, "#view-top", "Space");

    press(page, "#people button", "Enter");
    page.waitForFunction("() => rtmLive.space.followed !== null");
    press(page, "#boxes", "Space");
    assertTrue((Boolean) page.evaluate("() => rtmLive.look.boxes"));
    press(page, "#det-every", "ArrowDown");
    page.waitForFunction(
        "() => rtmLive.stream?.query.det_every === '2' && rtmLive.delays.kept.length > 2");

    press(page, "#record", "Space");
    page.waitForFunction("() => rtmLive.recorder.on");
    page.waitForFunction(
        "() => parseInt(document.querySelector('#recording-time').textContent) > 0");
    press(page, "#record", "Enter");
    page.waitForSelector("#downloads button");
    page.waitForDownload(() -> press(page, "#downloads button[data-format=csv]", "Enter"));

    press(page, "#stop", "Enter");
    assertEquals("use-camera", page.evaluate("() => document.activeElement.id"));
    FileChooser chooser = page.waitForFileChooser(() -> press(page, "#use-file", "Enter"));
    chooser.setFiles(PICTURE);
    page.waitForFunction("() => rtmLive.source?.bitmap && rtmLive.looks > 0");
  }

  private static void press(Page page, String selector, String key) {
    page.locator(selector).first().focus();
    page.keyboard().press(key);
  }

  @Test
  void aScreenReaderHearsWhatMattersAndNotEveryFrame() {
    Page page = open();
    page.click("#use-camera");
    page.waitForFunction(
        "() => document.querySelector('#count').textContent === '1 person is seen.'");
    page.evaluate(
        """
        () => {
          const live = document.querySelectorAll('[role=status], [role=alert], [aria-live], output');
          window.heard = [];
          const observer = new MutationObserver((changes) =>
            changes.forEach(({ target }) => heard.push(target.textContent)));
          [...live].filter((place) => place.ariaLive !== 'off').forEach((place) =>
            observer.observe(place, { childList: true, characterData: true, subtree: true }));
        }
        """);
    int drawn = (Integer) page.evaluate("() => rtmLive.drawn");
    page.click("#record");
    page.waitForFunction(
        "() => parseInt(document.querySelector('#recording-time').textContent) > 1");
    page.waitForFunction("(n) => rtmLive.drawn > n + 10", drawn);
    assertEquals(List.of(), page.evaluate("() => heard.filter((text) => text)"));
    page.click("#record");
    page.waitForFunction("() => heard.length === 1 && heard[0].includes('frames.')");

    named(page, AriaRole.BUTTON, "Use the camera");
    named(page, AriaRole.SLIDER, "Box threshold");
    named(page, AriaRole.COMBOBOX, "Model");
    named(page, AriaRole.CHECKBOX, "mirror the camera");
    named(page, AriaRole.CHECKBOX, "Person 1");
    named(page, AriaRole.BUTTON, "Follow Person 1");
    named(page, AriaRole.BUTTON, "BVH");
    named(page, AriaRole.REGION, "3D view");
    named(page, AriaRole.ROWHEADER, "networks");
  }

  private static void named(Page page, AriaRole role, String name) {
    assertEquals(
        1, page.getByRole(role, new Page.GetByRoleOptions().setName(name)).count(), role + name);
  }

  @Test
  void theClipStandsStillForThoseWhomMovementDisturbsAndCanBeStopped() {
    Page page = open();
    page.click("#stop");
    assertEquals(true, page.evaluate("() => rtmLive.demo === null && rtmLive.figures.length > 0"));
    page.emulateMedia(new Page.EmulateMediaOptions().setReducedMotion(ReducedMotion.REDUCE));
    page.reload();
    page.waitForFunction("() => rtmLive.demo && rtmLive.figures.length > 0");
    assertEquals(true, page.evaluate("() => rtmLive.demo.video.paused"));
  }
}
