package io.github.rtmjava.spark;

import io.github.rtmjava.pose.PoseBytes;
import io.github.rtmjava.pose3d.SharedInferencers;
import io.github.rtmjava.recording.SeenFrame;
import io.github.rtmjava.recording.SeenFrames;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.TaskContext;
import org.apache.spark.util.SerializableConfiguration;
import org.apache.spark.util.TaskCompletionListener;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;

/** Looks at the frames of one part of a video. What goes wrong with the video ends no task. */
final class VideoPartTask implements Iterator<Tuple2<PartKey, PartRecord>> {
  private final VideoTask task;
  private final Runnable through;
  private @Nullable SeenFrames frames;
  private @Nullable PartRecord next;
  private boolean ended;
  private long number;

  private VideoPartTask(VideoTask task, Runnable through) {
    this.task = task;
    this.through = through;
  }

  /**
   * Begins, within a task of Spark, with whose end it ends.
   *
   * @param through is run after each frame
   */
  static Iterator<Tuple2<PartKey, PartRecord>> of(
      VideoTask task, VideoSettings settings, SerializableConfiguration hadoop, Runnable through)
      throws IOException {
    SharedInferencers.Lease lease = ExecutorModels.lease(settings.models().here());
    VideoPartTask made = new VideoPartTask(task, through);
    TaskContext.get()
        .addTaskCompletionListener(
            (TaskCompletionListener)
                context -> {
                  made.close();
                  ExecutorModels.giveBack(lease);
                });
    made.open(settings, hadoop, lease);
    return made;
  }

  private void open(
      VideoSettings settings, SerializableConfiguration hadoop, SharedInferencers.Lease lease) {
    try {
      SeenFrames opened =
          SeenFrames.open(
              VideoSettings.source(task.item(), hadoop),
              task.part(),
              lease.inferencer().withBatchSize(settings.models().batchSize()),
              settings.recording(),
              settings.boxes());
      frames = opened;
      next = new PartRecord.Begin(opened.recording());
    } catch (IOException | RuntimeException | OutOfMemoryError e) {
      next = end(List.of(Problem.line(e)));
    }
  }

  @Override
  public boolean hasNext() {
    if (next == null && !ended) {
      next = advance();
    }
    return next != null;
  }

  @Override
  public Tuple2<PartKey, PartRecord> next() {
    if (!hasNext() || next == null) {
      throw new NoSuchElementException();
    }
    PartRecord result = next;
    next = null;
    return new Tuple2<>(new PartKey(task.video(), task.number(), number++), result);
  }

  private PartRecord advance() {
    SeenFrames open = frames;
    if (open == null) {
      throw new IllegalStateException("expected a video that is open");
    }
    try {
      if (open.hasNext()) {
        SeenFrame frame = open.next();
        through.run();
        return new PartRecord.Frame(PoseBytes.of(frame.poses()), frame.problem());
      }
      return end(open.problems());
    } catch (RuntimeException | OutOfMemoryError e) {
      if (TaskContext.get().isInterrupted()) {
        throw e;
      }
      return end(List.of(Problem.line(e)));
    }
  }

  private PartRecord end(List<String> problems) {
    ended = true;
    close();
    return new PartRecord.End(
        task.item(), problems.stream().map(line -> task.where() + line).toList());
  }

  private void close() {
    SeenFrames open = frames;
    frames = null;
    if (open != null) {
      open.close();
    }
  }
}
