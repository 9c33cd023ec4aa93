package io.github.rtmjava.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.rtmjava.bundle.Bundles;
import io.github.rtmjava.checkpoint.Data;
import io.github.rtmjava.converter.ExportFormat;
import io.github.rtmjava.converter.Exports;
import io.github.rtmjava.model.Model;
import io.github.rtmjava.model.ModelSources;
import io.github.rtmjava.model.ModelSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Models of somebody's own: what their files say about themselves is what counts. */
@Timeout(300)
class OwnModelsTest {
  private static final String PICTURE = Path.of("..", "samples", "scene_05.png").toString();
  private static final String EPOCH = "epoch";

  @TempDir Path dir;

  /** The embedded pose model with keypoints of other names, which is all that is changed. */
  private Path renamed() throws IOException {
    Model model = ModelSources.open("default");
    Map<String, Data> names = new LinkedHashMap<>();
    for (int i = 0; i < model.spec().hyper(ModelSpec.KEYPOINTS); i++) {
      names.put(Integer.toString(i), new Data.Text("Punkt " + i));
    }
    Data link = new Data.Items(List.of(new Data.Int(0), new Data.Int(9)));
    Data.Dict dataset =
        new Data.Dict(
            Map.of(
                "dataset_name",
                new Data.Text("My-Figure"),
                "keypoint_id2name",
                new Data.Dict(names),
                "skeleton_links",
                new Data.Items(List.of(link))));
    Data.Dict meta =
        new Data.Dict(
            Map.of(
                "dataset_meta",
                dataset,
                "cfg",
                new Data.Text("max_epochs = 7\n"),
                EPOCH,
                new Data.Int(7)));
    Path file = dir.resolve("own.pth");
    Exports.write(
        file,
        new Model(model.name(), model.spec(), model.weights(), model.provenance(), meta),
        ExportFormat.PTH);
    return file;
  }

  @Test
  void namesAndLinksOfTheFileStandInEveryResult() throws IOException {
    Path bundle = dir.resolve("own.rtm");
    Cli.Outcome converted = Cli.run("convert", renamed().toString(), "-o", bundle.toString());
    assertEquals(0, converted.code(), converted.err());
    Cli.Outcome outcome =
        Cli.run(
            "infer",
            PICTURE,
            "-o",
            dir.toString(),
            "--model",
            bundle.toString(),
            "--detector",
            "default-detector",
            "--save",
            "json,csv,mmpose");
    assertEquals(0, outcome.code(), outcome.err());
    JsonNode json = read(dir.resolve("scene_05.json"));
    assertEquals("My-Figure", json.path("keypoint_set").asText());
    assertTrue(json.toString().contains("Punkt 132"), json.toString());
    assertTrue(Files.readString(dir.resolve("scene_05.csv")).contains("Punkt 7"));

    Path back = dir.resolve("back.pth");
    Cli.Outcome exported = Cli.run("export", bundle.toString(), "-o", back.toString());
    assertEquals(0, exported.code(), exported.err());
    Cli.Outcome inspected = Cli.run("inspect", back.toString(), "--json");
    JsonNode meta = new ObjectMapper().readTree(inspected.out()).path("meta");
    JsonNode dataset = meta.path("dataset_meta");
    assertEquals("My-Figure", dataset.path("dataset_name").asText());
    assertEquals("Punkt 5", dataset.path("keypoint_id2name").path("5").asText());
    assertEquals(5, dataset.path("keypoint_name2id").path("Punkt 5").asInt());
    assertEquals("[[0,9]]", dataset.path("skeleton_links").toString());
    assertFalse(dataset.has("flip_indices"));
    assertEquals(7, meta.path(EPOCH).asInt());
    assertEquals("max_epochs = 7\n", meta.path("cfg").asText());
    Cli.Outcome verified = Cli.run("verify", bundle.toString());
    assertEquals(0, verified.code(), verified.err());
  }

  @Test
  void aDetectorOfSeveralClassesIsAskedForOne() throws IOException {
    Model detector = ModelSources.open("default-detector");
    ModelSpec spec = detector.spec();
    Path game = dir.resolve("game.rtm");
    Bundles.write(
        game,
        new Model(
            "game",
            new ModelSpec(
                spec.architecture(),
                spec.task(),
                spec.input(),
                spec.codec(),
                List.of("player", "ball"),
                spec.hyperParameters()),
            detector.weights(),
            detector.provenance()),
        /* fp16= */ false);
    Cli.Outcome silent = infer(game);
    assertEquals(1, silent.code(), silent.err());
    String message = silent.errLines().get(silent.errLines().size() - 1);
    assertTrue(message.contains("0 player, 1 ball"), message);
    assertFalse(Files.exists(dir.resolve("scene_05.json")));
    for (String choice : List.of("Player", "0", "ball,player")) {
      Cli.Outcome chosen = infer(game, "--classes", choice);
      assertEquals(0, chosen.code(), chosen.err());
      assertTrue(read(dir.resolve("scene_05.json")).path("persons").size() > 0, choice);
    }
    assertEquals(0, infer(game, "--classes", "ball").code());
    assertEquals(0, read(dir.resolve("scene_05.json")).path("persons").size());
  }

  private Cli.Outcome infer(Path detector, String... more) {
    String[] plain = {
      "infer", PICTURE, "-o", dir.toString(), "--detector", detector.toString(), "--save", "json"
    };
    String[] all = new String[plain.length + more.length];
    System.arraycopy(plain, 0, all, 0, plain.length);
    System.arraycopy(more, 0, all, plain.length, more.length);
    return Cli.run(all);
  }

  private static JsonNode read(Path file) throws IOException {
    return new ObjectMapper().readTree(file.toFile());
  }
}
