package io.github.rtmjava.app;

import io.github.rtmjava.image.Drawings;
import io.github.rtmjava.image.Picture;
import io.github.rtmjava.image.PictureSearch;
import io.github.rtmjava.video.VideoException;
import io.github.rtmjava.video.VideoSource;
import java.io.IOException;
import java.net.URI;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the names on the command line lead to. Nothing is opened.
 *
 * @param pictures in the order of the names
 * @param videos likewise; cameras and streams are among them
 * @param problems one line for each name that leads to nothing
 */
record Inputs(List<Picture> pictures, List<VideoSource> videos, List<String> problems) {
  private static final Set<String> VIDEO_ENDINGS =
      Set.of(
          "mp4", "m4v", "mov", "mkv", "webm", "avi", "mpg", "mpeg", "ts", "mts", "m2ts", "wmv",
          "flv", "3gp", "ogv", "mjpeg", "m3u8");

  private static final Pattern WEBCAM = Pattern.compile("webcam(?::(\\d{1,3}))?");

  /**
   * Looks for what each of the names means.
   *
   * @param frameRate at which each folder is a video; null if folders hold pictures and videos
   */
  static Inputs of(List<String> names, @Nullable Double frameRate) {
    List<String> pictures = new ArrayList<>();
    Map<String, VideoSource> videos = new LinkedHashMap<>();
    List<String> problems = new ArrayList<>();
    for (String name : names) {
      try {
        Path folder = folder(name);
        if (folder != null && frameRate != null) {
          videos.putIfAbsent(name, new VideoSource.Folder(folder, frameRate));
        } else if (folder != null) {
          List<Path> found = videos(folder);
          found.forEach(file -> add(file, videos));
          if (found.isEmpty() || !onlyVideos(folder)) {
            pictures.add(name);
          }
        } else if (isStream(name)) {
          videos.putIfAbsent(name, stream(name));
        } else {
          pictures.add(name);
        }
      } catch (IOException e) {
        problems.add(String.valueOf(e.getMessage()));
      }
    }
    PictureSearch search = PictureSearch.of(pictures);
    problems.addAll(search.problems());
    List<Picture> stills = new ArrayList<>();
    for (Picture found : search.pictures()) {
      if (found.file().isPresent() && hasVideoEnding(found.name())) {
        add(found.file().get(), videos);
      } else {
        stills.add(found);
      }
    }
    return new Inputs(stills, List.copyOf(videos.values()), problems);
  }

  /** All of them, to name results after. */
  List<OutputNames.Input> names() {
    return Stream.concat(
            pictures.stream().map(OutputNames.Input::of),
            videos.stream().map(OutputNames.Input::of))
        .toList();
  }

  /** Without what this program has drawn itself, which carries a mark. */
  Inputs withoutDrawings() {
    return new Inputs(
        pictures.stream()
            .filter(picture -> picture.file().filter(Drawings::isOne).isEmpty())
            .toList(),
        videos.stream()
            .filter(
                video -> !(video instanceof VideoSource.File file && Drawings.isOne(file.path())))
            .toList(),
        problems);
  }

  /** How many there are. */
  int size() {
    return pictures.size() + videos.size();
  }

  /** Whether nothing was found at all. */
  boolean isEmpty() {
    return pictures.isEmpty() && videos.isEmpty();
  }

  private static void add(Path file, Map<String, VideoSource> videos) {
    videos.putIfAbsent(file.toAbsolutePath().normalize().toString(), new VideoSource.File(file));
  }

  private static @Nullable Path folder(String name) {
    try {
      Path path = Path.of(name);
      return Files.isDirectory(path) ? path : null;
    } catch (InvalidPathException e) {
      return null;
    }
  }

  private static List<Path> videos(Path folder) throws IOException {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> content = Files.newDirectoryStream(folder)) {
      for (Path file : content) {
        String name = String.valueOf(file.getFileName());
        if (!name.startsWith(".") && hasVideoEnding(name) && Files.isRegularFile(file)) {
          found.add(file);
        }
      }
    }
    found.sort(null);
    return found;
  }

  /** Whether a search for pictures would find none and complain. */
  private static boolean onlyVideos(Path folder) {
    return PictureSearch.of(List.of(folder.toString())).pictures().isEmpty();
  }

  private static boolean isStream(String name) {
    if (WEBCAM.matcher(name).matches() || name.matches("/dev/video\\d+|video=.+")) {
      return true;
    }
    if (name.matches("\\d{1,3}")) {
      return !Files.exists(Path.of(name));
    }
    return name.matches("(?i)rtsps?://.*")
        || (name.matches("(?i)https?://.*") && hasVideoEnding(pathOf(name)));
  }

  private static VideoSource stream(String name) throws VideoException {
    Matcher webcam = WEBCAM.matcher(name);
    return webcam.matches()
        ? new VideoSource.Camera(webcam.group(1) == null ? "0" : webcam.group(1))
        : VideoSource.of(name);
  }

  private static String pathOf(String address) {
    try {
      return String.valueOf(URI.create(address).getPath());
    } catch (IllegalArgumentException e) {
      return address;
    }
  }

  private static boolean hasVideoEnding(String name) {
    return VIDEO_ENDINGS.contains(
        name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
  }
}
