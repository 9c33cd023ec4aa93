package io.github.rtmjava.app.batch;

import io.github.rtmjava.geometry.Frame3d;
import io.github.rtmjava.pose3d.PoseConfig;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An archive of pictures, and what is to be found in it.
 *
 * @param inputs folders, patterns, files and archives, as users name them
 * @param output the folder of the results
 * @param master where the work is done, as Spark names it; null for what Spark was started with, or
 *     else for all processors of this machine
 * @param config of the models
 * @param batchSize pictures that go through the networks together; null for the usual number
 * @param frame of the 3D keypoints; null for the model's
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
    @Nullable Frame3d frame,
    BatchFormat format,
    boolean byContent,
    boolean retryFailed) {
  public BatchJob {
    inputs = List.copyOf(inputs);
  }
}
