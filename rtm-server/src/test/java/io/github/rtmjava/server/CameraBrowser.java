package io.github.rtmjava.server;

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
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.opentest4j.TestAbortedException;

/** The system's Chromium without a window, with a camera that plays a file. */
final class CameraBrowser implements AutoCloseable {
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome", "chrome");

  private final Playwright playwright;
  private final Browser browser;
  private final List<String> complaints = new ArrayList<>();

  private CameraBrowser(Playwright playwright, Browser browser) {
    this.playwright = playwright;
    this.browser = browser;
  }

  /**
   * Starts it; skips the calling test where there is none on the PATH.
   *
   * @param clip JPEG pictures one after the other, which the camera sees at 30 a second
   */
  static CameraBrowser start(Path clip) {
    Path executable =
        find()
            .orElseThrow(
                () ->
                    new TestAbortedException(
                        "skipped: no Chromium on the PATH under the names "
                            + String.join(", ", NAMES)));
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
                    .setArgs(
                        List.of(
                            "--enable-unsafe-swiftshader",
                            "--autoplay-policy=no-user-gesture-required",
                            "--use-fake-ui-for-media-stream",
                            "--use-fake-device-for-media-stream",
                            "--use-file-for-fake-video-capture=" + clip)));
    return new CameraBrowser(playwright, browser);
  }

  Page open(URI address, int width, int height, ColorScheme scheme) {
    BrowserContext context =
        browser.newContext(
            new Browser.NewContextOptions()
                .setViewportSize(width, height)
                .setColorScheme(scheme)
                .setAcceptDownloads(true));
    Page page = context.newPage();
    page.onConsoleMessage(this::hear);
    page.onPageError(error -> complaints.add(error));
    page.navigate(address.toString());
    return page;
  }

  /** Errors and warnings of all pages since this was asked last; closes these. */
  List<String> takeComplaints() {
    browser.contexts().forEach(BrowserContext::close);
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
