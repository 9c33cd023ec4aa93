package io.github.rtmjava.output.viewer;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** What a page shows behind the 2D keypoints. */
public sealed interface ViewerMedia {
  /** Pictures of more bytes are not put into a page. */
  int LARGEST_INLINE = 8 << 20;

  /** Nothing: the keypoints stand alone. */
  record None() implements ViewerMedia {}

  /**
   * A video.
   *
   * @param href its URL, best one relative to the page, percent-encoded
   */
  record Video(String href) implements ViewerMedia {}

  /**
   * A picture.
   *
   * @param href its URL, relative to the page and percent-encoded, or a {@code data:} URL
   */
  record Picture(String href) implements ViewerMedia {}

  /** Nothing. */
  static ViewerMedia none() {
    return new None();
  }

  /**
   * A video that the page finds where it lies now, seen from the page: both may be moved together.
   *
   * @param page where the page will be
   */
  static ViewerMedia video(Path page, Path video) {
    return new Video(href(page, video));
  }

  /** A picture that the page finds where it lies now, seen from the page. */
  static ViewerMedia picture(Path page, Path picture) {
    return new Picture(href(page, picture));
  }

  /**
   * A picture inside the page.
   *
   * @param encoded a PNG, JPEG, GIF or WebP file of at most {@value #LARGEST_INLINE} bytes
   * @throws IllegalArgumentException if it is larger or another kind of file
   */
  static ViewerMedia inline(byte[] encoded) {
    if (encoded.length > LARGEST_INLINE) {
      throw new IllegalArgumentException(
          "expected a picture of at most %s bytes to put into the page, found %s; refer to its file"
              .formatted(LARGEST_INLINE, encoded.length));
    }
    ImageKind kind =
        ImageKind.of(encoded)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "expected a PNG, JPEG, GIF or WebP file to put into the page, found another"
                            + " kind; refer to its file"));
    return new Picture(
        "data:" + kind.mimeType() + ";base64," + Base64.getEncoder().encodeToString(encoded));
  }

  /**
   * A picture, inside the page if browsers can show the file and it has at most {@value
   * #LARGEST_INLINE} bytes, otherwise found where it lies.
   */
  static ViewerMedia of(Path page, Path picture) throws IOException {
    if (Files.size(picture) > LARGEST_INLINE) {
      return picture(page, picture);
    }
    byte[] encoded = Files.readAllBytes(picture);
    return ImageKind.of(encoded).isPresent() ? inline(encoded) : picture(page, picture);
  }

  private static String href(Path page, Path file) {
    Path to = file.toAbsolutePath().normalize();
    Path folder = page.toAbsolutePath().normalize().getParent();
    if (folder == null || !folder.getFileSystem().equals(to.getFileSystem())) {
      return to.toUri().toASCIIString();
    }
    if (folder.getRoot() == null || !folder.getRoot().equals(to.getRoot())) {
      return to.toUri().toASCIIString();
    }
    return StreamSupport.stream(folder.relativize(to).spliterator(), false)
        .map(step -> encode(step.toString()))
        .collect(Collectors.joining("/", "./", ""));
  }

  private static String encode(String name) {
    try {
      return new URI(null, null, "/" + name, null).toASCIIString().substring(1);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("expected a file name, found " + name, e);
    }
  }
}
