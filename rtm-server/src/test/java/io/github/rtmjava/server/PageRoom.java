package io.github.rtmjava.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Page;
import io.github.rtmjava.image.Images;
import io.github.rtmjava.image.VideoFrame;
import io.github.rtmjava.output.viewer.Chromium;
import io.github.rtmjava.server.config.ServerOptions;
import io.github.rtmjava.video.VideoOptions;
import io.github.rtmjava.video.VideoReader;
import io.github.rtmjava.video.VideoSource;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests a service and a browser whose camera plays a rendered clip: the same ones to all
 * tests, since both take seconds to start. After each test nothing may have been complained about.
 */
final class PageRoom implements ParameterResolver, AfterEachCallback {
  /** Where pictures of the page go, for whoever wants to look at them: {@code -Drtm.pictures=…}. */
  static final Optional<Path> PICTURES =
      Optional.ofNullable(System.getProperty("rtm.pictures")).map(Path::of);

  /** What all tests share, until the last one has ended. */
  private record Shared(Chromium browser, PoseServer server, Path clip) implements AutoCloseable {
    static Shared start() {
      try {
        Path clip = Files.createTempFile("camera", ".mjpeg");
        Chromium browser = Chromium.withCamera(write(clip));
        return new Shared(
            browser, PoseServer.start(ServerOptions.DEFAULT.at("127.0.0.1", 0)), clip);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static Path write(Path target) throws IOException {
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

    @Override
    public void close() throws IOException {
      browser.close();
      server.close();
      Files.delete(clip);
    }
  }

  private static Shared shared(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(ExtensionContext.Namespace.create(PageRoom.class))
        .getOrComputeIfAbsent(Shared.class, type -> Shared.start(), Shared.class);
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return type == Chromium.class || type == PoseServer.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Shared shared = shared(context);
    return parameter.getParameter().getType() == PoseServer.class ? shared.server : shared.browser;
  }

  @Override
  public void afterEach(ExtensionContext context) {
    Chromium browser = shared(context).browser;
    browser.closePages();
    assertEquals(List.of(), browser.takeComplaints());
  }

  /** Takes a picture of what is to be seen, for whoever wants some. */
  static void picture(Page page, String name) {
    PICTURES.ifPresent(
        to -> page.screenshot(new Page.ScreenshotOptions().setPath(to.resolve(name + ".png"))));
  }
}
