package io.github.rtmjava.spark;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.ArchiveEntry;
import org.apache.commons.compress.archivers.ArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveInputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;

/**
 * The pictures of an archive, which is read once from its beginning to its end. An archive that is
 * damaged gives the pictures before the damage, and a row with the error for itself.
 */
final class ArchiveEntries implements Iterator<BatchSource>, AutoCloseable {
  private static final int BUFFER = 1 << 16;

  /** So much of an entry that is too large is passed over before the archive is given up. */
  private static final long PASSED = 4L << 30;

  private final Item item;
  private final Configuration hadoop;
  private final int most;
  private @Nullable ArchiveInputStream<?> stream;
  private @Nullable BatchSource next;
  private boolean any;
  private boolean ended;

  ArchiveEntries(Item item, Configuration hadoop, int most) {
    this.item = item;
    this.hadoop = hadoop;
    this.most = most;
  }

  @Override
  public boolean hasNext() {
    if (next == null && !ended) {
      next = advance();
    }
    return next != null;
  }

  @Override
  public BatchSource next() {
    if (!hasNext() || next == null) {
      throw new NoSuchElementException();
    }
    BatchSource result = next;
    next = null;
    any = true;
    return result;
  }

  private @Nullable BatchSource advance() {
    try {
      ArchiveInputStream<?> in = stream == null ? open() : stream;
      stream = in;
      for (ArchiveEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        if (!entry.isDirectory() && isWanted(entry.getName())) {
          return picture(in, entry);
        }
      }
      close();
      return any ? null : failed("expected an archive with pictures, found none in it");
    } catch (IOException | RuntimeException e) {
      close();
      return failed(
          "expected an intact archive, found damaged data (%s); copy it again from its source"
              .formatted(Problem.line(e)));
    }
  }

  private BatchSource picture(ArchiveInputStream<?> in, ArchiveEntry entry) throws IOException {
    if (!in.canReadEntryData(entry)) {
      return failed(entry, "expected an entry that can be read in a stream, found another");
    }
    byte[] bytes = in.readNBytes(Math.addExact(most, 1));
    if (bytes.length > most) {
      passOver(in);
    }
    String name = item.source() + "!/" + entry.getName();
    return new BatchSource(
        item, entry.getName(), limit -> PictureFiles.checked(bytes, limit, name));
  }

  /** An entry that never ends must not keep the task for ever. */
  private static void passOver(InputStream in) throws IOException {
    byte[] buffer = new byte[BUFFER];
    long passed = 0;
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      passed += n;
      if (passed > PASSED) {
        throw new IOException("an entry of more than %s bytes".formatted(PASSED));
      }
    }
  }

  private BatchSource failed(ArchiveEntry entry, String problem) {
    return failing(entry.getName(), item.source() + "!/" + entry.getName() + ": " + problem);
  }

  private BatchSource failed(String problem) {
    return failing(null, item.source() + ": " + problem);
  }

  private BatchSource failing(@Nullable String entry, String line) {
    return new BatchSource(
        item,
        entry,
        limit -> {
          throw new IOException(line);
        });
  }

  private ArchiveInputStream<?> open() throws IOException {
    Path path = new Path(item.address());
    InputStream file = new BufferedInputStream(path.getFileSystem(hadoop).open(path), BUFFER);
    try {
      if (Item.isTarGz(item.address())) {
        return new TarArchiveInputStream(new GZIPInputStream(file, BUFFER), "UTF-8");
      }
      return Item.isTar(item.address())
          ? new TarArchiveInputStream(file, "UTF-8")
          : new ZipArchiveInputStream(file);
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  private static boolean isWanted(String name) {
    String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
    return !last.startsWith(".") && !name.startsWith("__MACOSX/") && Item.isPicture(last);
  }

  @Override
  public void close() {
    ended = true;
    ArchiveInputStream<?> open = stream;
    stream = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        // What could be read has been read.
      }
    }
  }
}
