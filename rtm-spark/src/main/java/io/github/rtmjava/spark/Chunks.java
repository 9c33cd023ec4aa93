package io.github.rtmjava.spark;

import java.util.ArrayList;
import java.util.List;

/**
 * Items in chunks, whose results appear together, each of groups, which are a task and a file of
 * results each.
 */
final class Chunks {
  /** Pictures of a task at most, unless they are in one archive. */
  private static final long TASK = 250;

  /** Pictures of a chunk for each task that runs at a time, unless the setting says otherwise. */
  static final int CHUNK = 1000;

  /**
   * Spark's setting of it: fewer are lost when a run is killed, more keep all processors at work.
   */
  static final String SETTING = "spark.rtm.batch.chunk";

  /** Bytes of videos of a chunk for each task that runs at a time: some minutes of them. */
  private static final long VIDEO_BYTES = 64L << 20;

  /** Videos of a chunk for each task that runs at a time. */
  private static final long VIDEOS = 32;

  private Chunks() {}

  /**
   * Cuts.
   *
   * @param slots tasks that run at a time
   * @param each pictures of a chunk for each of these
   */
  static List<List<List<Item>>> of(List<Item> items, int slots, int each) {
    List<List<List<Item>>> chunks = new ArrayList<>();
    for (List<Item> chunk : cut(items, (long) each * slots)) {
      long weight = chunk.stream().mapToLong(Item::weight).sum();
      chunks.add(cut(chunk, Math.min(TASK, (weight + slots - 1) / slots)));
    }
    return chunks;
  }

  /** Videos in chunks. */
  static List<List<Item>> ofVideos(List<Item> videos, int slots) {
    List<List<Item>> chunks = new ArrayList<>();
    List<Item> chunk = new ArrayList<>();
    long bytes = 0;
    for (Item video : videos) {
      chunk.add(video);
      bytes += video.bytes();
      if (bytes >= VIDEO_BYTES * slots || chunk.size() >= VIDEOS * slots) {
        chunks.add(chunk);
        chunk = new ArrayList<>();
        bytes = 0;
      }
    }
    if (!chunk.isEmpty()) {
      chunks.add(chunk);
    }
    return chunks;
  }

  private static List<List<Item>> cut(List<Item> items, long weight) {
    List<List<Item>> parts = new ArrayList<>();
    List<Item> part = new ArrayList<>();
    long sum = 0;
    for (Item item : items) {
      part.add(item);
      sum += item.weight();
      if (sum >= weight) {
        parts.add(part);
        part = new ArrayList<>();
        sum = 0;
      }
    }
    if (!part.isEmpty()) {
      parts.add(part);
    }
    return parts;
  }
}
