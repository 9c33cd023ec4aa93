package io.github.rtmjava.output.viewer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.rtmjava.files.PublicName;
import io.github.rtmjava.pose.PersonPose;
import io.github.rtmjava.pose.PoseFrame;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ViewerWriterTest {
  private static final List<String> PIECES =
      List.of(
          "</script>",
          "<script>",
          "pwned=1",
          "<!--",
          "-->",
          "<img src=x onerror=pwned=1>",
          "\"",
          "'",
          "&lt;",
          "&",
          "{{modules}}",
          "{{nonce}}",
          "{{blocks}}",
          "{{title}}",
          "${pwned=1}",
          "`",
          "\\",
          "\u2028",
          "\u0000",
          "\n",
          "</title>",
          "]]>",
          "\ud83d\ude00",
          "\ud83d",
          "é",
          "walk.mp4",
          "%3C",
          "$1");

  @TempDir Path folder;

  @Test
  void aPageAppearsOnlyWhenItIsFinished() throws IOException {
    Path target = folder.resolve("walk.html");
    try (ViewerWriter writer =
        new ViewerWriter(Pages.recording("walk.mp4", 2), target, ViewerOptions.defaults())) {
      writer.write(Pages.frame(0, 1));
      assertFalse(Files.exists(target));
    }
    try (Stream<Path> left = Files.list(folder)) {
      assertEquals(List.of(), left.toList());
    }
  }

  @Test
  void nothingButThePageIsLeft() throws IOException {
    Path target = Pages.write(folder.resolve("walk.html"), "walk.mp4", 300, 2);
    try (Stream<Path> left = Files.list(folder)) {
      assertEquals(List.of(target), left.toList());
    }
  }

  @Test
  void chunksAndPeopleAreCounted() throws IOException {
    String html = html("walk.mp4", 513);
    JsonNode manifest = manifest(html);
    assertEquals(513, manifest.get("frames").intValue());
    assertEquals(513, manifest.get("people").get(0).get("frames").intValue());
    assertEquals("[[0,512]]", manifest.get("people").get(0).get("runs").toString());
    assertTrue(html.contains("id=\"pose-2\"") && !html.contains("id=\"pose-3\""));
  }

  /** A camera that looks downwards does not let people hover over the page's floor. */
  @Test
  void peopleStandOnTheFloorThatTheirFeetShow() throws IOException {
    Path target = folder.resolve("inclined.html");
    double pitch = Math.toRadians(15);
    PoseFrame last = Pages.frame(39, 3);
    try (ViewerWriter writer =
        new ViewerWriter(Pages.recording("inclined.mp4", 40), target, ViewerOptions.defaults())) {
      for (int i = 0; i < 40; i++) {
        last = inclined(Pages.frame(i, 3), pitch);
        writer.write(last);
      }
      writer.finish();
    }
    JsonNode manifest = manifest(Files.readString(target));
    assertEquals(0, manifest.get("floor").doubleValue());
    for (PersonPose person : last.result().persons()) {
      float[] heel = person.keypoints3d()[Pages.SET.indexOf("left_heel")];
      float[] nose = person.keypoints3d()[0];
      assertEquals(0.0, height(manifest, heel), 0.06);
      assertEquals(1.6, height(manifest, nose), 0.06);
    }
    assertTrue(manifest.get("note").textValue().contains("stands on the floor"));
    assertTrue(manifest.get("camera").get("position").get(1).doubleValue() > 1);
  }

  /** As a camera sees it that looks downwards by so much. */
  private static PoseFrame inclined(PoseFrame frame, double pitch) {
    List<PersonPose> persons = new ArrayList<>();
    for (PersonPose person : frame.result().persons()) {
      float[][] xyz = person.keypoints3d();
      for (float[] p : xyz) {
        double y = p[1] * Math.cos(pitch) - p[2] * Math.sin(pitch);
        double z = p[1] * Math.sin(pitch) + p[2] * Math.cos(pitch);
        p[1] = (float) y;
        p[2] = (float) z;
      }
      persons.add(person.withKeypoints3d(xyz));
    }
    return frame.with(frame.result().with(persons));
  }

  private static double height(JsonNode manifest, float[] point) {
    double height = manifest.get("origin").get(1).doubleValue();
    for (int axis = 0; axis < 3; axis++) {
      height += manifest.get("axes").get(1).get(axis).doubleValue() * point[axis];
    }
    return height;
  }

  @Test
  void theLicenceOfThreeIsInThePage() throws IOException {
    assertTrue(html("walk.mp4", 1).contains("Permission is hereby granted, free of charge"));
  }

  @Test
  void noNameBecomesMarkup() throws IOException {
    Random random = new Random(7);
    String harmless = skeleton(html("walk.mp4", 1));
    for (int i = 0; i < 60; i++) {
      StringBuilder name = new StringBuilder();
      for (int n = 1 + random.nextInt(5); n > 0; n--) {
        name.append(PIECES.get(random.nextInt(PIECES.size())));
      }
      String html = html(name.toString(), 1);
      assertEquals(harmless, skeleton(html), () -> "name " + name);
      assertEquals(PublicName.of(name.toString()), manifest(html).get("source").textValue());
    }
  }

  @Test
  void mediaAreFoundFromThePage() {
    Path page = folder.resolve("out").resolve("walk.html");
    Path video = folder.resolve("a b#c%?.mp4");
    assertEquals(new ViewerMedia.Video("./../a%20b%23c%25%3F.mp4"), ViewerMedia.video(page, video));
  }

  @Test
  void onlyPicturesThatBrowsersShowAreInlined() {
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class, () -> ViewerMedia.inline("<svg/>".getBytes(UTF_8)));
    assertTrue(refused.getMessage().contains("PNG"), refused.getMessage());
  }

  private String html(String name, int frames) throws IOException {
    return Files.readString(Pages.write(folder.resolve("page.html"), name, frames, 1));
  }

  private static JsonNode manifest(String html) throws IOException {
    Matcher matcher = Pattern.compile("id=\"manifest\">([^<]*)</script>").matcher(html);
    assertTrue(matcher.find());
    return new ObjectMapper().readTree(matcher.group(1));
  }

  /** All markup, which no name may change but for the nonce that is made of it. */
  private static String skeleton(String html) {
    String head =
        html.substring(0, html.indexOf("<script type=\"importmap\""))
            .replaceAll("'nonce-[^']*'", "");
    StringBuilder tags = new StringBuilder();
    Matcher matcher = Pattern.compile("<[^>]*>").matcher(head);
    while (matcher.find()) {
      tags.append(matcher.group());
    }
    return tags.toString();
  }
}
