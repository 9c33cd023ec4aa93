package io.github.rtmjava.spark;

import io.github.rtmjava.pose3d.PoseConfig;
import java.io.IOException;
import org.apache.spark.sql.SparkSession;

/**
 * The function {@code rtm_poses(content)} of SQL: of the bytes of a picture file a struct with the
 * columns of {@link PoseColumns#schema()}.
 *
 * <pre>{@code
 * PoseFunctions.register(spark, PoseConfig.of("wholebody"));
 * spark.sql("SELECT path, size(rtm_poses(content).people) FROM pictures");
 * }</pre>
 *
 * <p>SQL gives it one picture at a time: for many of them {@link Poses#transform} is faster.
 */
public final class PoseFunctions {
  private static final String NAME = "rtm_poses";

  private PoseFunctions() {}

  /**
   * Makes it known to a session.
   *
   * @throws IOException if a file of a model cannot be read
   */
  public static void register(SparkSession session, PoseConfig config) throws IOException {
    session.udf().register(NAME, new OnePicture(PictureSettings.of(config)), PoseColumns.schema());
  }
}
