package io.github.rtmjava.files;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The files that a command reads, whose places no result may take. They are told by what they are
 * and not by their names: links, {@code ..} and capitals make no difference.
 */
public final class Originals {
  /** Of the files and of every folder above them. */
  private final Set<Object> keys = new HashSet<>();

  private Originals() {}

  /**
   * The originals of a command.
   *
   * @param files what is read; of folders, the files in them. What is not there is left out
   */
  public static Originals of(Collection<Path> files) {
    Originals originals = new Originals();
    Set<Path> folders = new HashSet<>();
    for (Path file : files) {
      for (Path each : Files.isDirectory(file) ? content(file) : List.of(file)) {
        originals.add(each, folders);
      }
    }
    return originals;
  }

  /** Those of the names that are files or folders here. */
  public static List<Path> existing(Collection<String> names) {
    List<Path> existing = new ArrayList<>();
    for (String name : names) {
      try {
        Path path = Path.of(name);
        if (Files.exists(path)) {
          existing.add(path);
        }
      } catch (InvalidPathException e) {
        // A name of another kind.
      }
    }
    return existing;
  }

  private void add(Path file, Set<Path> folders) {
    try {
      Path real = file.toRealPath();
      keys.add(key(file));
      for (Path above = real.getParent();
          above != null && folders.add(above);
          above = above.getParent()) {
        keys.add(key(above));
      }
    } catch (IOException e) {
      // What cannot be found is not read either.
    }
  }

  /**
   * Fails before a result is made that would take the place of an original, or of a folder in which
   * one is.
   *
   * @throws FileAlreadyExistsException if it would
   */
  public void requireOther(Path result) throws IOException {
    if (isOne(result)) {
      throw new FileAlreadyExistsException(
          result + ": expected another file than those that are read; choose another name");
    }
  }

  /** The names in a folder under which an original, or a folder with one, lies there. */
  public Set<String> namesIn(Path folder) {
    Set<String> names = new TreeSet<>();
    for (Path entry : content(folder)) {
      if (isOne(entry)) {
        names.add(String.valueOf(entry.getFileName()));
      }
    }
    return names;
  }

  private boolean isOne(Path path) {
    try {
      return keys.contains(key(path));
    } catch (IOException e) {
      return false;
    }
  }

  private static Object key(Path path) throws IOException {
    Object key = Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    return key == null ? path.toRealPath() : key;
  }

  private static List<Path> content(Path folder) {
    List<Path> content = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
        entries.forEach(content::add);
      } catch (IOException e) {
        // What cannot be listed cannot be read either.
      }
    }
    return content;
  }
}
