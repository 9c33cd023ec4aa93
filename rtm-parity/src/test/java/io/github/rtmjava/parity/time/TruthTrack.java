package io.github.rtmjava.parity.time;

import io.github.rtmjava.motion.smooth.TrackSample;
import io.github.rtmjava.pose.PersonPose;
import io.github.rtmjava.pose.PoseResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Somebody of the truth, and what was found of them: so that errors are those of poses alone, they
 * are followed by the true boxes.
 *
 * @param truth [n]; null where they are not in the picture
 * @param found [n]: the pose whose box overlaps theirs most, by an IoU of at least 0.5
 */
record TruthTrack(List<Clip.@Nullable Person> truth, List<TrackSample> found) {
  private static final int BODY = 17;
  private static final double LEAST_IOU = 0.5;

  /** Everybody of a clip. */
  static List<TruthTrack> of(Clip clip, List<PoseResult> found) {
    Map<Integer, TruthTrack> tracks = new TreeMap<>();
    for (Clip.Frame frame : clip.frames()) {
      for (Clip.Person person : frame.people()) {
        tracks.computeIfAbsent(
            person.id(), id -> new TruthTrack(new ArrayList<>(), new ArrayList<>()));
      }
    }
    for (int i = 0; i < clip.frames().size(); i++) {
      Clip.Frame frame = clip.frames().get(i);
      for (Map.Entry<Integer, TruthTrack> entry : tracks.entrySet()) {
        Clip.Person person =
            frame.people().stream().filter(p -> p.id() == entry.getKey()).findFirst().orElse(null);
        PersonPose pose = person == null ? null : best(frame, person, found.get(i));
        entry.getValue().truth.add(person);
        entry.getValue().found.add(new TrackSample(i, frame.time(), pose));
      }
    }
    return List.copyOf(tracks.values());
  }

  private static @Nullable PersonPose best(Clip.Frame frame, Clip.Person person, PoseResult found) {
    PersonPose best = null;
    for (PersonPose pose : found.persons()) {
      float iou = pose.bbox().iou(person.box());
      boolean theirs = frame.people().stream().allMatch(p -> p.box().iou(pose.bbox()) <= iou);
      if (theirs && iou >= (best == null ? LEAST_IOU : best.bbox().iou(person.box()))) {
        best = pose;
      }
    }
    return best == null ? null : best.withId(person.id() + 1);
  }

  /** Errors of the 17 keypoints of the body, in the frames where they were found. */
  static Errors errors(List<TruthTrack> tracks, UnaryOperator<List<TrackSample>> smooth) {
    Errors errors = new Errors();
    for (TruthTrack track : tracks) {
      List<TrackSample> out = smooth.apply(track.found);
      for (int i = 0; i < out.size(); i++) {
        if (track.found.get(i).pose() != null) {
          errors.add(track, out, i);
        }
      }
    }
    return errors;
  }

  /** Means over all keypoints and frames. */
  static final class Errors {
    private double pixels;
    private double metres;
    private double jitter;
    private double jitter3d;
    private long count;
    private long thirds;

    private void add(TruthTrack track, List<TrackSample> out, int at) {
      Clip.Person truth = track.truth.get(at);
      PersonPose pose = out.get(at).pose();
      if (truth == null || pose == null) {
        return;
      }
      float[][] points = pose.keypoints();
      float[][] points3d = pose.keypoints3d();
      for (int k = 0; k < BODY; k++) {
        pixels += distance(points[k], truth.keypoints()[k]);
        metres += distance(rooted(points3d, k), rooted(truth.keypoints3d(), k));
        count++;
      }
      PersonPose before = at < 2 ? null : found(track, out, at - 1);
      PersonPose first = at < 2 ? null : found(track, out, at - 2);
      if (before != null && first != null) {
        for (int k = 0; k < BODY; k++) {
          jitter += bend(points[k], before.keypoints()[k], first.keypoints()[k]);
          jitter3d += bend(points3d[k], before.keypoints3d()[k], first.keypoints3d()[k]);
          thirds++;
        }
      }
    }

    private static @Nullable PersonPose found(TruthTrack track, List<TrackSample> out, int at) {
      return track.found.get(at).pose() == null ? null : out.get(at).pose();
    }

    /** Mean distance to the truth. */
    double pixels() {
      return pixels / count;
    }

    /** Mean distance to the truth, both from the middle of the hips. */
    double millimetres() {
      return 1000 * metres / count;
    }

    /** Root mean square of second differences. */
    double jitter() {
      return Math.sqrt(jitter / thirds);
    }

    double jitterMillimetres() {
      return 1000 * Math.sqrt(jitter3d / thirds);
    }

    String row(String name) {
      return "%-28s %8.2f %8.1f %10.2f %10.1f"
          .formatted(name, pixels(), millimetres(), jitter(), jitterMillimetres());
    }

    private static double distance(float[] a, float[] b) {
      double sum = 0;
      for (int axis = 0; axis < a.length; axis++) {
        sum += Math.pow((double) a[axis] - b[axis], 2);
      }
      return Math.sqrt(sum);
    }

    private static float[] rooted(float[][] xyz, int k) {
      float[] out = new float[3];
      for (int axis = 0; axis < 3; axis++) {
        out[axis] = xyz[k][axis] - (xyz[11][axis] + xyz[12][axis]) / 2;
      }
      return out;
    }

    /** Square of the second difference. */
    private static double bend(float[] now, float[] before, float[] first) {
      double sum = 0;
      for (int axis = 0; axis < now.length; axis++) {
        sum += Math.pow((double) now[axis] - 2 * before[axis] + first[axis], 2);
      }
      return sum;
    }
  }
}
