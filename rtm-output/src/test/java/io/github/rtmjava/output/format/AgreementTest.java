package io.github.rtmjava.output.format;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.rtmjava.output.format.json.MmposeReader;
import io.github.rtmjava.output.format.mocap.BvhReader;
import io.github.rtmjava.output.format.mocap.C3dReader;
import io.github.rtmjava.output.format.mocap.Directions;
import io.github.rtmjava.output.format.mocap.GlbReader;
import io.github.rtmjava.output.format.mocap.TrcReader;
import io.github.rtmjava.output.format.table.NpzFileTest;
import io.github.rtmjava.output.format.table.Table;
import io.github.rtmjava.pose.KeypointSet;
import io.github.rtmjava.pose.PersonPose;
import io.github.rtmjava.pose.PoseFrame;
import io.github.rtmjava.pose.Recording;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random recordings, read again by readers of our own, after the changes that the formats state.
 */
class AgreementTest {
  private static final int RECORDINGS = 20;

  @TempDir Path folder;

  static IntStream seeds() {
    return IntStream.range(0, RECORDINGS);
  }

  private Recording given(int seed) {
    return Recordings.recording(
        switch (seed % 3) {
          case 0 -> Recordings.WHOLE;
          case 1 -> KeypointSet.of("halpe26", 26);
          default -> KeypointSet.of("coco", 17);
        });
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void mmpose(int seed) throws IOException {
    Recording recording = given(seed);
    List<PoseFrame> frames = Recordings.random(recording, seed);
    Recordings.write("mmpose", recording, frames, folder);

    MmposeReader read = MmposeReader.inferencer(folder.resolve("walk.mmpose.json"));

    Poses.flat(frames).assertSameAs(read.flat(), 0);
    Poses.deep(frames).assertSameAs(read.deep(), 0);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void mmposeDemo(int seed) throws IOException {
    Recording recording = given(seed);
    List<PoseFrame> frames = Recordings.random(recording, seed);
    Recordings.write("mmpose-demo", recording, frames, folder);

    MmposeReader read = MmposeReader.demo(folder.resolve("walk.mmpose-demo.json"));

    Poses.flat(frames).assertSameAs(read.flat(), 0);
    Poses.deep(frames).assertSameAs(read.deep(), 0);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void csv(int seed) throws IOException {
    Recording recording = given(seed);
    List<PoseFrame> frames = Recordings.random(recording, seed);
    Recordings.write("csv", recording, frames, folder);

    Table table = Table.read(folder.resolve("walk.csv"), ",");

    Poses.flat(frames).assertSameAs(table.poses(recording.keypointSet(), "x_px", "y_px"), 0);
    Poses.deep(frames)
        .assertSameAs(
            table.poses(recording.keypointSet(), "x_camera_m", "y_camera_m", "z_camera_m"), 0);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void csvWide(int seed) throws IOException {
    Recording recording = given(seed);
    List<PoseFrame> frames = Recordings.random(recording, seed);
    Recordings.write("csv-wide", recording, frames, folder);

    Table table = Table.read(folder.resolve("walk.wide.csv"), ",");

    Poses.flat(frames).assertSameAs(table.widePoses(recording.keypointSet(), "x_px", "y_px"), 0);
    Poses.deep(frames)
        .assertSameAs(
            table.widePoses(recording.keypointSet(), "x_camera_m", "y_camera_m", "z_camera_m"), 0);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void trc(int seed) throws IOException {
    Recording recording = given(seed);
    List<PoseFrame> frames = Recordings.random(recording, seed);
    Recordings.write("trc", recording, frames, folder);

    Poses read = TrcReader.readAll(folder, frames);

    Poses.found(frames).assertSameAs(read.turned(), 1e-6);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void c3d(int seed) throws IOException {
    Recording recording = given(seed);
    List<PoseFrame> frames = Recordings.random(recording, seed);
    Recordings.write("c3d", recording, frames, folder);

    Poses read = new Poses();
    for (int id : Recordings.ids(frames)) {
      C3dReader c3d = new C3dReader(folder.resolve("walk_" + id + ".c3d"));
      int first = Recordings.first(frames, id);
      assertEquals(frames.get(first).index() + 1, c3d.first());
      for (int i = 0; i <= c3d.last() - c3d.first(); i++) {
        double[][] points = c3d.points(i);
        if (Arrays.stream(points).anyMatch(p -> !Double.isNaN(p[0]))) {
          // Millimetres, Z up, into metres in the camera's frame.
          double[][] metres =
              Arrays.stream(points)
                  .map(p -> new double[] {p[0] / 1000, -p[2] / 1000, p[1] / 1000})
                  .toArray(double[][]::new);
          read.put(frames.get(first + i).index(), id, metres);
        }
      }
    }
    Poses.found(frames).assertSameAs(read, 1e-5);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void npz(int seed) throws IOException {
    Recording recording = given(seed);
    List<PoseFrame> frames = Recordings.random(recording, seed);
    Recordings.write("npz", recording, frames, folder);

    Poses.flat(frames).assertSameAs(NpzFileTest.poses(folder, "keypoints"), 0);
    Poses.deep(frames).assertSameAs(NpzFileTest.poses(folder, "keypoints_3d"), 0);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void bvh(int seed) throws IOException {
    Recording recording = given(seed);
    List<PoseFrame> frames = Recordings.random(recording, seed);
    Recordings.write("bvh", recording, frames, folder);

    for (int id : Recordings.ids(frames)) {
      BvhReader bvh = new BvhReader(folder.resolve("walk_" + id + ".bvh"));
      int first = Recordings.first(frames, id);
      for (int i = 0; i < bvh.frames(); i++) {
        Optional<PersonPose> person = Recordings.find(frames.get(first + i), id);
        if (person.isPresent()) {
          Map<String, double[]> joints = bvh.positions(i);
          Directions.assertAsIn(person.get(), recording.keypointSet(), joints, 1e-3);
          assertRoot(person.get(), recording, joints.get("Hips"), 100);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void glb(int seed) throws IOException {
    Recording recording = given(seed);
    List<PoseFrame> frames = Recordings.random(recording, seed);
    Recordings.write("glb", recording, frames, folder);

    GlbReader glb = new GlbReader(folder.resolve("walk.glb"));

    List<Integer> ids = List.copyOf(Recordings.ids(frames));
    assertEquals(ids.size(), glb.people());
    for (PoseFrame frame : frames) {
      for (int i = 0; i < ids.size(); i++) {
        Optional<PersonPose> person = Recordings.find(frame, ids.get(i));
        assertEquals(person.isPresent(), glb.seen(i, frame.time()));
        if (person.isPresent()) {
          Map<String, double[]> joints = glb.positions(i, frame.time());
          Directions.assertAsIn(person.get(), recording.keypointSet(), joints, 1e-4);
          assertRoot(person.get(), recording, joints.get("Hips"), 1);
        }
      }
    }
  }

  private static void assertRoot(
      PersonPose person, Recording recording, double[] root, double unit) {
    double[] hips = Directions.middle("left_hip+right_hip", person, recording.keypointSet());
    for (int axis = 0; axis < 3 && !Double.isNaN(hips[0]); axis++) {
      assertEquals(hips[axis] * unit, root[axis], 1e-5 * unit);
    }
  }
}
