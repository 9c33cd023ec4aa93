package io.github.rtmjava.video;

import io.github.rtmjava.web.Redirects;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A source as FFmpeg opens it, and what it may open in turn.
 *
 * @param name what messages call it
 * @param url in FFmpeg's words
 * @param device FFmpeg's format for a camera; empty for everything else
 * @param options of the format
 * @param live whether frames come when they are taken
 * @param patience for a call that waits; zero for no limit
 * @param stored what is read instead of the address; null for none
 */
record Input(
    String name,
    String url,
    String device,
    Map<String, String> options,
    boolean live,
    Duration patience,
    VideoSource.@Nullable Stored stored) {
  /**
   * Formats that hold pictures themselves. Left out are all that only name other files: playlists,
   * and patterns of pictures. A stranger's file therefore opens no second one.
   */
  private static final String FORMATS =
      "mov,matroska,avi,mpegts,mpeg,mpegvideo,flv,asf,ogg,mxf,ivf,obu,av1,h264,hevc,h263,m4v,mjpeg,"
          + "nut,dv,yuv4mpegpipe,gif,apng";

  private static final String WEB_FORMATS = FORMATS + ",mpjpeg,live_flv,hls";

  /** One that opens what its address says. */
  Input(
      String name,
      String url,
      String device,
      Map<String, String> options,
      boolean live,
      Duration patience) {
    this(name, url, device, options, live, patience, null);
  }

  /** What is read through a channel, and names nothing else that could be opened. */
  static Input of(VideoSource.Stored source) {
    return new Input(
        source.name(),
        source.name(),
        "",
        Map.of("protocol_whitelist", "none", "format_whitelist", FORMATS),
        false,
        Duration.ZERO,
        source);
  }

  static Input of(VideoSource.File file) throws VideoException {
    Path path = file.path();
    String found = null;
    if (!Files.exists(path)) {
      found = "no such file";
    } else if (Files.isDirectory(path)) {
      found = "a folder";
    } else if (!Files.isReadable(path)) {
      found = "a file that may not be read";
    } else if (!Files.isRegularFile(path)) {
      found = "a pipe or a device; save what comes from it in a file first";
    } else if (path.toFile().length() == 0) {
      found = "an empty file";
    }
    if (found != null) {
      throw new VideoException("%s: expected a video, found %s".formatted(file.name(), found));
    }
    return new Input(
        file.name(),
        "file:" + path.toAbsolutePath(),
        "",
        Map.of("protocol_whitelist", "file", "format_whitelist", FORMATS),
        false,
        Duration.ZERO);
  }

  static Input of(VideoSource.Address address, Duration patience, Redirects redirects)
      throws VideoException {
    String url = address.uri().toASCIIString();
    if (url.toLowerCase(Locale.ROOT).startsWith("rtsp")) {
      return new Input(
          address.name(),
          url,
          "",
          Map.of(
              "protocol_whitelist", "rtsp,rtsps,rtp,srtp,udp,tcp,tls",
              "format_whitelist", "rtsp,sdp,rtp,mpegts,asf",
              "rtsp_flags", "prefer_tcp",
              "fflags", "nobuffer"),
          true,
          patience);
    }
    return new Input(
        address.name(),
        WebAddress.resolve(address, patience, redirects).toASCIIString(),
        "",
        Map.of(
            "protocol_whitelist",
            "http,https,httpproxy,tcp,tls,crypto",
            "format_whitelist",
            WEB_FORMATS),
        false,
        patience);
  }

  static Input of(VideoSource.Camera camera, Duration patience) {
    String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    String device = camera.device();
    boolean number = device.matches("[0-9]+");
    Map<String, String> options = Map.of("fflags", "nobuffer");
    if (system.contains("mac")) {
      return new Input(camera.name(), device, "avfoundation", options, true, patience);
    }
    if (system.contains("win")) {
      return new Input(camera.name(), "video=" + device, "dshow", options, true, patience);
    }
    String file = number ? "/dev/video" + device : device;
    return new Input(camera.name(), file, "v4l2", options, true, patience);
  }
}
