package io.github.rtmjava.output.draw;

import io.github.rtmjava.geometry.Frame3d;
import io.github.rtmjava.motion.angle.Angles;
import io.github.rtmjava.motion.angle.BodyAngle;
import io.github.rtmjava.motion.angle.Facing;
import io.github.rtmjava.pose.PersonPose;
import io.github.rtmjava.pose.PoseResult;
import java.util.List;
import java.util.Locale;

/**
 * Writes the angles of people's joints beside them, in whole degrees: in space from models with
 * depth, in the picture from others, as the formats for angles have them.
 */
final class JointAngles {
  private final Angles angles;
  private final PoseResult result;
  private final List<Facing> facings;

  /**
   * The angles of a result.
   *
   * @param facings to which side each person looks; empty where that is read from this one picture
   */
  JointAngles(PoseResult result, float minScore, List<Facing> facings) {
    this.angles = Angles.of(result.keypointSet(), minScore);
    this.result = result;
    this.facings = facings;
  }

  void draw(Labels labels, double scale) {
    for (int i = 0; i < result.size(); i++) {
      draw(labels, i, scale);
    }
  }

  private void draw(Labels labels, int place, double scale) {
    PersonPose person = result.persons().get(place);
    float[] degrees = degrees(person, place);
    float[][] keypoints = person.keypoints();
    double middle = (person.bbox().x1() + person.bbox().x2()) / 2;
    int rgb = Overlay.colour(person, place);
    for (int i = 0; i < degrees.length; i++) {
      BodyAngle angle = angles.list().get(i);
      int joint = result.keypointSet().indexOf(angle.id());
      if (angle.kind() == BodyAngle.Kind.JOINT && joint >= 0 && Float.isFinite(degrees[i])) {
        float[] at = keypoints[joint];
        String text = String.format(Locale.ROOT, "%d\u00b0", Math.round(degrees[i]));
        labels.beside(at[0] * scale, at[1] * scale, at[0] >= middle, text, rgb);
      }
    }
  }

  private float[] degrees(PersonPose person, int place) {
    if (person.has3d() && result.frame() != Frame3d.UVD) {
      return angles.degrees3d(person, result.frame());
    }
    return place < facings.size()
        ? angles.degrees2d(person, facings.get(place))
        : angles.degrees2d(person);
  }
}
