package io.github.rtmjava.app.save;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Reads JSON of all kinds. */
final class JsonFiles {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final List<String> COCO_PARTS =
      List.of("keypoints", "foot_kpts", "face_kpts", "lefthand_kpts", "righthand_kpts");
  private static final List<String> OPENPOSE_PARTS =
      List.of("pose", "face", "hand_left", "hand_right");

  private JsonFiles() {}

  /** This program's own. */
  static Contents own(Results results) throws IOException {
    if (!results.of().video()) {
      List<Sighting> people = new ArrayList<>();
      own(read(results.file("in.json")).get("persons"), 0, 0, people);
      return new Contents(people, null);
    }
    List<Sighting> raw = lines(results, "in.jsonl").people();
    List<Sighting> smooth = lines(results, "in.smooth.jsonl").people();
    List<Sighting> rest = new ArrayList<>(smooth);
    rest.removeAll(raw);
    assertEquals(smooth.size(), raw.size() + rest.size(), "somebody was found who is not kept");
    assertEquals(
        results.of().filled(), rest.stream().map(Sighting::frame).toList(), "gaps that are filled");
    return lines(results, "in.smooth.jsonl");
  }

  private static Contents lines(Results results, String name) throws IOException {
    List<Sighting> people = new ArrayList<>();
    List<Sighting> frames = new ArrayList<>();
    List<String> lines = results.lines(name);
    for (String line : lines.subList(1, lines.size())) {
      JsonNode frame = MAPPER.readTree(line);
      long index = frame.get("frame").asLong();
      double time = frame.get("time_s").asDouble();
      frames.add(Sighting.of(index, time));
      own(frame.get("persons"), index, time, people);
      for (JsonNode person : frame.get("persons")) {
        boolean filled = name.contains("smooth") && results.of().filled().contains(index);
        assertEquals(filled, person.path("interpolated").asBoolean(false));
      }
    }
    return new Contents(people, frames);
  }

  private static void own(JsonNode persons, long frame, double time, List<Sighting> people) {
    for (JsonNode person : persons) {
      people.add(
          new Sighting(
              person.path("id").asInt(Sighting.NONE),
              frame,
              time,
              person.get("keypoints").size(),
              person.has("keypoints_3d")));
    }
  }

  /** mmpose's, in the form of its inferencer. */
  static Contents mmpose(Results results) throws IOException {
    JsonNode root = read(results.file("in.mmpose.json"));
    return results.of().video() ? mmpose(root, 0) : new Contents(instances(root, 0), null);
  }

  /** mmpose's, in the form of its demos, which count from 1. */
  static Contents mmposeDemo(Results results) throws IOException {
    JsonNode root = read(results.file("in.mmpose-demo.json"));
    JsonNode info = root.get("instance_info");
    Contents contents =
        results.of().video() ? mmpose(info, 1) : new Contents(instances(info, 0), null);
    contents
        .people()
        .forEach(s -> assertEquals(s.points(), root.at("/meta_info/num_keypoints").asInt()));
    return contents;
  }

  private static Contents mmpose(JsonNode list, int first) {
    List<Sighting> people = new ArrayList<>();
    List<Sighting> frames = new ArrayList<>();
    for (JsonNode frame : list) {
      long index = frame.get("frame_id").asLong() - first;
      frames.add(Sighting.of(index, Sighting.NONE));
      people.addAll(instances(frame.get("instances"), index));
    }
    return new Contents(people, frames);
  }

  private static List<Sighting> instances(JsonNode list, long frame) {
    List<Sighting> people = new ArrayList<>();
    for (JsonNode instance : list) {
      int points = instance.get("keypoints").size();
      assertEquals(points, instance.get("keypoint_scores").size());
      int track = instance.path("track_id").asInt(Sighting.NONE);
      boolean space = instance.has("keypoints_3d_camera_m");
      people.add(new Sighting(track, frame, Sighting.NONE, points, space));
    }
    return people;
  }

  /** COCO's; pictures count from 1. */
  static Contents coco(Results results) throws IOException {
    List<Sighting> people = new ArrayList<>();
    for (JsonNode one : read(results.file("in.coco.json"))) {
      int points = 0;
      for (String part : COCO_PARTS) {
        points += one.path(part).size() / 3;
      }
      boolean video = results.of().video();
      assertEquals(video ? "" : "in.png", one.path("file_name").asText());
      long frame = one.get("image_id").asLong() - (video ? 0 : 1);
      int track = one.path("track_id").asInt(Sighting.NONE);
      people.add(new Sighting(track, frame, Sighting.NONE, points, false));
    }
    return new Contents(people, null);
  }

  /** OpenPose's folder. */
  static Contents openPose(Results results) throws IOException {
    List<Sighting> people = new ArrayList<>();
    List<Sighting> frames = new ArrayList<>();
    try (Stream<Path> files = Files.list(results.file("in_json"))) {
      for (Path file : files.sorted().toList()) {
        String number =
            file.getFileName().toString().replaceAll("^in_(\\d{12})_keypoints[.]json$", "$1");
        long index = Long.parseLong(number);
        frames.add(Sighting.of(index, Sighting.NONE));
        for (JsonNode person : read(file).get("people")) {
          int flat = triples(person, "_keypoints_2d", 3);
          int deep = triples(person, "_keypoints_3d", 4);
          assertEquals(deep > 0 ? flat : 0, deep);
          int id = person.at("/person_id/0").asInt();
          people.add(new Sighting(id, index, Sighting.NONE, flat, deep > 0));
        }
      }
    }
    return new Contents(people, frames);
  }

  private static int triples(JsonNode person, String ending, int size) {
    int sum = 0;
    for (String part : OPENPOSE_PARTS) {
      sum += person.get(part + ending).size() / size;
    }
    return sum;
  }

  static JsonNode read(Path file) throws IOException {
    return MAPPER.readTree(file.toFile());
  }

  static JsonNode read(byte[] json) throws IOException {
    return MAPPER.readTree(json);
  }
}
