package io.github.rtmjava.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.geometry.Frame3d;
import io.github.rtmjava.models.EmbeddedModels;
import io.github.rtmjava.pose3d.PoseConfig;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PosesTest {
  private static final Path SAMPLES = Scenes.FOLDER;
  private static final List<String> SCENES = Scenes.NAMES;
  private static final PoseConfig EMBEDDED = PoseConfig.of("default");
  private static final StructType CONTENT =
      new StructType().add("path", DataTypes.StringType).add("content", DataTypes.BinaryType);

  @TempDir Path folder;

  @Test
  void bytesGiveWhatTheLibraryFinds() throws IOException {
    Dataset<Row> out = Poses.of(EMBEDDED).transform(pictures(SCENES));
    assertEquals(CONTENT.size() + PoseColumns.schema().size(), out.schema().size());
    assertFound(out.collectAsList());
  }

  @Test
  void pathsGiveTheSame() throws IOException {
    Dataset<Row> paths = pictures(SCENES).selectExpr("concat('" + SAMPLES + "/', path) AS where");
    List<Row> rows = Poses.of(EMBEDDED).fromPaths("where").transform(paths).collectAsList();
    assertEquals(3, rows.size());
    for (Row row : rows) {
      Scenes.assertSame(
          Scenes.expected(Path.of(row.<String>getAs("where")).getFileName().toString()), row);
    }
  }

  @Test
  void damagedPicturesAreRowsWithErrors() throws IOException {
    Path damaged = folder.resolve("damaged.png");
    byte[] whole = Files.readAllBytes(SAMPLES.resolve("scene_03.png"));
    Files.write(damaged, Arrays.copyOf(whole, whole.length / 2));
    List<Row> rows =
        new ArrayList<>(
            List.of(
                RowFactory.create("damaged", Files.readAllBytes(damaged)),
                RowFactory.create("null", null),
                RowFactory.create("text", new byte[] {'h', 'i'}),
                row("scene_05.png")));
    Dataset<Row> in = session().createDataFrame(rows, CONTENT).coalesce(1);

    List<Row> out = Poses.of(EMBEDDED).transform(in).collectAsList();

    assertEquals(4, out.size());
    for (int i = 0; i < 3; i++) {
      assertEquals(rows.get(i).getString(0), out.get(i).getString(0));
      assertTrue(out.get(i).<String>getAs("error").contains("expected"), out.get(i).toString());
      assertNull(out.get(i).getAs("people"));
    }
    Scenes.assertAlike(Scenes.expected("scene_05.png"), out.get(3));
  }

  @Test
  void picturesOverTheLimitAreNotRead() throws IOException {
    Row row =
        Poses.of(EMBEDDED).withMostBytes(100).transform(pictures(List.of("scene_05.png"))).first();
    assertTrue(row.<String>getAs("error").contains("at most 100 bytes"), row.toString());
    Dataset<Row> paths =
        pictures(List.of("scene_05.png")).selectExpr("concat('" + SAMPLES + "/', path) AS path");
    Row path = Poses.of(EMBEDDED).fromPaths("path").withMostBytes(100).transform(paths).first();
    assertTrue(path.<String>getAs("error").contains("at most 100 bytes"), path.toString());
  }

  @Test
  void theWayOfThePageIsOne() throws IOException {
    String page = Files.readString(Path.of("../docs/spark.md"));
    assertTrue(page.contains("spark.read().format(\"binaryFile\").load("));
    assertTrue(page.contains("Poses.of(PoseConfig.of(\"wholebody\")).transform(pictures);"));
    Dataset<Row> pictures =
        session().read().format("binaryFile").load(SAMPLES.resolve("*.png").toString());
    for (Row row : Poses.of(EMBEDDED).transform(pictures).collectAsList()) {
      Scenes.assertAlike(
          Scenes.expected(Path.of(row.<String>getAs("path")).getFileName().toString()), row);
    }
  }

  @Test
  void batchesOfOneGiveTheSame() throws IOException {
    List<Row> rows =
        Poses.of(EMBEDDED).withBatchSize(1).transform(pictures(SCENES)).collectAsList();
    assertEquals(SCENES, rows.stream().map(row -> row.getString(0)).toList());
    for (Row row : rows) {
      Scenes.assertAlike(Scenes.expected(row.getString(0)), row);
    }
  }

  @Test
  void framesAreChanged() throws IOException {
    Row row =
        Poses.of(EMBEDDED)
            .inFrame(Frame3d.Z_UP)
            .transform(pictures(List.of("scene_05.png")))
            .first();
    assertEquals("z_up", row.getAs("frame_3d"));
    Scenes.assertAlike(Scenes.expected("scene_05.png").in(Frame3d.Z_UP), row);
  }

  @Test
  void whatDoesNotFitIsRefusedAtOnce() throws IOException {
    Poses poses = Poses.of(EMBEDDED);
    Dataset<Row> pictures = pictures(SCENES);
    for (Dataset<Row> wrong :
        List.of(
            pictures.drop("content"),
            pictures.withColumn("content", pictures.col("path")),
            pictures.withColumn("error", pictures.col("path")))) {
      String message =
          assertThrows(IllegalArgumentException.class, () -> poses.transform(wrong)).getMessage();
      assertTrue(message.startsWith("expected "), message);
    }
  }

  @Test
  void theFunctionOfSqlGivesTheSame() throws IOException {
    PoseFunctions.register(session(), EMBEDDED);
    pictures(SCENES).createOrReplaceTempView("pictures");
    List<Row> rows =
        session()
            .sql("SELECT path, p.* FROM (SELECT path, rtm_poses(content) p FROM pictures)")
            .collectAsList();
    assertEquals(3, rows.size());
    for (Row row : rows) {
      Scenes.assertAlike(Scenes.expected(row.getString(0)), row);
    }
    Row none =
        session().sql("SELECT rtm_poses(CAST(null AS BINARY)), rtm_poses(X'00').error").first();
    assertTrue(none.isNullAt(0));
    assertTrue(none.getString(1).contains("expected"), none.toString());
  }

  @Test
  void thePipelineComesBackFromItsFile() throws IOException {
    PoseTransformer poses =
        new PoseTransformer().setMaxPersons(1).setInputCol("bytes").setFrame("z_up");
    Pipeline pipeline = new Pipeline().setStages(new PipelineStage[] {poses});
    Dataset<Row> in = pictures(SCENES).withColumnRenamed("content", "bytes");
    String saved = folder.resolve("pipeline").toString();
    pipeline.fit(in).write().save(saved);

    PipelineModel loaded = PipelineModel.load(saved);

    PoseTransformer back = (PoseTransformer) loaded.stages()[0];
    assertEquals(poses.uid(), back.uid());
    for (Row row : loaded.transform(in).collectAsList()) {
      assertEquals(1, row.getList(row.fieldIndex("people")).size());
      assertEquals("z_up", row.getAs("frame_3d"));
    }
  }

  /** The file is of {@code rtm infer samples/scene_11.png -o . --save parquet}. */
  @Test
  void oneQueryReadsTheFilesOfInferToo() throws IOException {
    Dataset<Row> infer =
        session()
            .read()
            .parquet(Path.of("src", "test", "resources", "scene_11.parquet").toString());
    Dataset<Row> results = Poses.of(EMBEDDED).transform(pictures(List.of("scene_11.png")));

    Dataset<Row> spark = Keypoints.of(results);

    assertEquals(types(infer.schema()), types(spark.schema()));
    String[] who = {"frame", "time_s", "id", "interpolated", "keypoint", "round(x_px)"};
    assertEquals(3 * 133, infer.count());
    assertEquals(infer.selectExpr(who).collectAsList(), spark.selectExpr(who).collectAsList());
    assertEquals(2 * 133, infer.unionByName(spark).where("id = 1").count());
    assertEquals("path", Keypoints.of(results, "path").columns()[0]);
  }

  @Test
  void modelsOfFilesHaveToBeTheDrivers() throws IOException {
    Path bundle = folder.resolve("model.rtm");
    try (InputStream in = EmbeddedModels.class.getResourceAsStream("rtmw3d-t_synth-128x96.rtm")) {
      Files.copy(in, bundle);
    }
    Poses poses = Poses.of(EMBEDDED.withModel(bundle.toString()));
    Dataset<Row> in = pictures(List.of("scene_05.png"));
    assertEquals("scene_05.png", poses.transform(in).first().getString(0));

    Path other = folder.resolve("other.rtm");
    Files.copy(bundle, other);
    Poses changed = Poses.of(EMBEDDED.withModel(other.toString()));
    Files.write(other, new byte[] {1});
    Exception refused = assertThrows(Exception.class, () -> changed.transform(in).collect());
    assertTrue(refused.toString().contains("found another one"), refused.toString());

    Path sent = folder.resolve("sent.rtm");
    Files.copy(bundle, sent);
    Poses bySpark = Poses.of(EMBEDDED.withModel(sent.toString()));
    session().sparkContext().addFile(forAllTests(sent).toString());
    Files.delete(sent);
    assertEquals("scene_05.png", bySpark.transform(in).first().getString(0));
  }

  /** Spark's other tests fetch it as well. */
  private static Path forAllTests(Path file) throws IOException {
    Path kept = Files.createTempDirectory("rtm-sent").resolve(file.getFileName());
    Files.copy(file, kept);
    kept.getParent().toFile().deleteOnExit();
    kept.toFile().deleteOnExit();
    return kept;
  }

  private static Map<String, String> types(StructType schema) {
    Map<String, String> types = new TreeMap<>();
    for (var field : schema.fields()) {
      types.put(field.name(), field.dataType().simpleString());
    }
    return types;
  }

  private static void assertFound(List<Row> rows) throws IOException {
    assertEquals(SCENES, rows.stream().map(row -> row.getString(0)).toList());
    for (Row row : rows) {
      Scenes.assertSame(Scenes.expected(row.getString(0)), row);
    }
  }

  private static Dataset<Row> pictures(List<String> names) throws IOException {
    List<Row> rows = new ArrayList<>();
    for (String name : names) {
      rows.add(row(name));
    }
    return session().createDataFrame(rows, CONTENT).coalesce(1);
  }

  private static Row row(String name) throws IOException {
    return RowFactory.create(name, Files.readAllBytes(SAMPLES.resolve(name)));
  }

  private static SparkSession session() {
    return LocalSpark.session();
  }
}
