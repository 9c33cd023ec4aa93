package io.github.rtmjava.files;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A folder that is filled under a temporary name beside its target and takes the target's place
 * when it is complete. Closing it before it is committed removes what was made.
 */
public final class NewFolder implements AutoCloseable {
  private static final String REPLACED = "replaced.";

  private final Path target;
  private final Unfinished made;

  private NewFolder(Path target, Unfinished made) {
    this.target = target;
    this.made = made;
  }

  /**
   * Makes an empty folder, in whose target's place whatever folder may be; the one above it is made
   * if it is not there.
   *
   * @throws FileAlreadyExistsException if the target is a file
   */
  public static NewFolder at(Path target) throws IOException {
    Path absolute = target.toAbsolutePath();
    if (Files.exists(absolute) && !Files.isDirectory(absolute)) {
      throw new FileAlreadyExistsException(target + " is a file; choose another name");
    }
    Path parent = absolute.getParent();
    if (parent == null) {
      throw new FileAlreadyExistsException(target + " cannot be replaced; choose another name");
    }
    Files.createDirectories(parent);
    Unfinished made = Unfinished.in(parent);
    try {
      Files.createDirectory(made.path());
      return new NewFolder(absolute, made);
    } catch (IOException e) {
      made.close();
      throw e;
    }
  }

  /**
   * The same, where not every folder may be replaced.
   *
   * @param replaceable whether one may that has these names in it; an empty one always may
   * @throws FileAlreadyExistsException if the target is a file, or a folder that may not be
   *     replaced
   */
  public static NewFolder at(Path target, Predicate<Set<String>> replaceable) throws IOException {
    if (Files.isDirectory(target)) {
      Set<String> names = names(target);
      if (!names.isEmpty() && !replaceable.test(names)) {
        throw new FileAlreadyExistsException(
            target + " is a folder with other files; choose another name");
      }
    }
    return at(target);
  }

  private static Set<String> names(Path folder) throws IOException {
    try (Stream<Path> content = Files.list(folder)) {
      return content.map(p -> String.valueOf(p.getFileName())).collect(Collectors.toSet());
    }
  }

  /** What it becomes, an absolute path. */
  public Path target() {
    return target;
  }

  /** Where to fill it. */
  public Path path() {
    return made.path();
  }

  /** Puts the folder in the target's place; what was there goes when the new one is there. */
  public void commit() throws IOException {
    if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      Files.move(made.path(), target);
      return;
    }
    // Where this process is killed in between, the next one puts it back by its name.
    Path old =
        target.resolveSibling(made.path().getFileName() + "." + REPLACED + target.getFileName());
    Files.move(target, old);
    try {
      Files.move(made.path(), target);
    } catch (IOException e) {
      Files.move(old, target);
      throw e;
    }
    Unfinished.remove(old);
  }

  /** The folder in whose place a new one was about to be put, by its temporary name. */
  static String replacedBy(String name, String id) {
    return name.matches("(?s)\\Q" + id + "\\E\\.\\d+\\.part\\.replaced\\..+")
        ? name.substring(name.indexOf("." + REPLACED) + REPLACED.length() + 1)
        : "";
  }

  @Override
  public void close() throws IOException {
    made.close();
  }
}
