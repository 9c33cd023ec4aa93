package io.github.rtmjava.spark;

import io.github.rtmjava.image.Images;
import io.github.rtmjava.pose3d.PoseConfig;
import io.github.rtmjava.pose3d.PoseInferencer;
import io.github.rtmjava.pose3d.SharedInferencers;
import java.io.IOException;
import java.io.Serializable;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.util.TaskCompletionListener;
import org.jspecify.annotations.Nullable;

/** A function of one picture, of which every task has a copy that leases the models once. */
final class OnePicture implements UDF1<byte[], Row>, Serializable {
  private static final long serialVersionUID = 1;

  private static final long NOBODY = -1;

  private final PictureSettings settings;
  private transient SharedInferencers.@Nullable Lease lease;

  /** The task whose lease it is: copies are used again where Spark runs without serializing. */
  private transient long task;

  OnePicture(PictureSettings settings) {
    this.settings = settings;
  }

  /** The columns of results as one value; null for null. */
  @Override
  public @Nullable Row call(byte @Nullable [] content) throws IOException {
    return content == null ? null : RowFactory.create(look(content));
  }

  private Object[] look(byte[] content) throws IOException {
    PoseInferencer inferencer = inferencer();
    try {
      byte[] bytes = PictureFiles.checked(content, settings.mostBytes(), "picture");
      return PoseColumns.found(inferencer.predict(Images.decode(bytes, "picture")));
    } catch (IOException | RuntimeException | OutOfMemoryError e) {
      return PoseColumns.failed(Problem.line(e));
    }
  }

  private synchronized PoseInferencer inferencer() throws IOException {
    TaskContext context = TaskContext.get();
    long id = context == null ? NOBODY : context.taskAttemptId();
    SharedInferencers.Lease known = lease;
    if (known != null && id != NOBODY && task == id) {
      return known.inferencer();
    }
    PoseConfig config = settings.here();
    SharedInferencers.Lease taken = ExecutorModels.lease(config);
    if (context == null) {
      ExecutorModels.giveBack(taken); // on the driver, of a constant
    } else {
      lease = taken;
      task = id;
      context.addTaskCompletionListener(
          (TaskCompletionListener) done -> ExecutorModels.giveBack(taken));
    }
    return taken.inferencer();
  }
}
