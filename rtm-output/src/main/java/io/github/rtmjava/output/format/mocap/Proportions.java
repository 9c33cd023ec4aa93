package io.github.rtmjava.output.format.mocap;

import io.github.rtmjava.output.format.Track;
import io.github.rtmjava.output.format.Tracks;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * How long one person's bones are, in metres: the median over at most {@value #SAMPLES} frames
 * evenly out of those in which the person is.
 *
 * @param lengths of each bone; 0 for joints, and for bones that were never seen
 * @param start where the root is first seen; the origin if never
 */
record Proportions(double[] lengths, double[] start) {
  private static final int SAMPLES = 4096;

  static Proportions of(Tracks tracks, Track track, Rig rig) throws IOException {
    List<Bone> bones = rig.bones();
    int step = 1 + (track.size() - 1) / SAMPLES;
    double[][] seen = new double[bones.size()][1 + (track.size() - 1) / step];
    int[] counts = new int[seen.length];
    double[] start = new double[3];
    boolean started = false;
    for (int i = 0; i < track.size(); i += step) {
      double[][] points = Upright.points(tracks.person(track, i), tracks.recording().frame());
      for (int b = 0; b < seen.length; b++) {
        double length = Rotation.length(bones.get(b).line().in(points));
        if (!Double.isNaN(length)) {
          seen[b][counts[b]++] = length;
        }
      }
      double[] root = Bone.middle(rig.root(), points);
      if (!started && !Double.isNaN(root[0])) {
        start = root;
        started = true;
      }
    }
    double[] lengths = new double[seen.length];
    for (int b = 0; b < lengths.length; b++) {
      Arrays.sort(seen[b], 0, counts[b]);
      lengths[b] = bones.get(b).joint() || counts[b] == 0 ? 0 : seen[b][counts[b] / 2];
    }
    return new Proportions(lengths, start);
  }

  /** From where a bone's parent begins to where the bone begins, at rest. */
  double[] offset(Rig rig, int bone) {
    int parent = rig.bones().get(bone).parent();
    return parent < 0 ? new double[3] : end(rig, parent);
  }

  /** From where a bone begins to where it ends, at rest. */
  double[] end(Rig rig, int bone) {
    double[] rest = rig.bones().get(bone).line().rest();
    double scale = lengths[bone] == 0 ? 0 : lengths[bone] / Rotation.length(rest);
    return new double[] {rest[0] * scale, rest[1] * scale, rest[2] * scale};
  }
}
