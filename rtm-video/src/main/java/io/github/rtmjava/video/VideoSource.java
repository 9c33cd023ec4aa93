package io.github.rtmjava.video;

import io.github.rtmjava.image.MediaSearch;
import io.github.rtmjava.image.Picture;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Where frames come from. Nothing is opened before a {@link VideoReader} is. */
public sealed interface VideoSource {
  /** Frames in a second of a folder that is named without a rate. */
  double FOLDER_RATE = 30;

  /** What results and messages call it. */
  String name();

  /**
   * What a user means by a name: an address of {@code http}, {@code https}, {@code rtsp} or {@code
   * rtsps}; a camera as its number or as {@code /dev/video0} ({@code video=NAME} on Windows); a
   * folder of pictures, at {@value #FOLDER_RATE} frames a second; otherwise a file. What exists
   * under a name that is a number is a file or folder, not a camera.
   *
   * @throws VideoException if it is an address that cannot be read
   */
  static VideoSource of(String argument) throws VideoException {
    if (argument.matches("(?s)[A-Za-z][A-Za-z0-9+.-]+://.*")) {
      try {
        return new Address(new URI(argument));
      } catch (URISyntaxException | IllegalArgumentException e) {
        throw new VideoException(
            "%s: expected an address as https://host/clip.mp4 or rtsp://host/camera, found another"
                .formatted(withoutSecrets(argument)));
      }
    }
    Path path;
    try {
      path = Path.of(argument);
    } catch (InvalidPathException e) {
      throw new VideoException(argument + ": expected a video, found what no file is called", e);
    }
    if (Files.isDirectory(path)) {
      return new Folder(path, FOLDER_RATE);
    }
    if (argument.matches("/dev/video[0-9]+|video=.+")
        || (argument.matches("[0-9]{1,3}") && !Files.exists(path))) {
      return new Camera(argument.replaceFirst("^video=", ""));
    }
    return new File(path);
  }

  /** Without what may be secret in an address, even in one that is wrong: user and query. */
  private static String withoutSecrets(String address) {
    return address.replaceFirst("(?s)://.*@", "://").replaceFirst("(?s)[?#].*", "");
  }

  /** A video file. */
  record File(Path path) implements VideoSource {
    @Override
    public String name() {
      return path.toString();
    }
  }

  /**
   * A video that is read through a channel, as from a store that is no file system of this machine.
   *
   * @param name what results and messages call it
   * @param opening opens it, once for each reader, which closes it
   */
  record Stored(String name, Opening opening) implements VideoSource {
    /** Opens a channel from which the bytes of a video are read, at any place of it. */
    public interface Opening {
      /** At its beginning. */
      SeekableByteChannel open() throws IOException;
    }
  }

  /**
   * A video or a stream on the network.
   *
   * @param uri of {@code http}, {@code https}, {@code rtsp} or {@code rtsps}
   */
  record Address(URI uri) implements VideoSource {
    private static final Pattern SCHEMES =
        Pattern.compile("https?|rtsps?", Pattern.CASE_INSENSITIVE);

    public Address {
      if (uri.getScheme() == null
          || !SCHEMES.matcher(uri.getScheme()).matches()
          || uri.getHost() == null) {
        throw new IllegalArgumentException(
            "expected an address of http, https, rtsp or rtsps, found "
                + withoutSecrets(uri.toString()));
      }
    }

    /** The address without what may be secret: user and query. */
    @Override
    public String name() {
      String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
      return uri.getScheme() + "://" + uri.getHost() + port + uri.getPath();
    }

    /** As {@link #name()}: what is written into a log keeps no password. */
    @Override
    public String toString() {
      return name();
    }
  }

  /**
   * A camera of this machine.
   *
   * @param device a number from 0 on, a file as {@code /dev/video0} (Linux), or the camera's name
   *     (macOS and Windows)
   */
  record Camera(String device) implements VideoSource {
    public Camera {
      if (device.isBlank()) {
        throw new IllegalArgumentException("expected a camera, found nothing");
      }
    }

    @Override
    public String name() {
      return device.matches("[0-9]+") ? "camera " + device : device;
    }
  }

  /**
   * Pictures of a folder as the frames of a video, ordered by their names, numbers in these by
   * value.
   *
   * @param frameRate in a second, above 0
   */
  record Folder(Path path, double frameRate) implements VideoSource {
    public Folder {
      if (!(frameRate > 0) || !Double.isFinite(frameRate)) {
        throw new IllegalArgumentException("expected a frame rate above 0, found " + frameRate);
      }
    }

    @Override
    public String name() {
      return path.toString();
    }

    /**
     * What of the folder is no frame of the video, or is missing, one line for each kind; nothing
     * is decoded.
     */
    public List<String> remarks() {
      MediaSearch search = MediaSearch.of(List.of(path.toString()));
      List<String> remarks = new ArrayList<>();
      search.remarks().forEach(remark -> remarks.add(path + ": " + remark));
      FrameNames.missing(search.pictures().stream().map(Picture::fileName).toList())
          .ifPresent(remark -> remarks.add(path + ": " + remark));
      return remarks;
    }
  }
}
