package io.github.rtmjava.spark;

import io.github.rtmjava.app.batch.BatchJob;
import io.github.rtmjava.geometry.Box;
import io.github.rtmjava.image.Image;
import io.github.rtmjava.recording.RecordingOptions;
import io.github.rtmjava.video.VideoSource;
import java.io.Serializable;
import java.util.List;
import java.util.function.Function;
import org.apache.hadoop.fs.Path;
import org.apache.spark.util.SerializableConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * What a task has to know of videos.
 *
 * @param models and what else pictures need
 * @param recording how videos are worked on
 * @param segment seconds of a part, about; 0 for the whole in one
 */
record VideoSettings(PictureSettings models, RecordingOptions recording, double segment)
    implements Serializable {
  /** Frames before a part from which people are followed where no detector looks in between. */
  private static final int LEAD = 64;

  static VideoSettings of(BatchJob job, PictureSettings models) {
    RecordingOptions asked = job.recording();
    // Tasks share the processors among themselves.
    RecordingOptions recording =
        new RecordingOptions(
            asked.frames().withThreads(1),
            asked.following(),
            asked.single(),
            asked.refining(),
            asked.angles(),
            asked.drawing(),
            asked.audio());
    return new VideoSettings(models, recording, job.segment());
  }

  /** Frames that a part begins with before its own. */
  int lead() {
    return recording.following().detectEvery() == 1 ? 0 : LEAD;
  }

  /** Where people are; null where they are to be found. */
  @Nullable Function<Image, List<Box>> boxes() {
    List<Box> known = models.boxes();
    return known.isEmpty() ? null : image -> known;
  }

  /** A video, where it is: files of this machine as such, others through Hadoop. */
  static VideoSource source(Item item, SerializableConfiguration hadoop) {
    Path path = new Path(item.address());
    return "file".equals(path.toUri().getScheme())
        ? new VideoSource.File(java.nio.file.Path.of(path.toUri().getPath()))
        : new VideoSource.Stored(item.source(), () -> HadoopChannel.open(path, hadoop.value()));
  }
}
