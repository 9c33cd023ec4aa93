package io.github.rtmjava.app.save;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.rtmjava.video.VideoOptions;
import io.github.rtmjava.video.VideoReader;
import io.github.rtmjava.video.VideoSource;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import javax.imageio.ImageIO;

/** Reads what people look at, as far as programs can. */
final class DrawnFiles {
  /** Of the made-up pictures and videos. */
  private static final int SIDE = 64;

  private DrawnFiles() {}

  /** A picture, or a video with a frame for each that was looked at. */
  static Contents overlay(Results results) throws IOException {
    if (!results.of().video()) {
      BufferedImage drawn = image(results, "in.png");
      assertTrue(drawn.getHeight() >= SIDE && drawn.getWidth() >= SIDE);
      return new Contents(List.of(), null);
    }
    VideoSource file = VideoSource.of(results.file("in.mp4").toString());
    try (VideoReader video = VideoReader.open(file, VideoOptions.all())) {
      List<Double> times = video.frames().map(frame -> frame.time()).toList();
      List<Long> frames = results.of().frames();
      assertEquals(frames.size(), times.size());
      List<Sighting> moments = new ArrayList<>();
      for (int i = 0; i < times.size(); i++) {
        moments.add(Sighting.of(frames.get(i), times.get(i) + results.of().time(frames.get(0))));
      }
      return new Contents(List.of(), moments);
    }
  }

  /** All pictures on a page. */
  static Contents sheet(Results results) throws IOException {
    assertTrue(image(results, "sheet_01.png").getWidth() > 0);
    return new Contents(List.of(), null);
  }

  /** A picture for each person. */
  static Contents plot(Results results) throws IOException {
    List<Sighting> people = new ArrayList<>();
    for (int person : results.people(".angles.png")) {
      assertTrue(image(results, "in_" + person + ".angles.png").getWidth() > 0);
      Sighting somewhere = new Sighting(person, Sighting.NONE, Sighting.NONE, Sighting.NONE, false);
      people.addAll(Collections.nCopies(results.of().span(person).size(), somewhere));
    }
    return new Contents(people, null);
  }

  /** The page's list of people, who it says are there for how many frames, and all times. */
  static Contents viewer(Results results) throws IOException {
    String page = Files.readString(results.file("in.html"));
    JsonNode manifest = JsonFiles.read(block(page, "manifest").getBytes(StandardCharsets.UTF_8));
    List<Sighting> frames = times(Base64.getDecoder().decode(block(page, "times")));
    assertEquals(frames.size(), manifest.get("frames").asInt());
    List<Sighting> people = new ArrayList<>();
    for (JsonNode person : manifest.get("people")) {
      int id = person.get("id").asInt();
      int number = results.of().video() ? id : -1 - id;
      List<Long> there = results.of().people().get(number);
      assertNotNull(there, () -> "somebody else: " + id);
      assertEquals(there.size(), person.get("frames").asInt());
      List<Long> within = new ArrayList<>();
      for (JsonNode run : person.get("runs")) {
        for (int i = run.get(0).asInt(); i <= run.get(1).asInt(); i++) {
          within.add(frames.get(i).frame());
        }
      }
      assertTrue(within.containsAll(there), () -> within + " without some of " + there);
      for (long frame : there) {
        people.add(
            new Sighting(
                number,
                frame,
                results.of().time(frame),
                manifest.get("points").size(),
                manifest.get("depth").asBoolean()));
      }
    }
    return new Contents(people, frames);
  }

  private static String block(String page, String id) {
    Matcher block =
        Pattern.compile("<script type=\"[a-z/-]+\" id=\"" + id + "\">([^<]*)</script>")
            .matcher(page);
    assertTrue(block.find(), id);
    return block.group(1);
  }

  /** Seconds, and by how much the number grows, for each frame. */
  private static List<Sighting> times(byte[] deflated) throws IOException {
    byte[] bytes =
        new InflaterInputStream(
                new ByteArrayInputStream(deflated), new Inflater(/* nowrap= */ true))
            .readAllBytes();
    ByteBuffer numbers = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    List<Sighting> frames = new ArrayList<>();
    long index = 0;
    while (numbers.hasRemaining()) {
      double time = numbers.getDouble();
      index += numbers.getInt();
      frames.add(Sighting.of(index, time));
    }
    return frames;
  }

  private static BufferedImage image(Results results, String name) throws IOException {
    BufferedImage image = ImageIO.read(results.file(name).toFile());
    assertNotNull(image, () -> name + " is no picture");
    return image;
  }
}
