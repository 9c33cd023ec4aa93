package io.github.rtmjava.app;

import io.github.rtmjava.eval.AnnotatedImage;
import io.github.rtmjava.eval.PictureName;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds annotated pictures in a folder: under their whole name, or its last part where no other
 * picture ends like it; whatever system the name was written on, and whatever its capitals.
 */
final class PictureFolder {
  private final Path folder;
  private final Map<String, Long> bases;
  private final Map<Path, Map<String, Path>> listings = new HashMap<>();

  /**
   * Over a folder.
   *
   * @param images all that are annotated
   */
  PictureFolder(Path folder, List<AnnotatedImage> images) {
    this.folder = folder;
    this.bases =
        images.stream()
            .map(image -> new PictureName(image.fileName()).base())
            .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
  }

  /**
   * The files of pictures, in their order; where one is not there, the place where it should be.
   *
   * @throws IOException if none of several is there, or a name is not one of a file
   */
  List<Path> files(List<AnnotatedImage> images) throws IOException {
    List<Path> files = new ArrayList<>();
    boolean any = images.size() < 2;
    for (AnnotatedImage image : images) {
      Path file = find(image.fileName());
      any |= file != null;
      files.add(file == null ? expected(image.fileName()) : file);
    }
    if (!any) {
      throw new IOException(
          "%s: expected the pictures of the annotations, found none of %s; the first is '%s'"
              .formatted(folder, images.size(), images.get(0).fileName()));
    }
    return files;
  }

  private Path expected(String name) throws IOException {
    PictureName written = new PictureName(name);
    Path whole = resolve(written.path());
    return whole.startsWith(folder.normalize()) ? whole : resolve(written.base());
  }

  private @Nullable Path find(String name) throws IOException {
    for (PictureName spelling : new PictureName(name).spellings()) {
      Path whole = resolve(spelling.path());
      if (whole.startsWith(folder.normalize())) {
        Path found = existing(whole);
        if (found != null) {
          return found;
        }
      }
    }
    for (PictureName spelling : new PictureName(name).spellings()) {
      if (bases.getOrDefault(new PictureName(name).base(), 0L) < 2) {
        Path found = existing(resolve(spelling.base()));
        if (found != null) {
          return found;
        }
      }
    }
    return null;
  }

  private Path resolve(String name) throws IOException {
    try {
      return folder.resolve(name).normalize();
    } catch (InvalidPathException e) {
      throw new IOException(
          "expected names of pictures in the annotations, found '%s'".formatted(name), e);
    }
  }

  /** The file itself, or the one file beside it whose name differs in capitals only. */
  private @Nullable Path existing(Path file) throws IOException {
    if (Files.exists(file)) {
      return file;
    }
    Path parent = file.getParent();
    Path name = file.getFileName();
    if (parent == null || name == null || !Files.isDirectory(parent)) {
      return null;
    }
    Map<String, Path> listing = listings.get(parent);
    if (listing == null) {
      listing = list(parent);
      listings.put(parent, listing);
    }
    return listing.get(new PictureName(name.toString()).folded());
  }

  private static Map<String, Path> list(Path parent) throws IOException {
    Map<String, Path> listing = new HashMap<>();
    try (DirectoryStream<Path> content = Files.newDirectoryStream(parent)) {
      for (Path file : content) {
        listing.putIfAbsent(new PictureName(String.valueOf(file.getFileName())).folded(), file);
      }
    }
    return listing;
  }
}
