package io.github.rtmjava.output.format.table;

import io.github.rtmjava.geometry.Box;
import io.github.rtmjava.output.format.Depth;
import io.github.rtmjava.output.format.LittleEndian;
import io.github.rtmjava.output.format.Track;
import io.github.rtmjava.output.format.TrackFiles;
import io.github.rtmjava.output.format.Tracks;
import io.github.rtmjava.pose.KeypointSet;
import io.github.rtmjava.pose.PersonPose;
import io.github.rtmjava.tensor.Npy;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Locale;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * numpy's NPZ: {@code keypoints} [F, P, K, 2] in pixels, from models with depth {@code
 * keypoints_3d} [F, P, K, 3], {@code scores} [F, P, K], {@code bbox} [F, P, 4] (corners, pixels)
 * and {@code bbox_scores} [F, P], all float32 and NaN where somebody is not in a frame; {@code ids}
 * [P], {@code frames} [F], {@code time_s} [F], {@code names} [K], and the strings {@code frame_3d}
 * and {@code unit_3d}. Compressed, as numpy reads it.
 */
final class NpzFile {
  /** More than this no machine opens: numpy takes arrays into memory whole. */
  private static final long MOST_BYTES = 1L << 36;

  private static final Charset UTF_32LE = Charset.forName("UTF-32LE");

  private NpzFile() {}

  /** What one person gives to an array. */
  @FunctionalInterface
  private interface Values {
    void put(PersonPose person, ByteBuffer row);
  }

  static void write(Tracks tracks, TrackFiles files) throws IOException {
    files.write(".npz", out -> write(tracks, out));
  }

  private static void write(Tracks tracks, OutputStream out) throws IOException {
    KeypointSet set = tracks.recording().keypointSet();
    int k = set.size();
    boolean depth = Depth.isIn(tracks.recording());
    requireSize(tracks, k * (depth ? 6L : 3L) + 5);
    ZipOutputStream zip = new ZipOutputStream(out);
    zip.setLevel(Deflater.BEST_SPEED);
    people("keypoints", tracks, new long[] {k, 2}, NpzFile::flat, zip);
    if (depth) {
      people("keypoints_3d", tracks, new long[] {k, 3}, NpzFile::deep, zip);
    }
    people("scores", tracks, new long[] {k}, (p, row) -> put(p.scores(), row), zip);
    people("bbox", tracks, new long[] {4}, NpzFile::box, zip);
    people("bbox_scores", tracks, new long[0], (p, row) -> row.putFloat(p.bboxScore()), zip);
    integers("ids", tracks.all().stream().mapToLong(Track::number).toArray(), zip);
    long[] indices = new long[tracks.frames()];
    double[] times = new double[indices.length];
    for (int frame = 0; frame < indices.length; frame++) {
      indices[frame] = tracks.index(frame);
      times[frame] = tracks.time(frame);
    }
    integers("frames", indices, zip);
    entry("time_s", "<f8", new long[] {indices.length}, zip).write(LittleEndian.doubles(times));
    strings(
        "names", new long[] {k}, set.points().stream().map(KeypointSet.Point::name).toList(), zip);
    strings("frame_3d", new long[0], List.of(tracks.recording().frame().id()), zip);
    strings("unit_3d", new long[0], List.of("m"), zip);
    zip.finish();
  }

  private static void requireSize(Tracks tracks, long floats) throws IOException {
    double bytes = 4.0 * floats * tracks.frames() * tracks.all().size();
    if (bytes > MOST_BYTES) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "expected arrays of at most 64 GiB in npz, found %d frames of %d people, which are"
                  + " %.0f GiB; write csv or parquet instead, where people take room only while"
                  + " they are there",
              tracks.frames(),
              tracks.all().size(),
              bytes / (1 << 30)));
    }
  }

  /** An array whose first two dimensions are frames and people. */
  private static void people(
      String name, Tracks tracks, long[] inner, Values values, ZipOutputStream zip)
      throws IOException {
    long[] shape = new long[2 + inner.length];
    shape[0] = tracks.frames();
    shape[1] = tracks.all().size();
    int floats = 1;
    for (int i = 0; i < inner.length; i++) {
      shape[2 + i] = inner[i];
      floats *= (int) inner[i];
    }
    OutputStream out = new BufferedOutputStream(entry(name, "<f4", shape, zip), 1 << 16);
    byte[] bytes = new byte[4 * floats];
    ByteBuffer row = LittleEndian.over(bytes);
    Track[] people = tracks.all().toArray(Track[]::new);
    int[] next = new int[people.length];
    for (int frame = 0; frame < tracks.frames(); frame++) {
      for (int i = 0; i < people.length; i++) {
        row.clear();
        if (next[i] < people[i].size() && people[i].frame(next[i]) == frame) {
          values.put(tracks.person(people[i], next[i]++), row);
        }
        while (row.hasRemaining()) {
          row.putFloat(Float.NaN);
        }
        out.write(bytes);
      }
    }
    out.flush();
  }

  private static void flat(PersonPose person, ByteBuffer row) {
    for (float[] point : person.keypoints()) {
      put(point, row);
    }
  }

  private static void deep(PersonPose person, ByteBuffer row) {
    for (float[] point : person.keypoints3d()) {
      put(point, row);
    }
  }

  private static void box(PersonPose person, ByteBuffer row) {
    Box box = person.bbox();
    row.putFloat(box.x1()).putFloat(box.y1()).putFloat(box.x2()).putFloat(box.y2());
  }

  private static void put(float[] values, ByteBuffer row) {
    for (float value : values) {
      row.putFloat(value);
    }
  }

  private static void integers(String name, long[] values, ZipOutputStream zip) throws IOException {
    entry(name, "<i8", new long[] {values.length}, zip).write(LittleEndian.longs(values));
  }

  private static void strings(String name, long[] shape, List<String> values, ZipOutputStream zip)
      throws IOException {
    int length = values.stream().mapToInt(String::length).max().orElse(1);
    StringBuilder text = new StringBuilder();
    for (String value : values) {
      text.append(value).append("\0".repeat(length - value.length()));
    }
    entry(name, "<U" + length, shape, zip).write(text.toString().getBytes(UTF_32LE));
  }

  private static ZipOutputStream entry(String name, String type, long[] shape, ZipOutputStream zip)
      throws IOException {
    zip.putNextEntry(new ZipEntry(name + ".npy"));
    Npy.writeHeader(type, shape, zip);
    return zip;
  }
}
