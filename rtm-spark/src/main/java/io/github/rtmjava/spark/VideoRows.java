package io.github.rtmjava.spark;

import io.github.rtmjava.motion.refine.Refinement;
import io.github.rtmjava.pose.PoseBytes;
import io.github.rtmjava.pose.PoseFrame;
import io.github.rtmjava.pose.Recording;
import io.github.rtmjava.recording.JoinedFrames;
import io.github.rtmjava.recording.RecordingOptions;
import io.github.rtmjava.recording.SeenFrame;
import io.github.rtmjava.runtime.Closer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.Row;
import org.apache.spark.util.TaskCompletionListener;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;

/**
 * The rows of videos, each from the records of all of its parts in their order: a row for each
 * frame, and one with the error of what is wrong with a video.
 */
final class VideoRows implements Iterator<Row>, AutoCloseable {
  private final Iterator<Tuple2<PartKey, PartRecord>> records;
  private final RecordingOptions options;
  private final Path folder;
  private final List<String> problems = new ArrayList<>();
  private @Nullable Tuple2<PartKey, PartRecord> ahead;
  private @Nullable Item item;
  private @Nullable JoinedFrames joined;
  private @Nullable Refinement refined;
  private int at;
  private long unseen;

  private VideoRows(
      Iterator<Tuple2<PartKey, PartRecord>> records, RecordingOptions options, Path folder) {
    this.records = records;
    this.options = options;
    this.folder = folder;
  }

  /** Begins, within a task of Spark, with whose end it ends. */
  static Iterator<Row> of(Iterator<Tuple2<PartKey, PartRecord>> records, RecordingOptions options) {
    Path folder = Path.of(System.getProperty("java.io.tmpdir", "."));
    VideoRows rows = new VideoRows(records, options, folder);
    TaskContext.get().addTaskCompletionListener((TaskCompletionListener) context -> rows.close());
    return rows;
  }

  @Override
  public boolean hasNext() {
    while (refined == null && problems.isEmpty()) {
      if (ahead == null && !records.hasNext()) {
        return false;
      }
      take();
    }
    return true;
  }

  @Override
  public Row next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    Item of = item;
    if (of == null) {
      throw new IllegalStateException("expected a video that is known");
    }
    Refinement frames = refined;
    if (frames == null) {
      String line = String.join("; ", problems);
      problems.clear();
      return BatchColumns.row(of, null, null, PoseColumns.failed(line));
    }
    try {
      PoseFrame frame = frames.get(at++);
      if (at == frames.size()) {
        close();
      }
      return BatchColumns.row(of, null, null, PoseColumns.found(frame));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Takes all records of the next video. */
  private void take() {
    int video = peek()._1().video();
    unseen = 0;
    Recording recording = null;
    String failure = null;
    while ((ahead != null || records.hasNext()) && peek()._1().video() == video) {
      PartRecord record = peek()._2();
      ahead = null;
      if (record instanceof PartRecord.End end) {
        item = end.item();
        problems.addAll(end.problems());
      } else if (failure == null) {
        try {
          if (record instanceof PartRecord.Begin begin && joined == null) {
            recording = begin.recording();
            joined = JoinedFrames.begin(folder, recording, options);
          } else if (record instanceof PartRecord.Frame frame && recording != null) {
            add(frame, recording);
          }
        } catch (RuntimeException e) {
          failure = Problem.line(e);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }
    complete(failure);
  }

  private Tuple2<PartKey, PartRecord> peek() {
    Tuple2<PartKey, PartRecord> known = ahead == null ? records.next() : ahead;
    ahead = known;
    return known;
  }

  private void add(PartRecord.Frame frame, Recording recording) throws IOException {
    JoinedFrames all = joined;
    if (all == null) {
      return;
    }
    PoseFrame poses = PoseBytes.read(frame.poses(), recording);
    String problem = frame.problem();
    all.add(new SeenFrame(poses, problem));
    if (problem != null) {
      if (unseen++ == 0) {
        problems.add("frame %s: %s".formatted(poses.index(), problem));
      }
    }
  }

  private void complete(@Nullable String failure) {
    if (unseen > 1) {
      problems.add("people could not be looked for in %s frames".formatted(unseen));
    }
    JoinedFrames all = joined;
    at = 0;
    try {
      if (failure != null) {
        throw new IOException(failure);
      }
      if (all != null && all.size() > 0) {
        refined = all.complete();
      } else if (all != null && problems.isEmpty()) {
        throw new IOException("expected frames, found none; look at --start and --end");
      }
    } catch (IOException | RuntimeException e) {
      problems.add(Problem.line(e));
      close();
    }
    if (refined == null) {
      close();
    }
  }

  @Override
  public void close() {
    try {
      Closer.closeAll(refined, joined);
    } catch (IllegalStateException e) {
      // A temporary file, which the end of the process removes.
    }
    joined = null;
    refined = null;
  }
}
