package io.github.rtmjava.spark;

import io.github.rtmjava.output.format.PersonNumbers;
import io.github.rtmjava.pose.Hands;
import io.github.rtmjava.pose.KeypointSet;
import io.github.rtmjava.pose.PersonPose;
import io.github.rtmjava.pose.PoseFrame;
import io.github.rtmjava.pose.PoseResult;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The columns of results: a row for each picture or frame. Names and types are those of the Parquet
 * files of {@code rtm infer --save parquet}, whose rows {@link Keypoints#of} makes of these.
 */
public final class PoseColumns {
  private static final StructType BOX =
      new StructType()
          .add(required("x1_px", DataTypes.FloatType))
          .add(required("y1_px", DataTypes.FloatType))
          .add(required("x2_px", DataTypes.FloatType))
          .add(required("y2_px", DataTypes.FloatType));

  private static final StructType HANDS =
      new StructType()
          .add(required("right", DataTypes.BooleanType))
          .add(required("left", DataTypes.BooleanType))
          .add(required("right_score", DataTypes.FloatType))
          .add(required("left_score", DataTypes.FloatType))
          .add(required("relative_root_depth_m", DataTypes.FloatType));

  private static final StructType KEYPOINT =
      new StructType()
          .add(required("keypoint", DataTypes.StringType))
          .add(required("x_px", DataTypes.FloatType))
          .add(required("y_px", DataTypes.FloatType))
          .add(required("score", DataTypes.FloatType))
          .add(required("visibility", DataTypes.FloatType))
          .add("x_m", DataTypes.FloatType)
          .add("y_m", DataTypes.FloatType)
          .add("z_m", DataTypes.FloatType);

  private static final StructType PERSON =
      new StructType()
          .add(required("id", DataTypes.IntegerType))
          .add(required("interpolated", DataTypes.BooleanType))
          .add(required("bbox", BOX))
          .add(required("bbox_score", DataTypes.FloatType))
          .add(
              required("keypoints", DataTypes.createArrayType(KEYPOINT, /* containsNull= */ false)))
          .add("hands", HANDS);

  private static final StructType SCHEMA =
      new StructType()
          .add("model", DataTypes.StringType)
          .add("keypoint_set", DataTypes.StringType)
          .add("frame_3d", DataTypes.StringType)
          .add("width_px", DataTypes.IntegerType)
          .add("height_px", DataTypes.IntegerType)
          .add("frame", DataTypes.LongType)
          .add("time_s", DataTypes.DoubleType)
          .add("people", DataTypes.createArrayType(PERSON, /* containsNull= */ false))
          .add("error", DataTypes.StringType);

  private PoseColumns() {}

  /**
   * {@code model}, {@code keypoint_set}, {@code frame_3d} of the 3D keypoints, {@code width_px},
   * {@code height_px}, {@code frame} and {@code time_s} (0 for a picture), {@code people}, and
   * {@code error}: what is wrong with the picture in one line, where all others are null; null
   * where it was looked at, also where {@code people} is empty because nobody is in it.
   *
   * <p>Of the people each has {@code id} (their place from 0 on where nobody followed them), {@code
   * interpolated}, {@code bbox}, {@code bbox_score}, {@code keypoints} with {@code keypoint} (its
   * name), {@code x_px}, {@code y_px}, {@code score}, {@code visibility}, {@code x_m}, {@code y_m}
   * and {@code z_m} (null without depth; in the frame {@code uvd} the first two are pixels), and
   * {@code hands} from a model of two hands.
   */
  public static StructType schema() {
    return SCHEMA;
  }

  /** What was found in a picture, in the order of the columns. */
  static Object[] found(PoseResult result) {
    return found(new PoseFrame(0, 0, result));
  }

  /** What was found in a frame of a video, in the order of the columns. */
  static Object[] found(PoseFrame frame) {
    PoseResult result = frame.result();
    int[] numbers = PersonNumbers.of(result);
    List<Row> people = new ArrayList<>(numbers.length);
    for (int i = 0; i < numbers.length; i++) {
      people.add(person(numbers[i], result.persons().get(i), result.keypointSet()));
    }
    return new Object[] {
      result.model(),
      result.keypointSet().name(),
      result.frame().id(),
      result.width(),
      result.height(),
      frame.index(),
      frame.time(),
      CollectionConverters.asScala(people).toSeq(),
      null
    };
  }

  /** Why nothing was looked for in a picture. */
  static Object[] failed(String error) {
    Object[] values = new Object[SCHEMA.size()];
    values[values.length - 1] = error;
    return values;
  }

  private static Row person(int number, PersonPose person, KeypointSet set) {
    float[] box = person.bbox().toArray();
    return RowFactory.create(
        number,
        person.interpolated(),
        RowFactory.create(box[0], box[1], box[2], box[3]),
        person.bboxScore(),
        keypoints(person, set),
        person.hands().map(PoseColumns::hands).orElse(null));
  }

  private static Seq<Row> keypoints(PersonPose person, KeypointSet set) {
    float[][] flat = person.keypoints();
    float[][] deep = person.keypoints3d();
    float[] scores = person.scores();
    float[] visibilities = person.visibilities();
    List<Row> rows = new ArrayList<>(scores.length);
    for (int k = 0; k < scores.length; k++) {
      float @Nullable [] place = person.has3d() ? deep[k] : null;
      rows.add(
          RowFactory.create(
              set.points().get(k).name(),
              flat[k][0],
              flat[k][1],
              scores[k],
              visibilities[k],
              place == null ? null : place[0],
              place == null ? null : place[1],
              place == null ? null : place[2]));
    }
    return CollectionConverters.asScala(rows).toSeq();
  }

  private static Row hands(Hands hands) {
    return RowFactory.create(
        hands.right(),
        hands.left(),
        hands.rightScore(),
        hands.leftScore(),
        hands.relativeRootDepth());
  }

  private static StructField required(String name, DataType type) {
    return new StructField(name, type, /* nullable= */ false, Metadata.empty());
  }
}
