package io.github.rtmjava.spark;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Results with a row for each keypoint, as {@code rtm infer --save parquet} writes them. */
public final class Keypoints {
  private Keypoints() {}

  /**
   * The keypoints of everybody: what is kept, then {@code frame}, {@code time_s}, {@code id},
   * {@code interpolated}, {@code keypoint}, {@code x_px}, {@code y_px}, {@code score}, {@code x_m},
   * {@code y_m}, {@code z_m}.
   *
   * @param results with the columns of {@link PoseColumns#schema()}
   * @param kept further columns of the results, such as {@code source} and {@code model}
   */
  public static Dataset<Row> of(Dataset<Row> results, String... kept) {
    List<String> names = new ArrayList<>();
    for (String name : kept) {
      names.add("`" + name.replace("`", "``") + "`");
    }
    names.addAll(List.of("frame", "time_s"));
    return results
        .selectExpr(with(names, "explode(people) AS rtm_person"))
        .selectExpr(
            with(
                names,
                "rtm_person.id AS id",
                "rtm_person.interpolated AS interpolated",
                "explode(rtm_person.keypoints) AS rtm_point"))
        .selectExpr(
            with(
                names,
                "id",
                "interpolated",
                "rtm_point.keypoint AS keypoint",
                "rtm_point.x_px AS x_px",
                "rtm_point.y_px AS y_px",
                "rtm_point.score AS score",
                "rtm_point.x_m AS x_m",
                "rtm_point.y_m AS y_m",
                "rtm_point.z_m AS z_m"));
  }

  private static String[] with(List<String> names, String... more) {
    List<String> all = new ArrayList<>(names);
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }
}
