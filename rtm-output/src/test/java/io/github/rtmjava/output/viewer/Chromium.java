package io.github.rtmjava.output.viewer;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.io.File;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.opentest4j.TestAbortedException;

/** The system's Chromium without a window, and what pages complained about in it. */
public final class Chromium implements AutoCloseable {
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome", "chrome");

  /** Where others compute on the same machine too. */
  private static final double PATIENCE_MILLIS = 90_000;

  private final Playwright playwright;
  private final Browser browser;
  private final List<String> complaints = new ArrayList<>();

  private Chromium(Playwright playwright, Browser browser) {
    this.playwright = playwright;
    this.browser = browser;
  }

  /**
   * Starts it; skips the calling test where there is none on the PATH.
   *
   * @param flags of the browser, besides those that every page needs
   */
  public static Chromium start(String... flags) {
    Path executable =
        find()
            .orElseThrow(
                () ->
                    new TestAbortedException(
                        "skipped: no Chromium on the PATH under the names "
                            + String.join(", ", NAMES)));
    List<String> all =
        new ArrayList<>(
            List.of("--enable-unsafe-swiftshader", "--autoplay-policy=no-user-gesture-required"));
    all.addAll(List.of(flags));
    Playwright playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    Browser browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(executable)
                    .setChromiumSandbox(false)
                    .setArgs(all));
    return new Chromium(playwright, browser);
  }

  /**
   * Starts it with a camera that everybody may use.
   *
   * @param clip JPEG pictures one after the other, which the camera sees at 30 a second
   */
  public static Chromium withCamera(Path clip) {
    return start(
        "--use-fake-ui-for-media-stream",
        "--use-fake-device-for-media-stream",
        "--use-file-for-fake-video-capture=" + clip);
  }

  /** Opens an address. */
  public Page open(URI address, int width, int height, ColorScheme scheme) {
    BrowserContext context =
        browser.newContext(
            new Browser.NewContextOptions()
                .setViewportSize(width, height)
                .setColorScheme(scheme)
                .setAcceptDownloads(true));
    context.setDefaultTimeout(PATIENCE_MILLIS);
    context.onRequest(request -> requireOwn(address, request.url()));
    Page page = context.newPage();
    page.onWebSocket(socket -> requireOwn(address, socket.url()));
    page.onConsoleMessage(this::hear);
    page.onPageError(error -> complaints.add(error));
    page.navigate(address.toString());
    return page;
  }

  /** A page asks where it came from, or what it holds itself, and nobody else. */
  private void requireOwn(URI address, String url) {
    URI asked = URI.create(url.replaceFirst(",.*", ""));
    boolean held = List.of("blob", "data").contains(asked.getScheme());
    if (!held && !Objects.equals(address.getAuthority(), asked.getAuthority())) {
      complaints.add("asks somebody else: " + url);
    }
  }

  /** Opens a file and waits until its first frame is drawn. */
  Page open(Path html, int width, int height, ColorScheme scheme) {
    Page page = open(html.toUri(), width, height, scheme);
    page.waitForFunction("() => window.rtmViewer?.shown >= 0 && !window.rtmViewer.dirty");
    return page;
  }

  Page open(Path html) {
    return open(html, 1280, 800, ColorScheme.LIGHT);
  }

  /** Closes all pages. */
  public void closePages() {
    browser.contexts().forEach(BrowserContext::close);
  }

  /** Errors and warnings of all pages, and requests to others, since this was asked last. */
  public List<String> takeComplaints() {
    List<String> taken = List.copyOf(complaints);
    complaints.clear();
    return taken;
  }

  private void hear(ConsoleMessage message) {
    boolean aboutTheGpu = message.text().contains("GPU stall due to ReadPixels");
    if (!aboutTheGpu && List.of("error", "warning").contains(message.type())) {
      complaints.add(message.text());
    }
  }

  private static Optional<Path> find() {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Arrays.stream(path.split(Pattern.quote(File.pathSeparator), -1))
        .filter(folder -> !folder.isEmpty())
        .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
        .flatMap(file -> Stream.of(file, Path.of(file + ".exe")))
        .filter(Files::isExecutable)
        .findFirst();
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }
}
