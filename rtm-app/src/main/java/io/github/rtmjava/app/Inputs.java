package io.github.rtmjava.app;

import io.github.rtmjava.image.Drawings;
import io.github.rtmjava.image.MediaSearch;
import io.github.rtmjava.image.Picture;
import io.github.rtmjava.video.VideoException;
import io.github.rtmjava.video.VideoSource;
import io.github.rtmjava.web.Redirects;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the names on the command line lead to.
 *
 * @param pictures in the order of the names
 * @param videos likewise; cameras and streams are among them
 * @param remarks one line for each thing that is left out or read in part
 * @param problems one line for each name that leads to nothing
 */
record Inputs(
    List<Picture> pictures, List<VideoSource> videos, List<String> remarks, List<String> problems) {
  private static final Pattern WEBCAM = Pattern.compile("webcam(?::([0-9]{1,3}))?");

  /**
   * Looks for what each of the names means.
   *
   * @param frameRate at which each folder is a video; null if folders hold pictures and videos
   * @param redirects which are followed when pictures of the web are read
   */
  static Inputs of(List<String> names, @Nullable Double frameRate, Redirects redirects) {
    List<String> searched = new ArrayList<>();
    List<VideoSource> videos = new ArrayList<>();
    List<String> remarks = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    for (String name : new LinkedHashSet<>(names)) {
      try {
        Path folder = frameRate == null ? null : folder(name);
        if (folder != null && frameRate != null) {
          VideoSource.Folder video = new VideoSource.Folder(folder, frameRate);
          remarks.addAll(video.remarks());
          videos.add(video);
        } else if (isStream(name)) {
          videos.add(stream(name));
        } else {
          searched.add(name);
        }
      } catch (IOException e) {
        problems.add(String.valueOf(e.getMessage()));
      }
    }
    MediaSearch search = MediaSearch.of(searched, redirects);
    problems.addAll(search.problems());
    search.videos().forEach(file -> videos.add(new VideoSource.File(file)));
    remarks.addAll(search.remarks());
    return new Inputs(search.pictures(), List.copyOf(videos), remarks, problems);
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
        remarks,
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

  private static @Nullable Path folder(String name) {
    try {
      Path path = Path.of(name);
      return Files.isDirectory(path) ? path : null;
    } catch (InvalidPathException e) {
      return null;
    }
  }

  private static boolean isStream(String name) {
    if (WEBCAM.matcher(name).matches() || name.matches("/dev/video[0-9]+|video=.+")) {
      return true;
    }
    if (name.matches("[0-9]{1,3}")) {
      return !Files.exists(Path.of(name));
    }
    return name.matches("(?i)rtsps?://.*")
        || (name.matches("(?i)https?://.*") && MediaSearch.isVideoName(pathOf(name)));
  }

  /**
   * What a name means that is no picture: {@code webcam}, {@code webcam:N}, and all that {@link
   * VideoSource#of} knows.
   */
  static VideoSource stream(String name) throws VideoException {
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
}
