package io.github.rtmjava.spark;

import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** The pictures of a task's items, one after the other. */
final class ItemSources implements Iterator<PictureTask.Source>, AutoCloseable {
  private final Iterator<Item> items;
  private final Configuration hadoop;
  private final int most;
  private final Runnable through;
  private Iterator<BatchSource> current = Collections.emptyIterator();
  private boolean begun;

  /**
   * The pictures of items.
   *
   * @param most bytes of each
   * @param through is run after each item
   */
  ItemSources(Iterator<Item> items, Configuration hadoop, int most, Runnable through) {
    this.items = items;
    this.hadoop = hadoop;
    this.most = most;
    this.through = through;
  }

  @Override
  public boolean hasNext() {
    while (!current.hasNext()) {
      if (begun) {
        begun = false;
        through.run();
      }
      if (!items.hasNext()) {
        return false;
      }
      current = pictures(items.next());
      begun = true;
    }
    return true;
  }

  @Override
  public PictureTask.Source next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return current.next();
  }

  private Iterator<BatchSource> pictures(Item item) {
    if (item.archive()) {
      return new ArchiveEntries(item, hadoop, most);
    }
    return Collections.singleton(
            new BatchSource(
                item, null, limit -> PictureFiles.read(new Path(item.address()), hadoop, limit)))
        .iterator();
  }

  @Override
  public void close() {
    if (current instanceof ArchiveEntries archive) {
      archive.close();
    }
  }
}
