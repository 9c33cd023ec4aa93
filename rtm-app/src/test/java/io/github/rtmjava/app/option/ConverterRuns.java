package io.github.rtmjava.app.option;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The commands that are the converter's as well. */
final class ConverterRuns {
  private final String detector;
  private final String pose;

  /** The detector in float32, close to it. */
  private final String rough;

  private ConverterRuns(Material material) {
    detector = material.detector().toString();
    pose = material.pose().toString();
    rough = material.rough().toString();
  }

  static List<Table> tables(Material material) {
    ConverterRuns runs = new ConverterRuns(material);
    return List.of(runs.inspect(), runs.convert(), runs.verify(), runs.export(), runs.diff());
  }

  private Table inspect() {
    Table inspect = new Table("inspect");
    Line line = Line.rtm("inspect", detector);
    inspect.option("FILE").between(Line.rtm("inspect", pose), line).says("rtmdet");
    inspect
        .option("--json")
        .on(line)
        .shows(
            (without, with) -> {
              assertTrue(without.out().startsWith("file "), without.said());
              assertTrue(with.printed().isObject(), with.said());
            });
    return inspect;
  }

  private Table convert() {
    Table convert = new Table("convert");
    Line line = Line.rtm("convert", rough, "-o", Line.OUT + "/b.rtm");
    convert.option("FILE").between(line.replacing(rough, pose), line).says("rtmdet");
    convert
        .option("--output")
        .between(line, Line.rtm("convert", rough, "-o", Line.OUT + "/folder"))
        .turns(Run::files, List.of("b.rtm"), List.of("folder"));
    inspected(convert, line, "--fp16")
        .shows(
            (without, with) -> {
              assertFalse(types(without).contains("FLOAT16"), without.out());
              assertTrue(types(with).contains("FLOAT16"), with.out());
              assertTrue(with.bytes("b.rtm").length < 0.7 * without.bytes("b.rtm").length);
            });
    inspected(convert, line, "--input-size", "640x320").says("640");
    convert
        .option("--name", "my-own")
        .on(line, "doctor", "--plan", Line.OUT + "/b.rtm", "--engine", "fake")
        .says("my-own: fake");
    inspected(convert, line, "--bbox-thr", "0.125").says("0.125");
    inspected(convert, line, "--licence", "MIT").says("MIT");
    return convert;
  }

  /** What is told of a bundle that was made without and with an option. */
  private static Table.Pair inspected(Table convert, Line line, String name, String... value) {
    return convert.option(name, value).on(line, "inspect", Line.OUT + "/b.rtm", "--json");
  }

  private static Set<String> types(Run run) throws IOException {
    Set<String> types = new TreeSet<>();
    for (JsonNode tensor : run.printed().path("tensors")) {
      types.add(tensor.path("dtype").asText());
    }
    return types;
  }

  private Table verify() {
    Table verify = new Table("verify");
    Line line = Line.rtm("verify", detector);
    verify
        .option("BUNDLE")
        .between(Line.rtm("verify", pose), line)
        .shows(
            (without, with) -> {
              assertEquals(0, with.code(), with.said());
              assertTrue(without.said().contains("simcc_x"), without.said());
              assertTrue(with.said().contains("cls0"), with.said());
            });
    verify.option("--engine", "fake").on(line).says("good on fake");
    return verify;
  }

  private Table export() {
    Table export = new Table("export");
    Line pth = Line.rtm("export", detector, "-o", Line.OUT + "/a.pth");
    Line safe = Line.rtm("export", detector, "-o", Line.OUT + "/a.safetensors");
    export
        .option("BUNDLE")
        .between(
            Line.rtm("export", pose, "-o", Line.OUT + "/a.pth")
                .then("inspect", Line.OUT + "/a.pth"),
            pth.then("inspect", Line.OUT + "/a.pth"))
        .says("rtmdet");
    export
        .option("--output")
        .between(pth, safe)
        .turns(Run::files, List.of("a.pth"), List.of("a.safetensors"));
    format(export, "pth", safe.replacing(Line.OUT + "/a.safetensors", Line.OUT + "/a"), "PK");
    format(export, "safetensors", pth, "{\"");
    format(export, "samediff", pth, "");
    return export;
  }

  /** The beginning of a file says what it is; that of safetensors after the size of its head. */
  private static void format(Table export, String format, Line line, String beginning) {
    export
        .option("--format", format)
        .on(line)
        .shows(
            (without, with) -> {
              assertEquals(0, with.code(), with.said());
              assertTrue(with.said().contains("as " + format), with.said());
              byte[] bytes = with.bytes(with.files().get(0));
              int from = format.equals("safetensors") ? 8 : 0;
              assertEquals(
                  beginning,
                  new String(bytes, from, beginning.length(), StandardCharsets.US_ASCII));
              if (without.code() == 0) {
                assertNotEquals(-1, Arrays.mismatch(bytes, without.bytes(without.files().get(0))));
              }
            });
  }

  private Table diff() {
    Table diff = new Table("diff");
    Line same = Line.rtm("diff", detector, detector);
    Line others = Line.rtm("diff", rough, Line.OUT + "/half.rtm");
    Line converted = Line.rtm("convert", rough, "-o", Line.OUT + "/half.rtm", "--fp16");
    diff.option("A")
        .between(same, Line.rtm("diff", pose, detector))
        .shows((without, with) -> assertEquals("0 1", without.code() + " " + with.code()));
    diff.option("B")
        .between(same, Line.rtm("diff", detector, pose))
        .shows((without, with) -> assertEquals("0 1", without.code() + " " + with.code()));
    diff.option("--tolerance", "1")
        .between(
            converted.then(words(others)), converted.then(words(others.with("--tolerance", "1"))))
        .shows(
            (without, with) -> {
              assertTrue(without.said().contains("values "), without.said());
              assertTrue(with.said().contains("values of 0 in"), with.said());
            });
    diff.option("--json")
        .on(same)
        .shows(
            (without, with) -> {
              assertTrue(without.out().startsWith("the same: "), without.said());
              assertTrue(with.printed().isObject(), with.said());
            });
    return diff;
  }

  private static String[] words(Line line) {
    return line.last().toArray(String[]::new);
  }
}
