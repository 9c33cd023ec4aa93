package io.github.rtmjava.output.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.geometry.Frame3d;
import io.github.rtmjava.pose.KeypointSet;
import io.github.rtmjava.pose.PersonPose;
import io.github.rtmjava.pose.PoseFrame;
import io.github.rtmjava.pose.Recording;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PoseFormatsTest {
  private static final KeypointSet BODY = KeypointSet.of("coco", 17);

  @TempDir Path folder;

  static Stream<String> ids() {
    return PoseFormats.all().stream().map(PoseFormat::id);
  }

  @ParameterizedTest
  @MethodSource("ids")
  void whatIsNotFinishedLeavesNothing(String id) throws IOException {
    Recording recording = Recordings.recording(Recordings.WHOLE);
    try (PoseWriter writer = PoseFormats.of(id).open(recording, folder, "walk")) {
      for (PoseFrame frame : Recordings.random(recording, 3)) {
        writer.write(frame);
      }
    }
    assertEquals(List.of(), files());
  }

  @ParameterizedTest
  @MethodSource("ids")
  void aRecordingOfNobodyIsFinished(String id) throws IOException {
    Recording recording = Recordings.recording(Recordings.WHOLE);

    Recordings.write(id, recording, List.of(Recordings.frame(recording, 0, 0, List.of())), folder);

    assertTrue(files().stream().allMatch(name -> name.startsWith("walk")), files()::toString);
  }

  @ParameterizedTest
  @MethodSource("ids")
  void peopleWhomNobodyFollowedAreNumberedByTheirPlace(String id) throws IOException {
    Recording picture =
        new Recording(
            "a.jpg",
            640,
            480,
            0,
            1,
            "tiny",
            Frame3d.CAMERA,
            Recordings.WHOLE,
            Recordings.recording(BODY).camera());
    List<PersonPose> two =
        List.of(
            Recordings.person(picture, new Random(1)), Recordings.person(picture, new Random(2)));

    Recordings.write(id, picture, List.of(Recordings.frame(picture, 0, 0, two)), folder);

    List<String> expected =
        PoseFormats.of(id).files("walk").contains("<id>")
            ? Stream.of("0", "1")
                .map(n -> PoseFormats.of(id).files("walk").replace("<id>", n))
                .toList()
            : List.of(PoseFormats.of(id).files("walk").replaceFirst("/.*", ""));
    assertEquals(expected, files());
  }

  @Test
  void formatsOf3dRefuseModelsWithoutDepthBeforeTheyBegin() {
    Recording flat = Recordings.flat(BODY);

    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                PoseFormats.open(
                    List.of(PoseFormats.of("csv"), PoseFormats.of("trc")), flat, folder, "walk"));

    assertEquals(
        "trc holds 3D keypoints, which the model flat does not give; take a model with depth, or"
            + " another format, for example csv",
        refused.getMessage());
  }

  @Test
  void formatsOf3dRefusePixelsAndDepth() {
    Recording hands = new Recording("a.mp4", 64, 48, 25, 0, "hands", Frame3d.UVD, BODY, null);
    assertTrue(PoseFormats.of("trc").requirement(hands).orElseThrow().contains("uvd"));
  }

  @Test
  void unknownNamesAreAnsweredWithTheKnownOnes() {
    IllegalArgumentException unknown =
        assertThrows(IllegalArgumentException.class, () -> PoseFormats.of("docx"));
    assertTrue(unknown.getMessage().contains("csv, csv-wide,"), unknown.getMessage());
  }

  @Test
  void theOthersGoOnWhereOneFails() throws IOException {
    Recording recording = Recordings.flat(BODY);
    float[][] points = new float[17][2];
    points[0][0] = Float.NaN;
    PersonPose sound = Recordings.person(recording, new Random(1)).withId(1);
    PersonPose broken =
        new PersonPose(sound.bbox(), 1, points, new float[0][], sound.scores()).withId(1);
    try (PoseWriter writer =
        PoseFormats.open(
            List.of(PoseFormats.of("coco"), PoseFormats.of("csv")), recording, folder, "walk")) {
      writer.write(Recordings.frame(recording, 0, 0, List.of(sound)));
      writer.write(Recordings.frame(recording, 1, 1, List.of(broken)));
      writer.write(Recordings.frame(recording, 2, 2, List.of(sound)));
      assertThrows(IOException.class, writer::finish);
    }
    assertEquals(List.of("walk.csv"), files());
    assertEquals(1 + 3 * 17, Files.readAllLines(folder.resolve("walk.csv")).size());
  }

  @Test
  void formatsThatNeedTheWholeKeepItsFramesOnce() throws IOException {
    List<String> ids = List.of("trc", "c3d", "npz", "mot", "bvh", "glb");
    Recording recording = Recordings.recording(Recordings.WHOLE);
    List<PoseFrame> frames = Recordings.random(recording, 3);
    try (PoseWriter writer =
        PoseFormats.open(ids.stream().map(PoseFormats::of).toList(), recording, folder, "walk")) {
      for (PoseFrame frame : frames) {
        writer.write(frame);
      }
      assertEquals(1, files().stream().filter(name -> name.endsWith(".part")).count());
      writer.finish();
    }
    List<String> together = files();

    Path alone = Files.createDirectory(folder.resolve("alone"));
    for (String id : ids) {
      Recordings.write(id, recording, frames, alone);
    }
    try (Stream<Path> files = Files.list(alone)) {
      assertEquals(together, files.map(file -> file.getFileName().toString()).sorted().toList());
    }
    for (String name : together) {
      assertEquals(-1, Files.mismatch(folder.resolve(name), alone.resolve(name)), name);
    }
  }

  @Test
  void theOthersThatShareTheFramesGoOnWhereOneFails() throws IOException {
    Recording recording = Recordings.recording(Recordings.WHOLE);
    Files.createDirectories(folder.resolve("walk.npz/of the user"));
    try (PoseWriter writer =
        PoseFormats.open(
            List.of(PoseFormats.of("npz"), PoseFormats.of("glb")), recording, folder, "walk")) {
      for (PoseFrame frame : Recordings.random(recording, 3)) {
        writer.write(frame);
      }
      assertThrows(IOException.class, writer::finish);
      assertEquals(List.of(folder.resolve("walk.glb")), writer.written());
    }
    assertEquals(List.of("walk.glb", "walk.npz"), files());
  }

  @Test
  void numbersOfPeopleAreNeverTheSameTwice() {
    Recording recording = Recordings.recording(BODY);
    PersonPose person = Recordings.person(recording, new Random(1));

    int[] numbers =
        PersonNumbers.of(
            Recordings.frame(
                    recording,
                    0,
                    0,
                    List.of(person, person.withId(3), person, person.withId(2), person))
                .result());

    assertEquals(List.of(0, 3, 4, 2, 5), Arrays.stream(numbers).boxed().toList());
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
