package io.github.rtmjava.output.format.mocap;

import io.github.rtmjava.output.format.Decimals;
import io.github.rtmjava.output.format.Track;
import io.github.rtmjava.output.format.TrackFiles;
import io.github.rtmjava.output.format.Tracks;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * BVH, a file for each person: a hierarchy of bones and their rotations. Centimetres, Y up, the
 * rest pose facing Z with the arms to the sides. A frame for each of the recording's from the
 * person's first to the last, at the recording's mean rate; the pose stays as it was where nobody
 * was found. How bones are turned about themselves is a choice, see {@link RigFit}.
 */
final class BvhFile {
  private static final double CENTIMETRES = 100;
  private static final int DECIMALS = 5;
  private static final String ANGLES = "Zrotation Xrotation Yrotation";

  private BvhFile() {}

  static void write(Tracks tracks, TrackFiles files) throws IOException {
    Rig rig = Rig.of(tracks.recording().keypointSet()).orElseThrow();
    for (Track track : tracks.all()) {
      Proportions proportions = Proportions.of(tracks, track, rig);
      files.write(track, ".bvh", out -> write(tracks, track, rig, proportions, out));
    }
  }

  private static void write(
      Tracks tracks, Track track, Rig rig, Proportions proportions, OutputStream out)
      throws IOException {
    StringBuilder text = new StringBuilder("HIERARCHY\n");
    bone(0, rig, proportions, "", text);
    text.append("MOTION\nFrames: ").append(track.span()).append("\nFrame Time: ");
    Decimals.append(text, 1 / tracks.rate(), 8);
    text.append('\n');
    RigFit fit = new RigFit(rig, proportions.start());
    double[][] before = new double[rig.bones().size()][3];
    int next = 0;
    for (int frame = track.first(); frame <= track.last(); frame++) {
      if (track.frame(next) == frame) {
        fit.next(Upright.points(tracks.person(track, next++), tracks.recording().frame()));
      }
      triple(fit.position(), CENTIMETRES, text);
      for (int b = 0; b < before.length; b++) {
        before[b] = near(fit.local(b).degreesZxy(), before[b]);
        text.append(' ');
        triple(before[b], 1, text);
      }
      text.append('\n');
      out.write(text.toString().getBytes(StandardCharsets.US_ASCII));
      text.setLength(0);
    }
  }

  private static void bone(
      int index, Rig rig, Proportions proportions, String indent, StringBuilder text) {
    List<Bone> bones = rig.bones();
    text.append(indent).append(index == 0 ? "ROOT " : "JOINT ");
    text.append(bones.get(index).name()).append('\n').append(indent).append("{\n");
    String inner = indent + "  ";
    offset(proportions.offset(rig, index), inner, text);
    text.append(inner).append("CHANNELS ");
    text.append(index == 0 ? "6 Xposition Yposition Zposition " : "3 ").append(ANGLES).append('\n');
    boolean leaf = true;
    for (int child = index + 1; child < bones.size(); child++) {
      if (bones.get(child).parent() == index) {
        bone(child, rig, proportions, inner, text);
        leaf = false;
      }
    }
    if (leaf) {
      text.append(inner).append("End Site\n").append(inner).append("{\n");
      offset(proportions.end(rig, index), inner + "  ", text);
      text.append(inner).append("}\n");
    }
    text.append(indent).append("}\n");
  }

  private static void offset(double[] metres, String indent, StringBuilder text) {
    text.append(indent).append("OFFSET ");
    triple(metres, CENTIMETRES, text);
    text.append('\n');
  }

  private static void triple(double[] values, double scale, StringBuilder text) {
    for (int i = 0; i < values.length; i++) {
      if (i > 0) {
        text.append(' ');
      }
      Decimals.append(text, values[i] * scale, DECIMALS);
    }
  }

  /** The same angles, by whole turns as near as can be to those before. */
  private static double[] near(double[] degrees, double[] before) {
    double[] out = Arrays.copyOf(degrees, degrees.length);
    for (int i = 0; i < out.length; i++) {
      out[i] -= 360 * Math.rint((out[i] - before[i]) / 360);
    }
    return out;
  }
}
