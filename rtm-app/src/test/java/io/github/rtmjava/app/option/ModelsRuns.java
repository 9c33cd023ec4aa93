package io.github.rtmjava.app.option;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.app.Cli;
import io.github.rtmjava.model.Task;
import io.github.rtmjava.models.Zoo;
import io.github.rtmjava.models.ZooEntry;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code rtm models}: the official list as it is, and fetching from a zoo of two made-up files. */
final class ModelsRuns {
  private static final Set<String> FIRST = Set.of("first");
  private static final Set<String> SECOND = Set.of("second");

  private final Material material;
  private final byte[] detector;
  private final Line.Program zoo;

  private ModelsRuns(Material material) throws IOException {
    this.material = material;
    detector = Files.readAllBytes(material.detector());
    List<ZooEntry> entries =
        List.of(entry("first", Task.DETECTION, null), entry("second", Task.POSE_2D, "coco"));
    zoo = (folder, words) -> run(entries, folder, words);
  }

  static List<Table> tables(Material material) throws IOException {
    ModelsRuns runs = new ModelsRuns(material);
    return List.of(runs.list(), runs.info(), runs.path(), runs.pull(), runs.verify(), runs.prune());
  }

  /** The cache is the folder of the run. */
  private static Cli.Outcome run(List<ZooEntry> entries, Path cache, String... words) {
    return Cli.run(Zoo.of(entries, List.of(), cache), words);
  }

  private Table list() {
    Table list = new Table("models list");
    Line table = Line.rtm("models", "list");
    for (String task :
        List.of(
            "detection",
            "body17",
            "body14",
            "body26",
            "hand",
            "face",
            "wholebody",
            "wholebody3d",
            "hand3d")) {
      task(list, table, task, task);
    }
    task(list, table, "body", "body17", "body14", "body26");
    task(list, table, "pose_2d", "body17", "body14", "body26", "hand", "face", "wholebody");
    task(list, table, "pose_3d", "wholebody3d", "hand3d");
    list.option("--aliases")
        .on(table)
        .shows(
            (without, with) -> {
              assertTrue(without.out().startsWith("NAME "), without.said());
              assertTrue(with.out().startsWith("NAMES "), with.said());
              assertTrue(with.out().contains("wholebody:lightweight"), with.said());
            });
    list.option("--json")
        .on(table)
        .shows(
            (without, with) -> {
              assertTrue(without.out().startsWith("NAME "), without.said());
              assertTrue(with.printed().size() > 30, with.said());
            });
    return list;
  }

  private static void task(Table list, Line table, String task, String... groups) {
    list.option("--task", task)
        .on(table)
        .shows(
            (without, with) -> {
              assertEquals(0, with.code(), with.said());
              assertEquals(Set.of(groups), groups(with));
              assertTrue(groups(without).size() > groups.length, without.said());
            });
  }

  /** The words in the headings of a list of models. */
  private static Set<String> groups(Run run) {
    return Pattern.compile("(?m)\\((\\w+)\\)$")
        .matcher(run.out())
        .results()
        .map(found -> found.group(1))
        .collect(Collectors.toSet());
  }

  private Table info() {
    Table info = new Table("models info");
    Line line = Line.rtm("models", "info", "rtmw3d-l");
    info.option("NAME").between(Line.rtm("models", "info", "rtmdet-m"), line).says("rtmw3d-l");
    info.option("--json")
        .on(line)
        .shows(
            (without, with) -> {
              assertTrue(without.out().startsWith("name "), without.said());
              assertEquals("rtmw3d-l", with.printed().path("name").asText());
            });
    return info;
  }

  private Line zoo(String... words) {
    return Line.of(zoo, models(words));
  }

  private static String[] models(String... words) {
    return Stream.concat(Stream.of("models"), Stream.of(words)).toArray(String[]::new);
  }

  private Table path() {
    Table path = new Table("models path");
    path.option("NAME")
        .between(zoo("path"), zoo("pull", "first").then(models("path", "first")))
        .shows(
            (without, with) -> {
              assertEquals(without.folder().toString(), without.out().strip());
              assertTrue(Files.exists(Path.of(with.out().strip())), with.said());
              assertTrue(with.out().contains("first"), with.said());
            });
    return path;
  }

  private Table pull() {
    Table pull = new Table("models pull");
    Line first = zoo("pull", "first");
    pull.option("NAME").between(zoo("pull", "second"), first).turns(this::cached, SECOND, FIRST);
    Line all = zoo("pull", "--all");
    Set<String> both = Set.of("first", "second");
    pull.option("--all").between(first, all).turns(this::cached, FIRST, both);
    pull.option("--task", "detection").on(all).turns(this::cached, both, FIRST);
    pull.option("--dest", Line.OUT + "/stick")
        .on(first)
        .shows(
            (without, with) -> {
              assertEquals(0, with.code(), with.said());
              assertEquals(Set.of(), cached(with));
              assertEquals(-1, Arrays.mismatch(detector, with.bytes("stick/first.pth")));
            });
    pull.option("--from-file", material.detector().toString())
        .between(
            zoo("pull", "no-such-name"),
            zoo("pull", "first", "--from-file", material.detector().toString()))
        .shows(
            (without, with) -> {
              assertEquals(1, without.code());
              assertEquals(0, with.code(), with.said());
              assertEquals(FIRST, cached(with));
            });
    WebRuns.add(pull, zoo("pull", material.moved("pull.rtm")));
    return pull;
  }

  private Table verify() {
    Table verify = new Table("models verify");
    Line both = zoo("pull", "first", "second");
    verify
        .option("NAME")
        .between(both.then(models("verify")), both.then(models("verify", "second")))
        .turns(run -> run.out().lines().count(), 2L, 1L);
    verify
        .option("--json")
        .between(both.then(models("verify")), both.then(models("verify", "--json")))
        .shows(
            (without, with) -> {
              assertFalse(without.out().startsWith("["), without.said());
              assertEquals(2, with.printed().size());
              assertTrue(with.printed().path(0).path("good").asBoolean(), with.said());
            });
    return verify;
  }

  private Table prune() {
    Table prune = new Table("models prune");
    Line both = zoo("pull", "first", "second");
    prune
        .option("NAME")
        .between(both.then(models("prune")), both.then(models("prune", "first")))
        .turns(this::cached, Set.of("first", "second"), SECOND);
    prune
        .option("--all")
        .between(both.then(models("prune")), both.then(models("prune", "--all")))
        .turns(this::cached, Set.of("first", "second"), Set.of());
    prune
        .option("--dry-run")
        .between(
            both.then(models("prune", "--all")), both.then(models("prune", "--all", "--dry-run")))
        .turns(this::cached, Set.of(), Set.of("first", "second"));
    return prune;
  }

  /** Which models are in the cache of a run. */
  private Set<String> cached(Run run) {
    Set<String> there = new TreeSet<>();
    for (String name : List.of("first", "second")) {
      if (zoo.run(run.folder(), models("path", name)).code() == 0) {
        there.add(name);
      }
    }
    return there;
  }

  private ZooEntry entry(String name, Task task, @Nullable String keypoints) {
    return new ZooEntry(
        name,
        List.of(),
        List.of(),
        "rtmdet",
        task,
        keypoints,
        "rendered people",
        new ZooEntry.Size(320, 320),
        name + ".pth",
        List.of(URI.create(material.address(name + ".pth"))),
        4,
        sha256(detector),
        "Apache-2.0",
        List.of(),
        null,
        0.3f);
  }

  private static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
