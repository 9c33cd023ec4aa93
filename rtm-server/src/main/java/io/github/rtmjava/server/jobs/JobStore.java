package io.github.rtmjava.server.jobs;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.rtmjava.files.Leftovers;
import io.github.rtmjava.files.NewFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The folder of jobs: for each one a folder by its id, with {@code state.json}, the video, and
 * {@code files} with the results. What has another name is left as it is.
 */
final class JobStore implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern ID = Pattern.compile("[0-9a-f]{32}");
  private static final String STATE = "state.json";
  private static final String LOCK = ".rtm-jobs.lock";

  private final Path root;
  private final boolean temporary;
  private final FileChannel lock;

  private JobStore(Path root, boolean temporary, FileChannel lock) {
    this.root = root;
    this.temporary = temporary;
    this.lock = lock;
  }

  /**
   * Opens a folder, which is made if it is not there.
   *
   * @param folder null for a temporary one, which goes when this is closed
   * @throws IOException if it cannot be used, or another service uses it
   */
  static JobStore open(@Nullable Path folder) throws IOException {
    Path root =
        folder == null
            ? Files.createTempDirectory("rtm-jobs")
            : Files.createDirectories(folder).toRealPath();
    FileChannel channel =
        FileChannel.open(root.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (channel.tryLock() != null) {
        return new JobStore(root, folder == null, channel);
      }
    } catch (OverlappingFileLockException e) {
      // Said below.
    } catch (IOException | RuntimeException | Error e) {
      channel.close();
      throw e;
    }
    channel.close();
    throw new IOException(
        root + ": expected a folder of jobs for this service alone, found that another uses it");
  }

  /** Whether nothing of it outlives the service. */
  boolean isTemporary() {
    return temporary;
  }

  /** The folder of a job. */
  Path folder(String id) {
    return root.resolve(id);
  }

  /** The video of a job. */
  Path video(String id) {
    return folder(id).resolve("video");
  }

  /** The folder of its results. */
  Path files(String id) {
    return folder(id).resolve("files");
  }

  /** Writes what is kept of a job, in one step. */
  void save(JobEntry entry) throws IOException {
    NewFile.write(
        folder(entry.id()).resolve(STATE), out -> out.write(JSON.writeValueAsBytes(entry)));
  }

  /**
   * All jobs, in the order in which they were taken in. What was never taken in wholly is removed.
   */
  List<JobEntry> load() throws IOException {
    List<JobEntry> entries = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(root)) {
      for (Path each : all) {
        if (!ID.matcher(String.valueOf(each.getFileName())).matches()
            || !Files.isDirectory(each, LinkOption.NOFOLLOW_LINKS)) {
          continue;
        }
        Leftovers.clear(each);
        JobEntry entry = read(each);
        if (entry == null) {
          remove(each);
        } else {
          entries.add(entry);
        }
      }
    }
    entries.sort(Comparator.comparing(JobEntry::created).thenComparing(JobEntry::id));
    return entries;
  }

  private static @Nullable JobEntry read(Path folder) {
    try {
      JobEntry entry = JSON.readValue(Files.readAllBytes(folder.resolve(STATE)), JobEntry.class);
      return entry.id().equals(String.valueOf(folder.getFileName())) ? entry : null;
    } catch (IOException | RuntimeException e) {
      return null;
    }
  }

  /** Bytes of the results of a job. */
  long bytes(String id) throws IOException {
    try (Stream<Path> all = Files.walk(files(id))) {
      return all.filter(Files::isRegularFile).mapToLong(JobStore::size).sum();
    } catch (NoSuchFileException e) {
      return 0;
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Removes a job with all that belongs to it. */
  void remove(String id) throws IOException {
    // Without its state it is no job any more, also where this process ends in between.
    Files.deleteIfExists(folder(id).resolve(STATE));
    remove(folder(id));
  }

  /** Removes the results of a job, complete ones and half ones. */
  void removeFiles(String id) throws IOException {
    remove(files(id));
    Leftovers.clear(folder(id));
  }

  private static void remove(Path folder) throws IOException {
    if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    List<Path> all;
    try (Stream<Path> tree = Files.walk(folder)) {
      all = tree.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path each : all) {
      Files.deleteIfExists(each);
    }
  }

  @Override
  public void close() throws IOException {
    lock.close();
    if (temporary) {
      remove(root);
    }
  }
}
