package io.github.rtmjava.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.WebSocket;
import com.microsoft.playwright.options.ColorScheme;
import io.github.rtmjava.output.viewer.Chromium;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the settings of the page change, and what its panel of delays says. */
@ExtendWith(PageRoom.class)
final class PageSettingsTest {
  private static final Path PICTURE = Path.of("../samples/scene_03.png");

  /** The pixels over a picture that are not clear. */
  private static final String PAINTED =
      """
      () => {
        const { width, height } = document.querySelector('#overlay');
        const copy = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
        copy.drawImage(document.querySelector('#overlay'), 0, 0);
        const { data } = copy.getImageData(0, 0, width, height);
        let painted = 0;
        for (let i = 3; i < data.length; i += 4) painted += data[i] > 0 ? 1 : 0;
        return painted;
      }
      """;

  /** How much a small copy of the picture differs from what was kept, as it is and mirrored. */
  private static final String SIDES =
      """
      () => {
        const small = new OffscreenCanvas(24, 24).getContext('2d', { willReadFrequently: true });
        small.drawImage(document.querySelector('#frame'), 0, 0, 24, 24);
        const { data } = small.getImageData(0, 0, 24, 24);
        const kept = window.kept ??= data;
        const sums = [0, 0];
        for (let y = 0; y < 24; y++) for (let x = 0; x < 24; x++) for (let c = 0; c < 3; c++) {
          const here = data[4 * (24 * y + x) + c];
          sums[0] += Math.abs(here - kept[4 * (24 * y + x) + c]);
          sums[1] += Math.abs(here - kept[4 * (24 * y + 23 - x) + c]);
        }
        return sums[0] < sums[1] ? 'as before' : 'mirrored';
      }
      """;

  private final Chromium browser;
  private final PoseServer server;

  PageSettingsTest(Chromium browser, PoseServer server) {
    this.browser = browser;
    this.server = server;
  }

  @Test
  void thresholdsDecideWhoAndWhatIsSeen() {
    Page page = browser.open(server.address(), 1280, 800, ColorScheme.DARK);
    page.setInputFiles("#use-file", PICTURE);
    page.waitForFunction("() => rtmLive.source?.bitmap && rtmLive.looks > 2");
    int people = (Integer) page.evaluate("() => rtmLive.figures.length");
    assertTrue(people > 1);
    PageRoom.picture(page, "several-dark");

    page.locator("#bbox-thr").focus();
    page.keyboard().press("End");
    assertEquals("0.95", page.locator("#bbox-thr-value").textContent());
    page.waitForFunction("() => rtmLive.figures.length === 0");
    page.keyboard().press("Home");
    page.waitForFunction("(n) => rtmLive.figures.length >= n", people);

    page.locator("#min-score").focus();
    page.keyboard().press("Home");
    page.waitForFunction("() => (" + PAINTED + ")() > 1000");
    int painted = (Integer) page.evaluate(PAINTED);
    page.keyboard().press("End");
    page.waitForFunction("n => (" + PAINTED + ")() < n / 4", painted);

    page.locator("#min-score").press("Home");
    page.check("#single");
    page.waitForFunction("() => rtmLive.figures.length === 1");
  }

  @Test
  void aCameraIsAMirrorUnlessToldOtherwise() {
    Page page = browser.open(server.address(), 1280, 800, ColorScheme.LIGHT);
    page.click("#use-camera");
    page.waitForFunction("() => rtmLive.delays.kept.length > 2 && rtmLive.figures.length === 1");
    page.evaluate(SIDES);
    page.uncheck("#mirror");
    page.waitForFunction("() => (" + SIDES + ")() === 'mirrored'");
    page.check("#mirror");
    page.waitForFunction("() => (" + SIDES + ")() === 'as before'");
    // The person stands left of the middle in the clip, so right of it in a mirror.
    String side =
        "() => rtmLive.figures.length && Math.sign(rtmLive.figures[0].box[0]"
            + " + rtmLive.figures[0].box[2] - rtmLive.manifest.width)";
    int mirrored = (Integer) page.evaluate(side);
    page.uncheck("#mirror");
    page.waitForFunction("old => (" + side + ")() === -old", mirrored);
  }

  @Test
  void picturesGoAsPixelsOnOneMachineAndAsJpegWhereToldSo() {
    Page page = browser.open(server.address(), 1280, 800, ColorScheme.LIGHT);
    List<ByteBuffer> sent = Collections.synchronizedList(new ArrayList<>());
    page.onWebSocket(
        socket ->
            socket.onFrameSent(
                frame -> {
                  if (frame.binary() != null) {
                    sent.add(ByteBuffer.wrap(frame.binary()).order(ByteOrder.LITTLE_ENDIAN));
                  }
                }));
    page.click("#use-camera");
    page.waitForCondition(() -> !sent.isEmpty());
    ByteBuffer first = sent.get(0);
    assertEquals('B' + ('M' << 8), first.getShort(Double.BYTES));
    assertEquals(-640, first.getInt(Double.BYTES + 22));
    page.waitForFunction("() => rtmLive.delays.kept.length > 2 && rtmLive.figures.length === 1");

    page.selectOption("#size", "320");
    page.waitForCondition(() -> latest(sent).getInt(Double.BYTES + 22) == -320);
    page.selectOption("#packing", "jpeg");
    page.waitForCondition(() -> latest(sent).getShort(Double.BYTES) == (short) 0xd8ff);
    page.evaluate("() => rtmLive.delays.clear()");
    page.waitForFunction("() => rtmLive.delays.kept.length > 2 && rtmLive.figures.length === 1");
  }

  private static ByteBuffer latest(List<ByteBuffer> sent) {
    return sent.get(sent.size() - 1);
  }

  @Test
  void smoothingAndModelsReachTheServiceAndDelaysAreTold() {
    Page page = browser.open(server.address(), 1280, 800, ColorScheme.LIGHT);
    List<WebSocket> sockets = new ArrayList<>();
    List<String> answers = Collections.synchronizedList(new ArrayList<>());
    page.onWebSocket(
        socket -> {
          sockets.add(socket);
          socket.onFrameReceived(
              frame -> {
                if (frame.text().startsWith("{\"set\"")) {
                  answers.add(frame.text());
                }
              });
        });
    page.click("#use-camera");
    page.waitForFunction("() => rtmLive.delays.kept.length > 5");
    assertTrue(sockets.get(0).url().contains("smooth=true"), sockets.get(0)::url);
    page.uncheck("#smooth");
    page.waitForCondition(() -> !answers.isEmpty());
    assertTrue(answers.get(0).contains("\"smooth\":false"), answers::toString);

    page.waitForFunction(
        "() => /^\\d+\\.\\d frames a second/.test(document.querySelector('#rate').textContent)");
    List<?> stages =
        (List<?>)
            page.evaluate(
                "() => [...document.querySelectorAll('#stages tr')].map((row) =>"
                    + " [...row.cells].slice(1).map((cell) => Number(cell.textContent)))");
    assertEquals(7, stages.size());
    List<?> all = (List<?>) stages.get(6);
    assertTrue(number(all.get(0)) > 0 && number(all.get(1)) >= number(all.get(0)), all::toString);
    for (Object stage : stages) {
      double median = number(((List<?>) stage).get(0));
      assertTrue(median >= 0 && median <= number(all.get(0)), stages::toString);
    }

    page.selectOption("#det-every", "5");
    page.waitForCondition(() -> sockets.size() > 1);
    String url = sockets.get(1).url();
    assertTrue(url.contains("smooth=false") && url.contains("det_every=5"), url);
    page.waitForFunction("() => rtmLive.delays.kept.length > 1");
  }

  private static double number(Object value) {
    return ((Number) value).doubleValue();
  }
}
