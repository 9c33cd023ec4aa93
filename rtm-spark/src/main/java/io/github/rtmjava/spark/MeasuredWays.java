package io.github.rtmjava.spark;

import io.github.rtmjava.files.CacheFolder;
import io.github.rtmjava.files.PlansFolder;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkFiles;
import org.apache.spark.TaskContext;
import org.jspecify.annotations.Nullable;

/**
 * What an executor has measured, from which its engine's ways to compute follow. It is kept with
 * the results and sent to all executors, so that they compute alike, in this run and in later ones.
 * Processors of another kind have files of their own in it.
 *
 * @param text for each file of {@link PlansFolder} a line of {@code >} and its name, then its lines
 */
record MeasuredWays(String text) implements Serializable {
  /** Of a job: the name of the file that was sent. */
  private static final String SENT = "rtm.plans.sent";

  private static final String FILE = "plans.txt";
  private static final int LONGEST = 64 << 20;

  /** The folder that this process has been given; guarded by the class. */
  private static @Nullable Path installed;

  /** Those of runs before; empty ones where there are none. */
  static MeasuredWays of(FileSystem files, org.apache.hadoop.fs.Path own) throws IOException {
    org.apache.hadoop.fs.Path file = new org.apache.hadoop.fs.Path(own, FILE);
    if (!files.exists(file)) {
      return new MeasuredWays("");
    }
    try (InputStream in = files.open(file)) {
      return new MeasuredWays(new String(in.readNBytes(LONGEST), StandardCharsets.UTF_8));
    }
  }

  /** Those of this process. */
  static MeasuredWays here() throws IOException {
    StringBuilder text = new StringBuilder();
    for (Path file : files(PlansFolder.here())) {
      text.append('>').append(file.getFileName()).append('\n');
      Files.readString(file, StandardCharsets.ISO_8859_1)
          .lines()
          .forEach(line -> text.append(line).append('\n'));
    }
    return new MeasuredWays(text.toString());
  }

  /** Keeps them; the file appears complete or not at all. */
  void write(FileSystem files, org.apache.hadoop.fs.Path own) throws IOException {
    org.apache.hadoop.fs.Path file = new org.apache.hadoop.fs.Path(own, FILE);
    org.apache.hadoop.fs.Path part = new org.apache.hadoop.fs.Path(own, FILE + ".part");
    try (OutputStream out = files.create(part, true)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    files.delete(file, false);
    if (!files.rename(part, file)) {
      throw new IOException(file + ": it cannot be written");
    }
  }

  /** Sends them to the executors of all jobs that this thread runs from now on. */
  void send(SparkContext context) throws IOException {
    String name = "rtm-plans-%s.txt".formatted(UUID.randomUUID());
    Path folder = Files.createTempDirectory("rtm-plans");
    Path file = folder.resolve(name);
    Files.writeString(file, text);
    folder.toFile().deleteOnExit();
    file.toFile().deleteOnExit();
    context.addFile(file.toUri().toString());
    context.setLocalProperty(SENT, name);
  }

  /** Has this executor's engine take what its task's driver sent, before a model is opened. */
  static synchronized void install() throws IOException {
    TaskContext task = TaskContext.get();
    String name = task == null ? null : task.getLocalProperty(SENT);
    if (name == null) {
      return;
    }
    Path folder = Path.of(SparkFiles.getRootDirectory(), name + ".d");
    if (folder.equals(installed)) {
      return;
    }
    MeasuredWays sent =
        new MeasuredWays(Files.readString(Path.of(SparkFiles.get(name)), StandardCharsets.UTF_8));
    sent.unpack(folder);
    // What this machine knows already need not be measured again.
    for (Path file : files(CacheFolder.here().resolve("plans"))) {
      Path target = folder.resolve(file.getFileName());
      if (!Files.exists(target)) {
        Files.copy(file, target);
      }
    }
    System.setProperty(PlansFolder.PROPERTY, folder.toString());
    installed = folder;
  }

  /** Writes the files. */
  void unpack(Path folder) throws IOException {
    Files.createDirectories(folder);
    SortedMap<String, StringBuilder> all = new TreeMap<>();
    StringBuilder current = new StringBuilder();
    for (String line : text.lines().toList()) {
      if (line.startsWith(">")) {
        current = all.computeIfAbsent(line.substring(1), name -> new StringBuilder());
      } else {
        current.append(line).append('\n');
      }
    }
    for (var each : all.entrySet()) {
      Path file = folder.resolve(each.getKey()).normalize();
      if (!folder.equals(file.getParent())) {
        throw new IOException(
            "%s: expected the name of a file of measured times, found '%s'; delete it"
                .formatted(FILE, each.getKey()));
      }
      Files.writeString(file, each.getValue(), StandardCharsets.ISO_8859_1);
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(file -> file.toString().endsWith(".properties")).sorted().toList();
    }
  }
}
