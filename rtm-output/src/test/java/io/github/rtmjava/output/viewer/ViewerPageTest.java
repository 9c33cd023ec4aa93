package io.github.rtmjava.output.viewer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.ColorScheme;
import io.github.rtmjava.files.PublicName;
import io.github.rtmjava.geometry.Box;
import io.github.rtmjava.geometry.Frame3d;
import io.github.rtmjava.pose.KeypointSet;
import io.github.rtmjava.pose.PersonPose;
import io.github.rtmjava.pose.PoseFrame;
import io.github.rtmjava.pose.PoseResult;
import io.github.rtmjava.pose.Recording;
import io.github.rtmjava.testing.Clip;
import io.github.rtmjava.testing.SharedData;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ViewerPageTest {
  private static final int FRAMES = 600;
  private static final int LEFT_WRIST = 9;

  @TempDir static Path folder;
  private static Chromium chromium;
  private static Path page;

  @BeforeAll
  static void open() throws IOException {
    chromium = Chromium.start();
    page = Pages.write(folder.resolve("walk.html"), "walk.mp4", FRAMES, 3);
  }

  @AfterAll
  static void close() {
    if (chromium != null) {
      chromium.close();
    }
  }

  @AfterEach
  void nothingIsComplainedAbout() {
    chromium.closePages();
    assertEquals(List.of(), chromium.takeComplaints());
  }

  @Test
  void saysWhatItShows() {
    Page view = chromium.open(page);
    assertEquals("walk.mp4", view.title());
    assertTrue(view.textContent("#subtitle").contains("rtmw3d-x"));
    assertTrue(view.textContent("#note").contains("assumed"));
    assertEquals(3, view.locator("#people li").count());
  }

  @Test
  void playsPastTheEndOfAChunk() {
    Page view = chromium.open(page);
    view.evaluate("() => { rtmViewer.clock.seek(250); rtmViewer.clock.setSpeed(4); }");
    view.click("#play");
    view.waitForFunction("() => rtmViewer.shown > 265 && rtmViewer.clock.playing");
  }

  @Test
  void showsAtOnceThatItPlays() {
    Page view = chromium.open(page);
    view.click("#play");
    assertEquals(
        "Pause",
        view.evaluate(
            """
            () => new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(
                () => resolve(document.getElementById('play').getAttribute('aria-label')))))\
            """));
  }

  @Test
  void stepsWithTheKeys() {
    Page view = chromium.open(page);
    view.keyboard().press("ArrowRight");
    view.keyboard().press("ArrowRight");
    view.keyboard().press("ArrowLeft");
    view.keyboard().press("Shift+ArrowRight");
    view.waitForFunction("() => rtmViewer.shown === 26");
    assertEquals("frame 26", view.locator("#frame").evaluate("output => output.value"));
  }

  @Test
  void namesAJointUnderTheMouseInThePicture() {
    Page view = chromium.open(page);
    float[] at = Pages.frame(0, 3).result().persons().get(1).keypoints()[LEFT_WRIST];
    BoundingBox box = view.locator("#overlay").boundingBox();
    double scale = box.width / Pages.WIDTH;
    view.mouse().move(box.x + scale * at[0], box.y + scale * at[1]);
    view.waitForSelector("#tip:not([hidden])");
    String tip = view.textContent("#tip");
    assertTrue(tip.contains("left wrist") || tip.contains("left hand root"), tip);
    assertTrue(tip.contains("Person 2"), tip);
    assertTrue(tip.contains("score 0.9") || tip.contains("score 0.6"), tip);
  }

  @Test
  void namesAJointUnderTheMouseInSpace() {
    Page view = chromium.open(page);
    Map<?, ?> at =
        (Map<?, ?>) view.evaluate("() => rtmViewer.space.project(rtmViewer.space.figures[2], 15)");
    BoundingBox box = view.locator("#scene").boundingBox();
    view.mouse().move(box.x + number(at.get("x")), box.y + number(at.get("y")));
    view.waitForSelector("#tip:not([hidden])");
    String tip = view.textContent("#tip");
    assertTrue(tip.contains("left ankle"), tip);
    assertTrue(tip.contains("Person 3"), tip);
    assertTrue(tip.contains(" m"), tip);
  }

  @Test
  void drawsPeopleInTheirColoursInBothThemes() throws IOException {
    for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
      Picture picture = Picture.of(chromium.open(page, 1280, 800, scheme), "#scene");
      assertEquals(scheme == ColorScheme.DARK, picture.corner() < 60, scheme.name());
      assertTrue(picture.part(0x3b82f6) > 0.001, "blue " + picture.part(0x3b82f6));
      assertTrue(picture.part(0xf97316) > 0.001, "orange " + picture.part(0xf97316));
      assertTrue(picture.part(0x22a55a) > 0.001, "green " + picture.part(0x22a55a));
      assertTrue(picture.colours() > 200, picture.colours() + " colours");
    }
  }

  @Test
  void hidesAPerson() throws IOException {
    Page view = chromium.open(page);
    view.locator("#people li input").nth(1).uncheck();
    view.waitForFunction("() => rtmViewer.space.figures.length === 2");
    assertTrue(Picture.of(view, "#scene").part(0xf97316) < 0.0005);
  }

  @Test
  void followsAPerson() {
    Page view = chromium.open(page);
    view.locator("#people li button").nth(0).click();
    Object before = view.evaluate("() => rtmViewer.space.eye.position.x");
    view.evaluate("() => rtmViewer.clock.seek(10)");
    view.waitForFunction("() => rtmViewer.shown === 10");
    assertNotEquals(before, view.evaluate("() => rtmViewer.space.eye.position.x"));
  }

  @Test
  void drawsAngles() throws IOException {
    Page view = chromium.open(page);
    view.click("#graph-panel summary");
    view.waitForFunction("() => document.querySelectorAll('#legend span').length === 6");
    assertTrue(view.textContent("#legend").contains("right knee"));
    assertTrue(Picture.of(view, "#graph").part(0x3b82f6) > 0.0005);
  }

  @Test
  void fitsANarrowWindow() {
    Page view = chromium.open(page, 390, 844, ColorScheme.LIGHT);
    view.keyboard().press("End");
    view.waitForFunction("() => rtmViewer.shown === 599");
    assertEquals(
        390,
        number(view.evaluate("() => document.documentElement.scrollWidth")),
        "no sideways scroll");
  }

  @Test
  void theLegendLeavesTheCurvesFree() {
    Page view = chromium.open(page);
    view.click("#graph-panel summary");
    view.waitForFunction("() => document.querySelectorAll('#legend span').length === 6");
    BoundingBox legend = view.locator("#legend").boundingBox();
    BoundingBox graph = view.locator("#graph").boundingBox();
    assertTrue(legend.y + legend.height <= graph.y + 0.5, legend.y + " " + graph.y);
    assertTrue(graph.height > 60, "height " + graph.height);
  }

  @Test
  void showsTheWholeNameOnAPhone() throws IOException {
    String name = "a_walk_with_a_name_that_is_longer_than_any_phone_is_wide_2026-11-30.mp4";
    Page view =
        chromium.open(
            Pages.write(folder.resolve("long.html"), name, 30, 1), 390, 844, ColorScheme.LIGHT);
    assertEquals(true, view.evaluate("() => title.scrollWidth <= title.clientWidth"));
    assertEquals(name, view.textContent("#title"));
  }

  @Test
  void showsWhenEverybodyIsThere() throws IOException {
    Page view = chromium.open(Pages.write(folder.resolve("crowd.html"), "crowd.mp4", 30, 14));
    view.waitForFunction("() => document.getElementById('presence').clientHeight > 40");
    assertEquals(
        14,
        number(
            view.evaluate(
                """
                () => {
                  const canvas = document.getElementById('presence');
                  const { data } = canvas.getContext('2d')
                      .getImageData(canvas.width / 2, 0, 1, canvas.height);
                  let bars = 0;
                  for (let y = 1; y < canvas.height; y++) {
                    bars += data[4 * y + 3] > 150 && data[4 * y - 1] <= 150 ? 1 : 0;
                  }
                  return bars;
                }\
                """)));
  }

  @Test
  void whatIsSaidOfAKeypointGoesWhenTheKeypointDoes() {
    Page view = chromium.open(page);
    Map<?, ?> at =
        (Map<?, ?>) view.evaluate("() => rtmViewer.space.project(rtmViewer.space.figures[2], 15)");
    BoundingBox box = view.locator("#scene").boundingBox();
    view.mouse().move(box.x + number(at.get("x")), box.y + number(at.get("y")));
    view.waitForSelector("#tip:not([hidden])");
    view.keyboard().press("t");
    view.waitForFunction(
        """
        () => {
          const tip = document.getElementById('tip');
          return tip.hidden || !tip.textContent.includes('left ankle');
        }\
        """);
  }

  @Test
  void holdsThePosesThatWereWritten() {
    Page view = chromium.open(page);
    view.evaluate("() => rtmViewer.clock.seek(300)");
    view.waitForFunction("() => rtmViewer.shown === 300");
    PersonPose person = Pages.frame(300, 3).result().persons().get(2);
    List<?> xy = (List<?>) view.evaluate("() => [...rtmViewer.figures[2].xy]");
    List<?> own = (List<?>) view.evaluate("() => [...rtmViewer.figures[2].own]");
    for (int k = 0; k < person.size(); k++) {
      for (int axis = 0; axis < 2; axis++) {
        assertEquals(person.keypoints()[k][axis], number(xy.get(2 * k + axis)), 1 / 16.0);
      }
      for (int axis = 0; axis < 3; axis++) {
        assertEquals(person.keypoints3d()[k][axis], number(own.get(3 * k + axis)), 0.0005);
      }
    }
  }

  @Test
  void tellsWhatIsNotThere() throws IOException {
    PoseFrame whole = Pages.frame(0, 1);
    PersonPose person = whole.result().persons().get(0);
    float[][] xy = person.keypoints();
    xy[5][0] = Float.NaN;
    PersonPose flat = person.withKeypoints(xy).withKeypoints3d(new float[0][]).asInterpolated();
    Path target = folder.resolve("gaps.html");
    try (ViewerWriter writer =
        new ViewerWriter(Pages.recording("gaps", 2), target, ViewerOptions.defaults())) {
      writer.write(whole);
      writer.write(new PoseFrame(1, 0.04, whole.result().with(List.of(flat))));
      writer.finish();
    }
    Page view = chromium.open(target);
    view.evaluate("() => rtmViewer.clock.seek(1)");
    view.waitForFunction("() => rtmViewer.shown === 1");
    assertEquals(true, view.evaluate("() => rtmViewer.figures[0].interpolated"));
    assertEquals(true, view.evaluate("() => isNaN(rtmViewer.figures[0].xy[10])"));
    assertEquals(false, view.evaluate("() => isNaN(rtmViewer.figures[0].xy[12])"));
    assertEquals(true, view.evaluate("() => rtmViewer.figures[0].own.every(isNaN)"));
  }

  @Test
  void showsThePictureLargeWhereThereIsNoDepth() throws IOException {
    PoseResult result = Pages.frame(0, 2).result();
    List<PersonPose> flat =
        result.persons().stream().map(person -> person.withKeypoints3d(new float[0][])).toList();
    Path target = folder.resolve("flat.html");
    ViewerOptions options = ViewerOptions.defaults().withMedia(ViewerMedia.inline(png()));
    try (ViewerWriter writer = new ViewerWriter(Pages.recording("flat", 1), target, options)) {
      writer.write(new PoseFrame(0, 0, result.with(flat)));
      writer.finish();
    }
    Page view = chromium.open(target);
    view.waitForFunction("() => document.getElementById('image').naturalWidth === 64");
    assertTrue(view.locator("#overlay").boundingBox().width > 640);
    assertTrue(Picture.of(view, "#overlay").part(0x3b82f6) > 0.001);
  }

  @Test
  void movesTheVideoFrameByFrame() throws IOException {
    Clip clip = Clip.read("clip_01");
    Files.copy(SharedData.path("clips/clip_01.mp4"), folder.resolve("clip one.mp4"));
    Path target = folder.resolve("clip.html");
    Recording recording =
        new Recording(
            "clip one.mp4",
            clip.width(),
            clip.height(),
            30_000 / 1001.0,
            clip.frames().size(),
            "truth",
            Frame3d.CAMERA,
            Pages.SET,
            clip.camera());
    ViewerOptions options =
        ViewerOptions.defaults()
            .withMedia(ViewerMedia.video(target, folder.resolve("clip one.mp4")));
    try (ViewerWriter writer = new ViewerWriter(recording, target, options)) {
      for (PoseFrame frame : clip.frames()) {
        writer.write(frame);
      }
      writer.finish();
    }
    Page view = chromium.open(target);
    view.waitForFunction("() => rtmViewer.clock.video");
    view.evaluate("() => rtmViewer.clock.seek(100)");
    view.keyboard().press("ArrowRight");
    view.waitForFunction("() => rtmViewer.shown === 101 && !rtmViewer.clock.video.seeking");
    double time = number(view.evaluate("() => rtmViewer.clock.video.currentTime"));
    assertEquals(101, (int) (time * 30_000 / 1001));
    view.click("#play");
    view.waitForFunction("() => rtmViewer.shown > 110");
  }

  @Test
  void runsNoNames() throws IOException {
    List<String> names =
        List.of(
            "</script><script>window.pwned=1</script>",
            "</title><img src=x onerror=window.pwned=1>",
            "\"><svg onload=window.pwned=1>.mp4",
            "{{modules}}<!--<script>");
    for (String name : names) {
      KeypointSet set =
          new KeypointSet(name, List.of(new KeypointSet.Point(name, 0, 0.1f, 0)), List.of());
      Path target = folder.resolve("hostile.html");
      Recording recording = new Recording(name, 64, 48, 0, 1, name, Frame3d.CAMERA, set, null);
      ViewerOptions options = ViewerOptions.defaults().withNote(name);
      PersonPose person =
          new PersonPose(
              new Box(0, 0, 64, 48), 1, new float[][] {{32, 24}}, new float[0][], new float[] {1});
      try (ViewerWriter writer = new ViewerWriter(recording, target, options)) {
        writer.write(
            new PoseFrame(
                0, 0, new PoseResult(64, 48, name, Frame3d.CAMERA, set, List.of(person))));
        writer.finish();
      }
      Page view = chromium.open(target);
      BoundingBox box = view.locator("#overlay").boundingBox();
      view.mouse().move(box.x + box.width / 2, box.y + box.height / 2);
      view.waitForSelector("#tip:not([hidden])");
      assertEquals("undefined", view.evaluate("() => typeof window.pwned"), name);
      assertEquals(PublicName.of(name), view.textContent("h1"));
      assertEquals(name, view.textContent("#note"));
      assertTrue(view.textContent("#tip").startsWith(name.replace('_', ' ')));
    }
  }

  @Test
  void runsNoScriptsButItsOwn() throws IOException {
    String script =
        "<script%s>window.pwned=1</script><script%s src='data:,window.pwned=1'></script>";
    String module = " type='module'";
    Path target =
        Files.writeString(
            folder.resolve("injected.html"),
            Files.readString(page)
                .replace(
                    "<main>",
                    script.formatted("", "") + script.formatted(module, module) + "<main>"));
    Page view = chromium.open(target);
    assertEquals("undefined", view.evaluate("() => typeof window.pwned"));
    List<String> refused = chromium.takeComplaints();
    assertEquals(4, refused.size());
    assertTrue(refused.stream().allMatch(line -> line.contains("script-src 'nonce-")));
  }

  @Test
  void fetchesNothing() {
    Page view = chromium.open(page);
    assertEquals(0, number(view.evaluate("() => performance.getEntriesByType('resource').length")));
  }

  private static byte[] png() throws IOException {
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(64, 48, BufferedImage.TYPE_INT_RGB), "png", png);
    return png.toByteArray();
  }

  private static double number(Object value) {
    return ((Number) value).doubleValue();
  }

  /** What can be said about a picture without knowing its every pixel. */
  private record Picture(BufferedImage image) {
    static Picture of(Page page, String selector) throws IOException {
      byte[] png = page.locator(selector).screenshot();
      return new Picture(ImageIO.read(new ByteArrayInputStream(png)));
    }

    /** The part of the pixels that look like a colour, lit or shaded. */
    double part(int rgb) {
      float[] wanted = hue(rgb);
      long like = 0;
      for (int y = 0; y < image.getHeight(); y++) {
        for (int x = 0; x < image.getWidth(); x++) {
          float[] found = hue(image.getRGB(x, y));
          if (Math.abs(found[0] - wanted[0]) < 0.04 && found[1] > 0.4 && found[2] > 0.25) {
            like++;
          }
        }
      }
      return (double) like / ((long) image.getWidth() * image.getHeight());
    }

    int colours() {
      Set<Integer> colours = new HashSet<>();
      for (int y = 0; y < image.getHeight(); y++) {
        for (int x = 0; x < image.getWidth(); x++) {
          colours.add(image.getRGB(x, y));
        }
      }
      return colours.size();
    }

    int corner() {
      return image.getRGB(4, image.getHeight() / 2) & 0xff;
    }

    private static float[] hue(int rgb) {
      return Color.RGBtoHSB((rgb >> 16) & 255, (rgb >> 8) & 255, rgb & 255, null);
    }
  }
}
