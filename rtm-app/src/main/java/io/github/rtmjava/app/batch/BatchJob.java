package io.github.rtmjava.app.batch;

import io.github.rtmjava.geometry.Box;
import io.github.rtmjava.pose3d.PoseConfig;
import io.github.rtmjava.recording.RecordingOptions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An archive of pictures and videos, and what is to be found in it.
 *
 * @param inputs folders, patterns, files and archives, as users name them
 * @param output the folder of the results
 * @param master where the work is done, as Spark names it; null for what Spark was started with, or
 *     else for all processors of this machine
 * @param config of the models
 * @param batchSize pictures that go through the networks together; null for the usual number
 * @param boxes where people are, in every picture and frame; empty where they are to be found
 * @param recording how videos are worked on; of pictures the frame of the 3D keypoints and where
 *     the camera stands
 * @param segment seconds of the parts that videos are cut into, about; 0 for not at all
 * @param format of the results
 * @param byContent whether a picture is the same that has the same bytes, whatever its time says
 * @param retryFailed whether pictures that failed in an earlier run are looked at again
 */
public record BatchJob(
    List<String> inputs,
    String output,
    @Nullable String master,
    PoseConfig config,
    @Nullable Integer batchSize,
    List<Box> boxes,
    RecordingOptions recording,
    double segment,
    BatchFormat format,
    boolean byContent,
    boolean retryFailed) {
  public BatchJob {
    inputs = List.copyOf(inputs);
    boxes = List.copyOf(boxes);
    if (!(segment >= 0) || !Double.isFinite(segment)) {
      throw new IllegalArgumentException("expected parts of 0 seconds or more, found " + segment);
    }
  }
}
