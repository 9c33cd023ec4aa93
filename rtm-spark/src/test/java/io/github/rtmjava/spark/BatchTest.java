package io.github.rtmjava.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.app.Rtm;
import io.github.rtmjava.app.batch.BatchFormat;
import io.github.rtmjava.app.batch.BatchJob;
import io.github.rtmjava.app.batch.BatchNews;
import io.github.rtmjava.app.batch.BatchSummary;
import io.github.rtmjava.motion.refine.RefineOptions;
import io.github.rtmjava.output.draw.DrawOptions;
import io.github.rtmjava.pose3d.FollowOptions;
import io.github.rtmjava.pose3d.PoseConfig;
import io.github.rtmjava.recording.RecordingOptions;
import io.github.rtmjava.video.VideoOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BatchTest {
  private static final PoseConfig EMBEDDED = PoseConfig.of("default");
  static final RecordingOptions VIDEOS =
      new RecordingOptions(
          VideoOptions.all().withStride(24),
          FollowOptions.DEFAULT,
          /* single= */ false,
          RefineOptions.DEFAULT,
          /* angles= */ false,
          DrawOptions.of(0),
          /* audio= */ false);

  @TempDir Path folder;
  private Path archive;
  private Path out;
  private final List<String> notes = new ArrayList<>();

  @BeforeEach
  void copyScenes() throws IOException {
    LocalSpark.session();
    archive = Files.createDirectories(folder.resolve("an archive/deep"));
    out = folder.resolve("out");
    for (String name : Scenes.NAMES) {
      Files.copy(Scenes.FOLDER.resolve(name), archive.resolve(name));
    }
  }

  @ParameterizedTest
  @EnumSource
  void runsOnceAndThenOnlyWhatHasChanged(BatchFormat format) throws IOException {
    BatchSummary first = run(format, EMBEDDED);
    assertEquals(new BatchSummary(3, 0, 0, 3, 7, 0, List.of(), List.of()), first);
    for (Row row : rows(format)) {
      Path source = Path.of(row.<String>getAs("source"));
      assertEquals(archive, source.getParent());
      Scenes.assertAlike(Scenes.expected(source.getFileName().toString()), row);
    }
    List<String> files = files();

    assertEquals(0, run(format, EMBEDDED).now());
    assertEquals(files, files());

    Path changed = archive.resolve("scene_05.png");
    Files.setLastModifiedTime(changed, FileTime.fromMillis(1_000_000));
    BatchJob byContent = job(format, EMBEDDED, true, false, folder.resolve("an archive"));
    assertEquals(0, run(byContent).now());
    Files.copy(Scenes.FOLDER.resolve("scene_05.png"), archive.resolve("new.png")); // as new as none
    assertEquals(new BatchSummary(4, 0, 0, 2, 8, 0, List.of(), List.of()), run(format, EMBEDDED));
    assertTrue(
        notes.contains("done already: 2 of 4 inputs; new: 1; changed or to be tried again: 1"),
        "" + notes);
    Files.copy(Scenes.FOLDER.resolve("scene_03.png"), changed, StandardCopyOption.REPLACE_EXISTING);
    Files.setLastModifiedTime(changed, FileTime.fromMillis(1_000_000));
    assertEquals(1, run(byContent).now());
    assertEquals(4, rows(format).stream().map(row -> row.getAs("source")).distinct().count());
    assertEquals(4, rows(format).size());
  }

  @Test
  void whatIsDamagedIsARow() throws IOException {
    byte[] whole = Files.readAllBytes(archive.resolve("scene_11.png"));
    Path damaged = archive.resolve("damaged.png");
    Files.write(damaged, Arrays.copyOf(whole, whole.length / 2));
    zip(archive.resolve("some.zip"), whole);
    tar(archive.resolve("shard-01.tar.gz"), whole, Integer.MAX_VALUE);
    tar(archive.resolve("torn.tgz"), whole, 3 * whole.length / 2);
    Files.write(archive.resolve("readme.txt"), new byte[3]);
    Path film = archive.resolve("film.mp4");
    Files.write(film, new byte[3]);

    BatchSummary summary = run(BatchFormat.PARQUET, EMBEDDED);

    assertEquals(4, summary.failed(), "" + summary);
    assertEquals(1, summary.videos(), "" + summary);
    assertEquals(0, summary.frames(), "" + summary);
    assertTrue(summary.problems().get(0).startsWith(damaged.toString()), "" + summary);
    List<String> sources = rows(BatchFormat.PARQUET).stream().map(this::source).sorted().toList();
    assertEquals(
        List.of(
            "damaged.png: failed",
            "film.mp4: failed",
            "scene_03.png",
            "scene_05.png",
            "scene_11.png",
            "shard-01.tar.gz!/a/0001.png",
            "shard-01.tar.gz!/a/0002.png",
            "some.zip!/good.png",
            "some.zip!/not.png: failed",
            "some.zip!/too/../deep.png",
            "torn.tgz!/a/0001.png",
            "torn.tgz: failed"),
        sources);
    assertEquals(0, run(BatchFormat.PARQUET, EMBEDDED).now());
    BatchJob again = job(BatchFormat.PARQUET, EMBEDDED, false, true, folder.resolve("an archive"));
    assertEquals(1 + 1 + 3 + 2, run(again).now());
    Files.copy(Scenes.FOLDER.resolve("scene_03.png"), damaged, StandardCopyOption.REPLACE_EXISTING);
    BatchSummary mended = run(BatchFormat.PARQUET, EMBEDDED);
    assertEquals(1, mended.now());
    assertEquals(3, mended.failed());
  }

  @Test
  void namesThatLeadNowhereAreTold() throws IOException {
    BatchJob job =
        job(
            BatchFormat.PARQUET,
            EMBEDDED,
            false,
            false,
            folder.resolve("none"),
            folder.resolve("an archive/deep/scene_0*.png"));
    BatchSummary summary = run(job);
    assertEquals(2, summary.pictures());
    assertEquals(1, summary.missing().size());
    assertTrue(summary.missing().get(0).contains("none: there is no such file"), "" + summary);
  }

  @Test
  void resultsOfOtherModelsAreNotMixed() throws IOException {
    run(BatchFormat.PARQUET, EMBEDDED);
    IOException refused =
        assertThrows(
            IOException.class, () -> run(BatchFormat.PARQUET, EMBEDDED.withFlipTest(true)));
    assertTrue(refused.getMessage().contains("found 'flip test: false'"), refused.getMessage());
    IOException other = assertThrows(IOException.class, () -> run(BatchFormat.JSONL, EMBEDDED));
    assertTrue(other.getMessage().contains("found 'format: parquet'"), other.getMessage());
  }

  @Test
  void aModelThatIsNotThereLeavesNothingBehind() {
    IOException refused =
        assertThrows(
            IOException.class, () -> run(BatchFormat.PARQUET, PoseConfig.of("no-such-model")));
    assertTrue(refused.getMessage().contains("no-such-model"), refused.getMessage());
    assertFalse(refused.getMessage().contains("SparkException"), refused.getMessage());
    assertFalse(Files.exists(out));
  }

  @Test
  void whatAKilledRunLeftIsRemoved() throws IOException {
    run(BatchFormat.PARQUET, EMBEDDED);
    Path left = Files.createDirectories(out.resolve("_rtm/staging/0"));
    Files.write(left.resolve("part-0.parquet"), new byte[7]);
    Files.delete(
        out.resolve(files().stream().filter(f -> f.startsWith("part-")).findFirst().orElseThrow()));

    BatchSummary summary = run(BatchFormat.PARQUET, EMBEDDED);

    assertEquals(3, summary.pictures());
    assertTrue(summary.now() > 0 && summary.now() < 3, "" + summary);
    assertFalse(Files.exists(out.resolve("_rtm/staging")));
  }

  @Test
  void theProgramOfSparkSubmitIsTheCommand() {
    int code =
        Rtm.execute("batch", archive.resolve("scene_05.png").toString(), "-o", out.toString());
    assertEquals(0, code);
    int missing = Rtm.execute("batch", archive + "/none.png", "-o", out.toString());
    assertEquals(1, missing);
  }

  @Test
  void entriesAreOfLimitedSize() throws IOException {
    byte[] whole = Files.readAllBytes(archive.resolve("scene_11.png"));
    Path zip = archive.resolve("some.zip");
    zip(zip, whole);
    Item item = new Item("z", "file:" + zip, 1, 1);
    List<String> problems = new ArrayList<>();
    try (ArchiveEntries entries = new ArchiveEntries(item, new Configuration(), 1000)) {
      while (entries.hasNext()) {
        BatchSource source = entries.next();
        try {
          source.bytes(1000);
          problems.add(source.name());
        } catch (IOException e) {
          problems.add(e.getMessage());
        }
      }
    }
    assertEquals(
        List.of(
            "z!/good.png: expected a picture of at most 1000 bytes, found more; scale it down"
                + " first",
            "z!/not.png",
            "z!/too/../deep.png: expected a picture of at most 1000 bytes, found more; scale it"
                + " down first"),
        problems);
  }

  private String source(Row row) {
    String source = row.<String>getAs("source").substring(archive.toString().length() + 1);
    return row.getAs("error") == null ? source : source + ": failed";
  }

  private static void zip(Path file, byte[] picture) throws IOException {
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      put(zip, "good.png", picture);
      put(zip, "__MACOSX/._good.png", picture);
      put(zip, "notes.txt", new byte[100]);
      put(zip, "not.png", new byte[100]);
      put(zip, "too/../deep.png", picture);
    }
  }

  private static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(content);
    zip.closeEntry();
  }

  /** Two pictures, cut off after so many bytes. */
  private static void tar(Path file, byte[] picture, int bytes) throws IOException {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(whole)) {
      for (String name : List.of("a/0001.png", "a/0001.json", "a/0002.png")) {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(name.endsWith(".json") ? 2 : picture.length);
        tar.putArchiveEntry(entry);
        tar.write(name.endsWith(".json") ? new byte[2] : picture);
        tar.closeArchiveEntry();
      }
    }
    try (OutputStream gzip = new GZIPOutputStream(Files.newOutputStream(file))) {
      gzip.write(whole.toByteArray(), 0, Math.min(bytes, whole.size()));
    }
  }

  private List<String> files() throws IOException {
    try (Stream<Path> all = Files.list(out)) {
      return all.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private List<Row> rows(BatchFormat format) {
    var reader = LocalSpark.session().read();
    return (format == BatchFormat.PARQUET
            ? reader.parquet(out.toString())
            : reader.schema(BatchColumns.schema()).json(out.toString()))
        .collectAsList();
  }

  private BatchSummary run(BatchFormat format, PoseConfig config) throws IOException {
    return run(job(format, config, false, false, folder.resolve("an archive")));
  }

  private BatchJob job(
      BatchFormat format, PoseConfig config, boolean byContent, boolean retry, Path... inputs) {
    return new BatchJob(
        Stream.of(inputs).map(Path::toString).toList(),
        out.toString(),
        null,
        config,
        null,
        List.of(),
        VIDEOS,
        0,
        format,
        byContent,
        retry);
  }

  private BatchSummary run(BatchJob job) throws IOException {
    return new SparkBatch()
        .run(
            job,
            new BatchNews() {
              @Override
              public void note(String line) {
                notes.add(line);
              }

              @Override
              public void begin(long pictures) {}

              @Override
              public void beginVideos(String which, long frames) {}

              @Override
              public void stepTo(long pictures, long failed) {}
            });
  }
}
