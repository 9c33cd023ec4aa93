package io.github.rtmjava.compiler.tuning;

import io.github.rtmjava.files.NewFile;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The tuning cache: times measured on a device, kept in a file. A file that cannot be read or
 * written costs new measurements, nothing else.
 */
public final class TuningCache {
  private final Path file;
  private final boolean all;
  private final Properties times = new Properties();

  /** What is to be written yet. */
  private final Properties fresh = new Properties();

  private TuningCache(Path file, boolean all) {
    this.file = file;
    this.all = all;
  }

  /** The cache in a file, which need not be there yet. */
  public static TuningCache at(Path file) {
    return at(file, /* all= */ false);
  }

  /**
   * The same.
   *
   * @param all whether every time is written: where processes are to choose alike, that counts more
   *     than how good a time is
   */
  public static TuningCache at(Path file, boolean all) {
    TuningCache made = new TuningCache(file, all);
    try (Reader reader = Files.newBufferedReader(file)) {
      made.times.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      made.times.clear();
    }
    return made;
  }

  /** Nanoseconds measured before; -1 if there are none. */
  public long get(String what) {
    try {
      return Long.parseLong(times.getProperty(what, "-1"));
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  /**
   * Adds a time.
   *
   * @param keep whether it is to be written too; otherwise it is known to this object alone, unless
   *     all are written
   */
  public void put(String what, long nanoseconds, boolean keep) {
    times.setProperty(what, Long.toString(nanoseconds));
    if (keep || all) {
      fresh.setProperty(what, Long.toString(nanoseconds));
    }
  }

  /** Writes what is new, together with what another process has added meanwhile. */
  public void save() {
    if (fresh.isEmpty()) {
      return;
    }
    Properties all = at(file).times;
    all.putAll(fresh);
    String text =
        new TreeMap<>(all)
            .entrySet().stream()
                .map(e -> e.getKey() + "=" + e.getValue() + "\n")
                .collect(Collectors.joining());
    fresh.clear();
    try {
      NewFile.write(file, out -> out.write(text.getBytes(StandardCharsets.ISO_8859_1)));
    } catch (IOException e) {
      // measured again by the next process
    }
  }
}
