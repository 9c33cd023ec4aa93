package io.github.rtmjava.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.image.Image;
import io.github.rtmjava.image.Images;
import io.github.rtmjava.pose.PersonPose;
import io.github.rtmjava.pose.PoseResult;
import io.github.rtmjava.pose3d.PoseConfig;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The questions of docs/spark.md, which are run as they stand there. */
class QuestionsTest {
  private static final Pattern SQL = Pattern.compile("```sql\\n(.*?)```", Pattern.DOTALL);
  private static final float SURE = 0.3f;

  @TempDir static Path folder;

  /** By the first line, a comment. */
  private static final Map<String, String> QUESTIONS = new TreeMap<>();

  @BeforeAll
  static void ask() throws IOException {
    Matcher block = SQL.matcher(Files.readString(Path.of("..", "docs", "spark.md")));
    while (block.find()) {
      for (String each : block.group(1).split(";", -1)) {
        if (!each.isBlank()) {
          QUESTIONS.put(each.strip().lines().findFirst().orElseThrow(), each);
        }
      }
    }
    for (String name : Scenes.NAMES) {
      Path athlete = Files.createDirectories(folder.resolve(name.replace(".png", "")));
      Files.copy(Scenes.FOLDER.resolve(name), athlete.resolve(name));
    }
    Path empty = Files.createDirectories(folder.resolve("empty"));
    Image grey = Image.fromBufferedImage(new BufferedImage(320, 240, BufferedImage.TYPE_3BYTE_BGR));
    Files.write(empty.resolve("nobody.jpg"), Images.jpeg(grey));
    Files.write(empty.resolve("damaged.jpg"), new byte[] {1, 2, 3});
    SparkSession session = LocalSpark.session();
    Dataset<Row> files =
        session
            .read()
            .format("binaryFile")
            .option("recursiveFileLookup", "true")
            .load(folder.toString())
            .withColumnRenamed("path", "source");
    Poses.of(PoseConfig.of("default")).transform(files).cache().createOrReplaceTempView("poses");
  }

  @Test
  void raisedArms() throws IOException {
    long expected = 0;
    for (String name : Scenes.NAMES) {
      PoseResult result = Scenes.expected(name);
      int wrist = result.keypointNames().indexOf("left_wrist");
      int nose = result.keypointNames().indexOf("nose");
      for (PersonPose person : result.persons()) {
        boolean raised = person.keypoints()[wrist][1] < person.keypoints()[nose][1];
        expected += raised && person.scores()[wrist] > SURE ? 1 : 0;
      }
    }
    assertEquals(expected, answer("raised left arm").size());
  }

  @Test
  void anglesOfKnees() throws IOException {
    List<Row> rows = answer("left knee");
    assertTrue(rows.size() > 0, rows.toString());
    for (Row row : rows) {
      PoseResult result = Scenes.expected(row.getString(0) + ".png");
      assertTrue(row.getLong(1) > 0 && row.getLong(1) <= result.size(), row.toString());
      List<Double> degrees = row.getList(2);
      assertEquals(3, degrees.size());
      assertTrue(degrees.get(0) <= degrees.get(2), row.toString());
      degrees.forEach(each -> assertTrue(each > 0 && each <= 180, row.toString()));
      if (row.getLong(1) == 1) {
        assertEquals(knee(result), degrees.get(1), 0.1);
      }
    }
  }

  /** Of the only person whose leg is sure. */
  private static double knee(PoseResult result) {
    List<String> names = result.keypointNames();
    int[] leg = {
      names.indexOf("left_hip"), names.indexOf("left_knee"), names.indexOf("left_ankle")
    };
    for (PersonPose person : result.persons()) {
      boolean sure = true;
      for (int point : leg) {
        sure &= person.scores()[point] > SURE;
      }
      if (sure) {
        double dot = 0;
        double a = 0;
        double b = 0;
        for (int i = 0; i < 3; i++) {
          float knee = person.keypoints3d()[leg[1]][i];
          double x = person.keypoints3d()[leg[0]][i] - knee;
          double y = person.keypoints3d()[leg[2]][i] - knee;
          dot += x * y;
          a += x * x;
          b += y * y;
        }
        return Math.toDegrees(Math.acos(dot / Math.sqrt(a * b)));
      }
    }
    throw new AssertionError("nobody's leg is sure");
  }

  @Test
  void picturesWithoutAnybody() {
    List<Row> rows = answer("without anybody");
    assertEquals(1, rows.size());
    assertTrue(rows.get(0).getString(0).endsWith("nobody.jpg"), rows.toString());
  }

  @Test
  void whatFailed() {
    List<Row> rows = answer("what failed");
    assertEquals(1, rows.size());
    assertTrue(rows.get(0).getString(0).endsWith("damaged.jpg"), rows.toString());
  }

  @Test
  void everyQuestionIsAsked() {
    assertEquals(4, QUESTIONS.size(), QUESTIONS.keySet().toString());
  }

  private static List<Row> answer(String words) {
    String question =
        QUESTIONS.entrySet().stream()
            .filter(each -> each.getKey().contains(words))
            .findFirst()
            .orElseThrow()
            .getValue();
    return LocalSpark.session().sql(question).collectAsList();
  }
}
