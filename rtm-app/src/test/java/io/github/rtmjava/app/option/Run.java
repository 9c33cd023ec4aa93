package io.github.rtmjava.app.option;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.rtmjava.app.Cli;
import io.github.rtmjava.app.FakeEngine;
import java.awt.image.BufferedImage;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import javax.imageio.ImageIO;

/**
 * What a {@link Line} left behind.
 *
 * @param outcome of its last command
 * @param folder its own
 * @param uses of the made-up networks
 */
record Run(Cli.Outcome outcome, Path folder, List<FakeEngine.Use> uses) {
  private static final ObjectMapper JSON = new ObjectMapper();

  int code() {
    return outcome.code();
  }

  String out() {
    return outcome.out();
  }

  /** Everything it said. */
  String said() {
    return outcome.out() + outcome.err();
  }

  /** What it printed, as JSON. */
  JsonNode printed() throws IOException {
    return JSON.readTree(outcome.out());
  }

  /** Names of the files and folders in its folder. */
  List<String> files() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  Path file(String name) {
    return folder.resolve(name);
  }

  byte[] bytes(String name) throws IOException {
    return Files.readAllBytes(file(name));
  }

  JsonNode json(String name) throws IOException {
    return JSON.readTree(file(name).toFile());
  }

  BufferedImage image(String name) throws IOException {
    BufferedImage image = ImageIO.read(file(name).toFile());
    if (image == null) {
      throw new IOException(name + " is no picture");
    }
    return image;
  }

  /** Its one picture's JSON. */
  JsonNode picture() throws IOException {
    return json(only(".json"));
  }

  /** The people of its one picture. */
  JsonNode persons() throws IOException {
    return picture().path("persons");
  }

  /** How many people are in its one picture. */
  int people() throws IOException {
    return persons().size();
  }

  /** The numbers of an array of JSON. */
  static double[] numbers(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false)
        .mapToDouble(JsonNode::asDouble)
        .toArray();
  }

  /** The first person's box in its one picture, rounded. */
  List<Long> box() throws IOException {
    return Arrays.stream(numbers(persons().path(0).path("bbox"))).mapToObj(Math::round).toList();
  }

  /** Where a keypoint of the first person in its one picture lies. */
  double[] keypoint(int index) throws IOException {
    return numbers(persons().path(0).path("keypoints").path(index));
  }

  /** Where a keypoint of the first person in its one picture lies in space. */
  double[] keypoint3d(int index) throws IOException {
    return numbers(persons().path(0).path("keypoints_3d").path(index));
  }

  /** How many images went through a made-up network. */
  int images(String network) {
    return runs(network).mapToInt(FakeEngine.Use::count).sum();
  }

  /** How many batches of each size went through a made-up network. */
  Map<Integer, Long> batches(String network) {
    return runs(network)
        .collect(Collectors.groupingBy(FakeEngine.Use::count, Collectors.counting()));
  }

  private Stream<FakeEngine.Use> runs(String network) {
    return uses.stream()
        .filter(use -> use.act() == FakeEngine.Act.RUN && use.network().equals(network));
  }

  /** The lines of its one video as they came: a head, and one for each frame. */
  List<JsonNode> lines() throws IOException {
    List<String> names =
        files().stream()
            .filter(name -> name.endsWith(".jsonl") && !name.endsWith(".smooth.jsonl"))
            .toList();
    return lines(names.get(0));
  }

  /** The lines of its one video as they were made in the end. */
  List<JsonNode> smoothLines() throws IOException {
    return lines(only(".smooth.jsonl"));
  }

  private List<JsonNode> lines(String name) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : Files.readAllLines(file(name))) {
      lines.add(JSON.readTree(line));
    }
    return lines;
  }

  private String only(String ending) throws IOException {
    List<String> found = files().stream().filter(name -> name.endsWith(ending)).toList();
    if (found.size() != 1) {
      throw new FileNotFoundException(
          "expected one file %s, found %s; the command said: %s"
              .formatted(ending, files(), said()));
    }
    return found.get(0);
  }
}
