package io.github.rtmjava.image;

import io.github.rtmjava.web.Redirects;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The pictures and videos that a user names: files as they are, those of folders, patterns as
 * {@code photos/*.jpg} or {@code photos/**}{@code /*.jpg}, and addresses of the web. Each once,
 * folders and patterns in alphabetical order. What a file is, its first bytes say; where they do
 * not tell, its name. Pictures that move are videos.
 *
 * @param pictures named as the user would
 * @param videos files
 * @param remarks one line for each thing that is left out or read in part, though nobody asked for
 *     that
 * @param problems one line for each name that leads to none
 */
public record MediaSearch(
    List<Picture> pictures, List<Path> videos, List<String> remarks, List<String> problems) {

  public MediaSearch {
    pictures = List.copyOf(pictures);
    videos = List.copyOf(videos);
    remarks = List.copyOf(remarks);
    problems = List.copyOf(problems);
  }

  /** Looks for what each of the names means. */
  public static MediaSearch of(List<String> names) {
    return of(names, Redirects.PUBLIC);
  }

  /**
   * Looks for what each of the names means.
   *
   * @param redirects which are followed when pictures of the web are read
   */
  public static MediaSearch of(List<String> names, Redirects redirects) {
    return new Search(true, redirects).run(names);
  }

  /** The same where nobody has use for videos. */
  static MediaSearch ofPictures(List<String> names, Redirects redirects) {
    return new Search(false, redirects).run(names);
  }

  /** Whether an address is that of a video, as far as its name tells. */
  public static boolean isVideoName(String name) {
    return Media.isVideoName(name);
  }

  private static final class Search {
    private final Map<Object, Picture> pictures = new LinkedHashMap<>();
    private final Map<Path, Path> videos = new LinkedHashMap<>();
    private final List<String> remarks = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();

    /** Labels of the files that are left out, by place. */
    private final Map<Path, String> leftOut = new LinkedHashMap<>();

    private final boolean withVideos;
    private final Redirects redirects;

    Search(boolean withVideos, Redirects redirects) {
      this.withVideos = withVideos;
      this.redirects = redirects;
    }

    MediaSearch run(List<String> names) {
      for (String name : names) {
        try {
          find(name);
        } catch (IOException | URISyntaxException | IllegalArgumentException e) {
          problems.add(String.valueOf(e.getMessage()));
        }
      }
      if (!leftOut.isEmpty()) {
        remarks.add(0, leftOut());
      }
      return new MediaSearch(
          new ArrayList<>(pictures.values()), new ArrayList<>(videos.values()), remarks, problems);
    }

    private void find(String name) throws IOException, URISyntaxException {
      if (name.matches("(?is)https?://.*")) {
        pictures.putIfAbsent(name, Picture.of(new URI(name), redirects));
        return;
      }
      Path path = path(name);
      if (path != null && Files.isDirectory(path)) {
        addFolder(path);
      } else if (path != null && Files.exists(path)) {
        add(path);
      } else if (Glob.claims(name)) {
        addMatches(name);
      } else {
        throw new IOException(name + ": there is no such file or folder");
      }
    }

    /** Null for what cannot be a name here, as {@code *} on Windows. */
    private static @Nullable Path path(String name) {
      try {
        return Path.of(name);
      } catch (InvalidPathException e) {
        return null;
      }
    }

    private void addMatches(String pattern) throws IOException {
      List<Path> matches = Glob.find(pattern);
      boolean deep = pattern.contains("**");
      boolean any = false;
      for (Path match : matches) {
        if (!Files.isDirectory(match)) {
          add(match);
          any = true;
        } else if (!deep) {
          addFolder(match);
          any = true;
        }
      }
      if (!any) {
        throw new IOException(pattern + ": no file matches this pattern");
      }
    }

    private void addFolder(Path folder) throws IOException {
      List<Path> files = new ArrayList<>();
      try (DirectoryStream<Path> content = Files.newDirectoryStream(folder)) {
        for (Path file : content) {
          if (!String.valueOf(file.getFileName()).startsWith(".") && Files.isRegularFile(file)) {
            files.add(file);
          }
        }
      }
      files.sort(null);
      boolean any = false;
      Set<Path> unread = new LinkedHashSet<>();
      for (Path file : files) {
        Media media = Media.of(file);
        if (media.kind() == Media.Kind.UNREAD) {
          unread.add(place(file));
          leftOut.put(place(file), media.label());
        } else if (media.kind() != Media.Kind.OTHER
            && (withVideos || media.kind() != Media.Kind.VIDEO)) {
          add(file, media);
          any = true;
        }
      }
      if (!any) {
        throw new IOException(nothingIn(folder, unread));
      }
    }

    private String nothingIn(Path folder, Set<Path> unread) {
      String kinds = Media.PICTURES.stream().sorted().collect(Collectors.joining(", "));
      String found = unread.isEmpty() ? "none" : "%s that are not read".formatted(unread.size());
      return "%s: expected a folder with pictures (%s)%s, found %s"
          .formatted(folder, kinds, withVideos ? " or videos" : "", found);
    }

    private void add(Path file) throws IOException {
      add(file, Media.of(file));
    }

    private void add(Path file, Media media) throws IOException {
      Path place = place(file);
      boolean video = media.kind() == Media.Kind.VIDEO;
      if (withVideos && (video || media.kind() == Media.Kind.MOVING_PICTURE)) {
        videos.putIfAbsent(place, file);
      } else if (video) {
        throw new IOException(file + ": expected a picture, found a video");
      } else if (pictures.putIfAbsent(place, Picture.of(file)) == null) {
        remarkPages(file, media);
      }
    }

    private void remarkPages(Path file, Media media) throws IOException {
      if (media.kind() == Media.Kind.PICTURE
          && Files.isRegularFile(file)
          && Files.isReadable(file)
          && FileKind.of(file).description().contains("TIFF")) {
        int pages = TiffPages.in(file);
        if (pages > 1) {
          remarks.add("%s: it has %s pages; the first one is read".formatted(file, pages));
        }
      }
    }

    private String leftOut() {
      Map<String, Long> counts =
          leftOut.values().stream()
              .collect(Collectors.groupingBy(x -> x, TreeMap::new, Collectors.counting()));
      String kinds =
          counts.entrySet().stream()
              .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
              .map(entry -> entry.getValue() + " " + entry.getKey())
              .collect(Collectors.joining(", "));
      return "%s %s left out: %s (convert them first)"
          .formatted(leftOut.size(), leftOut.size() == 1 ? "file" : "files", kinds);
    }

    private static Path place(Path file) {
      return file.toAbsolutePath().normalize();
    }
  }
}
