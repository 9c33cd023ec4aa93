package io.github.rtmjava.spark;

import io.github.rtmjava.files.Sha256;
import java.io.IOException;
import java.security.MessageDigest;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/** A picture of a batch, read once. */
final class BatchSource implements PictureTask.Source {
  private final Item item;
  private final @Nullable String entry;
  private final Reading reading;
  private @Nullable String sha256;

  /**
   * A picture.
   *
   * @param entry of an archive; null for the file itself
   */
  BatchSource(Item item, @Nullable String entry, Reading reading) {
    this.item = item;
    this.entry = entry;
    this.reading = reading;
  }

  /** Where the bytes come from. */
  interface Reading {
    byte[] bytes(int most) throws IOException;
  }

  @Override
  public String name() {
    return entry == null ? item.source() : item.source() + "!/" + entry;
  }

  @Override
  public byte[] bytes(int most) throws IOException {
    byte[] bytes = reading.bytes(most);
    MessageDigest digest = Sha256.digest();
    digest.update(bytes);
    sha256 = Sha256.hex(digest);
    return bytes;
  }

  @Override
  public Row row(Object[] columns) {
    return BatchColumns.row(item, entry, sha256, columns);
  }
}
