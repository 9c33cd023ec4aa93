package io.github.rtmjava.output.format.table;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.output.format.Poses;
import io.github.rtmjava.output.format.Recordings;
import io.github.rtmjava.pose.KeypointSet;
import io.github.rtmjava.pose.PoseFrame;
import io.github.rtmjava.pose.Recording;
import io.github.rtmjava.tensor.Npy;
import io.github.rtmjava.tensor.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

public class NpzFileTest {
  private static final KeypointSet BODY = KeypointSet.of("coco", 17);

  @TempDir Path folder;

  @Test
  void namesAreStringsThatNumpyReadsWithoutPickles() throws IOException {
    Recordings.write(
        "npz", Recordings.flat(BODY), Recordings.random(Recordings.flat(BODY), 1), folder);
    try (ZipFile zip = new ZipFile(folder.resolve("walk.npz").toFile());
        InputStream in = zip.getInputStream(zip.getEntry("names.npy"))) {
      byte[] bytes = in.readAllBytes();
      String header = new String(bytes, 10, 118, StandardCharsets.US_ASCII);
      assertTrue(header.contains("'descr': '<U14'"), header);
      assertTrue(header.contains("'shape': (17,)"), header);
      String names = new String(bytes, 128, bytes.length - 128, Charset.forName("UTF-32LE"));
      assertEquals("nose", names.substring(0, 14).replace("\0", ""));
      assertEquals("left_ear", names.substring(3 * 14, 4 * 14).replace("\0", ""));
    }
  }

  @Test
  void modelsWithoutDepthHaveNoArrayOfIt() throws IOException {
    Recordings.write(
        "npz", Recordings.flat(BODY), Recordings.random(Recordings.flat(BODY), 1), folder);
    try (ZipFile zip = new ZipFile(folder.resolve("walk.npz").toFile())) {
      assertFalse(zip.stream().anyMatch(entry -> entry.getName().equals("keypoints_3d.npy")));
    }
  }

  @Test
  void timesAndScoresAreThoseOfTheFrames() throws IOException {
    Recording recording = Recordings.recording(BODY);
    List<PoseFrame> frames = Recordings.random(recording, 8);
    Recordings.write("npz", recording, frames, folder);

    double[] times = new double[frames.size()];
    array(folder, "time_s").bytes().asDoubleBuffer().get(times);

    assertArrayEquals(frames.stream().mapToDouble(PoseFrame::time).toArray(), times);
    Tensor scores = array(folder, "scores");
    Tensor ids = array(folder, "ids");
    int people = ids.shape().dim(0);
    for (int f = 0; f < times.length; f++) {
      for (int p = 0; p < people; p++) {
        long id = ids.bytes().getLong(8 * p);
        float first = scores.floats().get((f * people + p) * 17);
        float expected =
            frames.get(f).result().persons().stream()
                .filter(person -> person.id().orElseThrow() == id)
                .map(person -> person.scores()[0])
                .findFirst()
                .orElse(Float.NaN);
        assertEquals(expected, first);
      }
    }
  }

  static Tensor array(Path folder, String name) throws IOException {
    try (ZipFile zip = new ZipFile(folder.resolve("walk.npz").toFile());
        InputStream in = zip.getInputStream(zip.getEntry(name + ".npy"))) {
      return Npy.read(in);
    }
  }

  /** Who is in an array of frames, people and keypoints. */
  public static Poses poses(Path folder, String name) throws IOException {
    Tensor values = array(folder, name);
    Tensor ids = array(folder, "ids");
    Tensor indices = array(folder, "frames");
    int[] dims = values.shape().dims();
    Poses poses = new Poses();
    for (int f = 0; f < dims[0]; f++) {
      for (int p = 0; p < dims[1]; p++) {
        double[][] points = new double[dims[2]][dims[3]];
        boolean there = false;
        for (int k = 0; k < dims[2]; k++) {
          for (int axis = 0; axis < dims[3]; axis++) {
            float value = values.floats().get(((f * dims[1] + p) * dims[2] + k) * dims[3] + axis);
            points[k][axis] = value;
            there |= !Float.isNaN(value);
          }
        }
        if (there) {
          poses.put(indices.bytes().getLong(8 * f), (int) ids.bytes().getLong(8 * p), points);
        }
      }
    }
    return poses;
  }
}
