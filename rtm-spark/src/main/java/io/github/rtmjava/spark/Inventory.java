package io.github.rtmjava.spark;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/**
 * The files that users name: as they are, those of patterns, and of folders all that is below them
 * and has the ending of a picture, a video or an archive. Each once, in the order of their names.
 * What begins with a dot or an underscore is left out.
 */
final class Inventory {
  private static final Pattern SCHEME = Pattern.compile("(?s)[A-Za-z][A-Za-z0-9+.-]+:.*");

  private final Configuration hadoop;
  private final SortedMap<String, Item> items = new TreeMap<>();
  private final List<String> missing = new ArrayList<>();
  private long others;

  private Inventory(Configuration hadoop) {
    this.hadoop = hadoop;
  }

  static Inventory of(List<String> names, Configuration hadoop) {
    Inventory all = new Inventory(hadoop);
    for (String name : names) {
      try {
        all.add(name);
      } catch (IOException | IllegalArgumentException e) {
        all.missing.add("%s: it cannot be read (%s)".formatted(name, Problem.line(e)));
      }
    }
    return all;
  }

  List<Item> items() {
    return List.copyOf(items.values());
  }

  /** A line for each name that leads to nothing. */
  List<String> missing() {
    return List.copyOf(missing);
  }

  /** What folders hold besides. */
  List<String> remarks() {
    List<String> lines = new ArrayList<>();
    if (others > 0) {
      lines.add("left out, files whose names are none of pictures, videos or archives: " + others);
    }
    return lines;
  }

  /** Where a name leads. */
  static Path path(String name) {
    return SCHEME.matcher(name).matches()
        ? new Path(name)
        : new Path("file", null, java.nio.file.Path.of(name).toAbsolutePath().toString());
  }

  private void add(String name) throws IOException {
    Path path = path(name);
    FileSystem files = path.getFileSystem(hadoop);
    if (files.exists(path)) {
      add(files, files.getFileStatus(path), /* named= */ true);
      return;
    }
    FileStatus[] matches = files.globStatus(path);
    if (matches == null || matches.length == 0) {
      missing.add(name + ": there is no such file or folder");
      return;
    }
    for (FileStatus match : matches) {
      add(files, match, /* named= */ false);
    }
  }

  private void add(FileSystem files, FileStatus file, boolean named) throws IOException {
    if (!file.isDirectory()) {
      add(file, named);
      return;
    }
    int before = items.size();
    RemoteIterator<LocatedFileStatus> below = files.listFiles(file.getPath(), true);
    while (below.hasNext()) {
      LocatedFileStatus each = below.next();
      if (!isHidden(file.getPath(), each.getPath())) {
        add(each, /* named= */ false);
      }
    }
    if (named && items.size() == before) {
      missing.add(
          "%s: expected a folder with pictures, videos or archives, found none"
              .formatted(Item.of(file).source()));
    }
  }

  private void add(FileStatus file, boolean named) {
    Item item = Item.of(file);
    String name = file.getPath().getName();
    if (named || Item.isPicture(name) || Item.isVideo(name) || Item.isArchive(name)) {
      items.put(item.source(), item);
    } else {
      others++;
    }
  }

  private static boolean isHidden(Path folder, Path file) {
    for (Path each = file; each != null && !each.equals(folder); each = each.getParent()) {
      if (each.getName().startsWith(".") || each.getName().startsWith("_")) {
        return true;
      }
    }
    return false;
  }
}
