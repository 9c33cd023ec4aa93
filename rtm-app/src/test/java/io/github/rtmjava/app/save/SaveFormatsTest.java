package io.github.rtmjava.app.save;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.github.rtmjava.app.Cli;
import io.github.rtmjava.output.format.PoseFormat;
import io.github.rtmjava.output.format.PoseFormats;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every format of {@code --save}, of every kind of model, whatever is looked at. */
@Timeout(60)
class SaveFormatsTest {
  private static final Map<String, Format> FORMATS = Format.all();

  @TempDir Path dir;

  @Test
  void everyFormatIsInTheTable() {
    Set<String> all = new TreeSet<>(List.of("json", "overlay", "viewer", "sheet"));
    PoseFormats.all().stream().map(PoseFormat::id).forEach(all::add);
    assertEquals(all, FORMATS.keySet());
  }

  static Stream<Arguments> runs() {
    List<Arguments> runs = new ArrayList<>();
    for (String format : FORMATS.keySet()) {
      for (Situation situation : Situation.all()) {
        runs.add(Arguments.of(format, Kind.WHOLE, situation));
      }
      for (Kind kind : Kind.others()) {
        for (Situation situation :
            List.of(Situation.TWO_IN_A_PICTURE, Situation.PARTS_OF_A_VIDEO)) {
          runs.add(Arguments.of(format, kind, situation));
        }
      }
    }
    return runs.stream();
  }

  @ParameterizedTest(name = "{0}, {1}, {2}")
  @MethodSource("runs")
  void holdsWhoIsThere(String name, Kind kind, Situation situation) throws IOException {
    Format format = FORMATS.get(name);
    Results results = new Results(dir.resolve("out"), situation);
    Cli.Outcome outcome = infer(name, kind, situation);
    String refusal = format.refusal(name, kind, situation);
    if (!refusal.isEmpty()) {
      assertNotEquals(0, outcome.code());
      assertEquals(
          List.of("rtm: " + refusal),
          outcome.errLines().stream().filter(line -> !line.startsWith("Try ")).toList());
      assertEquals(List.of(), results.names());
      return;
    }
    assertEquals(0, outcome.code(), outcome.err());
    assertEquals(format.files(situation), results.names());
    assertEquals(wrote(format, situation), outcome.out().lines().toList());
    if (!results.names().isEmpty()) {
      assertHolds(format, kind, situation, format.reader().read(results));
    }
  }

  private static void assertHolds(
      Format format, Kind kind, Situation situation, Contents contents) {
    Set<Says> says = format.says(situation);
    int points = format.points().applyAsInt(kind);
    List<Sighting> expected =
        says.contains(Says.ABSENCE)
            ? situation.sightings(points, kind.space())
            : situation.throughout(points, kind.space());
    if (says.contains(Says.POINTS) || says.contains(Says.PERSON)) {
      assertEquals(only(expected, says), only(contents.people(), says));
    }
    if (contents.frames() != null) {
      Set<Says> moment = new TreeSet<>(says);
      moment.retainAll(Set.of(Says.FRAME, Says.TIME));
      assertEquals(only(situation.moments(), moment), only(contents.frames(), moment));
    }
  }

  private static List<Sighting> only(Collection<Sighting> all, Set<Says> says) {
    return all.stream().map(one -> one.only(says)).sorted(Sighting.ORDER).toList();
  }

  /** The line that names all files, and nothing else. */
  private List<String> wrote(Format format, Situation situation) {
    List<String> files = format.files(situation);
    if (files.isEmpty()) {
      return List.of();
    }
    Path out = dir.resolve("out");
    String named =
        files.equals(List.of("sheet_01.png"))
            ? "a sheet to " + out
            : String.join(" and ", files.stream().map(f -> out.resolve(f).toString()).toList());
    int people = situation.people().size();
    String found = people == 1 ? "1 person" : people + " people";
    String frames = situation.video() ? " in " + situation.frames().size() + " frames" : "";
    return List.of("wrote " + named + ": " + found + frames);
  }

  private Cli.Outcome infer(String format, Kind kind, Situation situation) throws IOException {
    List<String> words = new ArrayList<>(List.of("infer"));
    words.add(situation.write(dir).toString());
    words.addAll(List.of("-o", dir.resolve("out").toString(), "--save", format));
    words.addAll(List.of("--model", kind.name(), "--detector", "fake-detector"));
    words.addAll(List.of("--engine", "fake"));
    words.addAll(situation.flags());
    return Cli.run(words.toArray(String[]::new));
  }
}
