package io.github.rtmjava.app.option;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.rtmjava.app.Cli;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** {@code rtm eval}. */
final class EvalRuns {
  private static final String DETECTOR = "fake detector";
  private static final String POSE = "fake pose";

  /** One person in each of two pictures, in the second of which the detector sees two. */
  private final String truth;

  private final Material material;
  private final Table eval = new Table("eval");

  private EvalRuns(Material material) throws IOException {
    this.material = material;
    truth =
        EvalFiles.write(material.folder().resolve("truth.json"), "day.png", "two.png").toString();
  }

  static List<Table> tables(Material material) throws IOException {
    EvalRuns runs = new EvalRuns(material);
    runs.data();
    runs.models();
    runs.people();
    runs.figures();
    EngineRuns.add(
        runs.eval,
        runs.madeUp(),
        Line.rtm("eval", "--annotations", runs.truth, "--images", runs.pictures()));
    WebRuns.add(
        runs.eval,
        Line.rtm(
            "eval",
            "--annotations",
            runs.truth,
            "--images",
            runs.pictures(),
            "--detector",
            material.moved("eval.rtm")));
    return List.of(runs.eval);
  }

  private String pictures() {
    return material.folder().toString();
  }

  /** A line with the made-up models. */
  private Line madeUp() {
    return madeUp("--detector", "fake-detector");
  }

  private Line madeUp(String... boxes) {
    return Line.rtm(
            "eval",
            "--annotations",
            truth,
            "--images",
            pictures(),
            "--model",
            "fake-pose",
            "--engine",
            "fake",
            "--save-results",
            Line.OUT + "/saved.json",
            "--json")
        .with(boxes);
  }

  private void data() throws IOException {
    String samples = material.samples();
    String results = material.folder().resolve("results").toString();
    Cli.Outcome found =
        Cli.run("infer", samples, "-o", results, "--save", "json", "--max-frames", "1");
    assertEquals(0, found.code(), found.err());
    Line all = Line.rtm("eval", "--annotations", samples, "--results", results, "--json");
    String one = results + "/scene_05.json";
    eval.option("--annotations", samples + "/scene_05.json")
        .between(
            all.replacing(results, one),
            all.replacing(results, one).replacing(samples, samples + "/scene_05.json"))
        .turns(run -> run.printed().path("people").asInt(), Material.PEOPLE, 1);
    eval.option("--images")
        .between(Line.rtm("eval", "--annotations", truth), madeUp())
        .shows(
            (without, with) -> {
              assertEquals(2, without.code());
              assertTrue(without.said().contains("--images"), without.said());
              assertEquals(0, with.code(), with.said());
              assertEquals("fake-pose", with.printed().path("model").asText());
            });
    eval.option("--results")
        .between(Line.rtm("eval", "--annotations", samples), all)
        .shows(
            (without, with) -> {
              assertEquals(2, without.code());
              assertTrue(without.said().contains("--results"), without.said());
              assertEquals(0, with.code(), with.said());
              assertEquals(results, with.printed().path("results").asText());
              assertTrue(with.printed().path("predictions").asInt() > 5, with.said());
            });
    eval.option("--keypoints", "coco")
        .on(madeUp())
        .turns(run -> run.printed().path("ap").has("wholebody"), true, false);
    eval.option("--sigmas", "1" + ",1".repeat(132))
        .on(madeUp("--bbox-from", "gt", "--metric", "ap"))
        .turns(run -> run.printed().at("/ap/wholebody/AP").asDouble() > 0.99, false, true);
    eval.option("--max-images", "1")
        .on(all)
        .turns(run -> run.printed().path("images").asInt(), 3, 1);
    for (String metric : List.of("ap", "pck", "mpjpe")) {
      eval.option("--metric", metric)
          .on(all)
          .shows(
              (without, with) -> {
                assertEquals(0, with.code(), with.said());
                List<String> tables = new ArrayList<>(List.of("ap", "pck", "mpjpe"));
                tables.removeIf(table -> !has(with, table));
                assertEquals(List.of(metric), tables);
                assertFalse(has(without, "ap") && has(without, "pck") && has(without, "mpjpe"));
              });
    }
    eval.option("--pck-thr", "0.5")
        .on(all.with("--metric", "pck"))
        .shows(
            (without, with) -> {
              assertEquals(0, with.code(), with.said());
              double strict = without.printed().at("/pck/body/PCK").asDouble();
              double lax = with.printed().at("/pck/body/PCK").asDouble();
              assertTrue(strict < lax && lax > 0.99, strict + " and " + lax);
            });
    eval.option("--json")
        .between(Line.rtm("eval", "--annotations", samples, "--results", results), all)
        .shows(
            (without, with) -> {
              assertTrue(without.out().contains("AP and AR by OKS"), without.said());
              assertTrue(with.out().startsWith("{"), with.said());
              assertTrue(with.printed().path("ap").path("body").has("AP"), with.said());
            });
    eval.option("--save-results")
        .between(all, all.with("--save-results", Line.OUT + "/saved.json"))
        .turns(Run::files, List.of(), List.of("saved.json"));
  }

  private static boolean has(Run run, String table) {
    try {
      return run.printed().has(table);
    } catch (IOException e) {
      return false;
    }
  }

  private void models() {
    Line given = madeUp("--bbox-from", "gt");
    eval.option("--model", "fake-pose")
        .between(
            Line.rtm(
                "eval",
                "--annotations",
                truth,
                "--images",
                pictures(),
                "--engine",
                "fake",
                "--bbox-from",
                "gt",
                "--json"),
            given)
        .turns(run -> run.printed().path("model").asText(), "rtmw3d-t_synth-128x96", "fake-pose");
    Line body =
        Line.of(
            InferModelRuns::offline,
            "eval",
            "--annotations",
            truth,
            "--images",
            pictures(),
            "--model",
            "body",
            "--mode");
    eval.option("--mode", "lightweight")
        .between(body.with("performance"), body.with("lightweight"))
        .says("rtmpose-s");
    eval.option("--detector", "fake-detector")
        .between(given, madeUp())
        .turns(run -> run.images(DETECTOR), 0, 2);
    eval.option("--classes", "ball")
        .on(madeUp().replacing("fake-detector", "fake-game-detector"))
        .turns(run -> run.images(POSE), 0, 3); // one in the first picture, two in the second
    Line flat = given.replacing("fake-pose", "fake-flat-pose");
    eval.option("--flip-test").on(flat).turns(run -> run.images(POSE), 2, 4);
    eval.option("--batch-size", "1")
        .on(madeUp())
        .turns(run -> run.batches(DETECTOR).toString(), "{2=1}", "{1=2}");
  }

  private void people() throws IOException {
    eval.option("--bbox-from", "gt")
        .between(madeUp(), madeUp("--bbox-from", "gt"))
        .turns(run -> run.printed().path("predictions").asInt(), 3, 2);
    eval.option("--bbox-from", "detector")
        .between(
            madeUp("--bbox-from", "gt"),
            madeUp("--bbox-from", "detector", "--detector", "fake-detector"))
        .turns(run -> run.images(DETECTOR), 0, 2);
    String same = "{\"image_id\": 1, \"category_id\": 1, \"bbox\": [16, 8, 32, 48], \"score\": %s}";
    String boxes =
        material.text(
            "boxes.json", "[%s, %s]".formatted(same.formatted("0.9"), same.formatted("0.3")));
    Line twice = madeUp("--bbox-from", boxes, "--nms", "none");
    eval.option("--bbox-from", boxes)
        .between(madeUp("--bbox-from", "gt"), twice)
        .shows(
            (without, with) -> {
              assertEquals(0, with.code(), with.said());
              JsonNode saved = with.json("saved.json");
              assertEquals(2, saved.size());
              double ratio = saved.at("/0/score").asDouble() / saved.at("/1/score").asDouble();
              assertEquals(3, ratio, 1e-3, "as the boxes' scores");
            });
    eval.option("--bbox-thr", "0.9")
        .on(madeUp())
        .turns(run -> run.printed().path("predictions").asInt(), 3, 2);
    eval.option("--bbox-thr", "0.5")
        .on(twice)
        .turns(run -> run.printed().path("predictions").asInt(), 2, 1);
    eval.option("--nms", "oks")
        .between(twice, madeUp("--bbox-from", boxes, "--nms", "oks"))
        .turns(run -> run.printed().path("predictions").asInt(), 2, 1);
    eval.option("--nms", "none")
        .between(madeUp("--bbox-from", boxes), twice)
        .turns(run -> run.printed().path("predictions").asInt(), 1, 2);
  }

  private void figures() {
    // The detector is sure by 1 / (1 + exp(-3)), the keypoints by 1 - k / 1000.
    double box = 1 / (1 + Math.exp(-3));
    double keypoints = 0.934;
    Line usual = madeUp();
    score("bbox", usual, box);
    score("keypoint", usual, keypoints);
    score("bbox_keypoint", usual.with("--score", "bbox"), box * keypoints);
  }

  private void score(String mode, Line without, double expected) {
    Line with =
        without.last().contains("--score")
            ? without.replacing("bbox", mode)
            : without.with("--score", mode);
    eval.option("--score", mode)
        .between(without, with)
        .shows(
            (first, second) -> {
              assertEquals(0, second.code(), second.said());
              assertEquals(expected, best(second), 1e-3);
              assertTrue(Math.abs(best(first) - expected) > 0.01, "as without");
            });
  }

  private static double best(Run run) throws IOException {
    double best = 0;
    for (JsonNode person : run.json("saved.json")) {
      best = Math.max(best, person.path("score").asDouble());
    }
    return best;
  }
}
