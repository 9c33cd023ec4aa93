package io.github.rtmjava.output.draw;

import io.github.rtmjava.output.format.OpenPoseBody;
import io.github.rtmjava.pose.KeypointSet;
import io.github.rtmjava.pose.PersonPose;
import io.github.rtmjava.pose.PoseResult;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * People as OpenPose draws them: 18 keypoints of the body with a neck between the shoulders, hands
 * and faces where there are any, no feet. For drawing in 2D only.
 */
final class OpenPoseStyle {
  private static final int[] RAINBOW = {
    0xff0000, 0xff5500, 0xffaa00, 0xffff00, 0xaaff00, 0x55ff00, 0x00ff00, 0x00ff55, 0x00ffaa,
    0x00ffff, 0x00aaff, 0x0055ff, 0x0000ff, 0x5500ff, 0xaa00ff, 0xff00ff, 0xff00aa, 0xff0055
  };

  private static final Pattern PART_OF_HAND =
      Pattern.compile("(left|right)_(hand_root|thumb|\\w*finger).*");

  /** In OpenPose's order, which gives them their colours. */
  private static final List<String> BODY = OpenPoseBody.COCO_18;

  private static final int[][] LIMBS = {
    {1, 2}, {1, 5}, {2, 3}, {3, 4}, {5, 6}, {6, 7}, {1, 8}, {8, 9}, {9, 10}, {1, 11}, {11, 12},
    {12, 13}, {1, 0}, {0, 14}, {14, 16}, {0, 15}, {15, 17}
  };

  private final KeypointSet set;
  private final int[][] sources;

  private OpenPoseStyle(KeypointSet set, int[][] sources) {
    this.set = set;
    this.sources = sources;
  }

  /** The same result in this style; as it is if its keypoints are not those of a body. */
  static PoseResult apply(PoseResult result) {
    KeypointSet own = result.keypointSet();
    if (own.indexOf("left_shoulder") < 0 || own.indexOf("right_shoulder") < 0) {
      return result;
    }
    OpenPoseStyle style = of(own);
    return new PoseResult(
        result.width(),
        result.height(),
        result.model(),
        result.frame(),
        style.set,
        result.persons().stream().map(style::convert).toList());
  }

  private static OpenPoseStyle of(KeypointSet own) {
    List<KeypointSet.Point> points = new ArrayList<>();
    List<KeypointSet.Link> links = new ArrayList<>();
    List<int[]> sources = new ArrayList<>();
    int[] places = new int[BODY.size()];
    for (int i = 0; i < places.length; i++) {
      int[] source = OpenPoseBody.sources(own, BODY.get(i));
      places[i] = source.length == 0 ? -1 : points.size();
      if (source.length > 0) {
        add(points, sources, BODY.get(i), RAINBOW[i], source);
      }
    }
    for (int i = 0; i < LIMBS.length; i++) {
      int from = places[LIMBS[i][0]];
      int to = places[LIMBS[i][1]];
      if (from >= 0 && to >= 0) {
        links.add(new KeypointSet.Link(from, to, Colours.shade(RAINBOW[i], 0.8)));
      }
    }
    addParts(own, points, links, sources);
    return new OpenPoseStyle(
        new KeypointSet("openpose", points, links), sources.toArray(int[][]::new));
  }

  /** Faces, white as they are, and hands with a colour for each finger's link. */
  private static void addParts(
      KeypointSet own,
      List<KeypointSet.Point> points,
      List<KeypointSet.Link> links,
      List<int[]> sources) {
    int[] places = new int[own.size()];
    for (int k = 0; k < places.length; k++) {
      String name = own.points().get(k).name();
      places[k] = -1;
      if (name.startsWith("face") || PART_OF_HAND.matcher(name).matches()) {
        places[k] = points.size();
        int rgb = name.startsWith("face") ? Colours.WHITE : 0x0000ff;
        add(points, sources, name, rgb, new int[] {k});
      }
    }
    for (KeypointSet.Link link : own.links()) {
      int from = places[link.from()];
      int to = places[link.to()];
      if (from >= 0 && to >= 0) {
        links.add(new KeypointSet.Link(from, to, RAINBOW[links.size() % RAINBOW.length]));
      }
    }
  }

  private static void add(
      List<KeypointSet.Point> points, List<int[]> sources, String name, int rgb, int[] source) {
    points.add(new KeypointSet.Point(name, points.size(), 0.05f, rgb));
    sources.add(source);
  }

  private PersonPose convert(PersonPose person) {
    float[][] from = person.keypoints();
    float[] fromScores = person.scores();
    float[][] keypoints = new float[sources.length][2];
    float[] scores = new float[sources.length];
    for (int k = 0; k < sources.length; k++) {
      scores[k] = Float.POSITIVE_INFINITY;
      for (int source : sources[k]) {
        keypoints[k][0] += from[source][0] / sources[k].length;
        keypoints[k][1] += from[source][1] / sources[k].length;
        scores[k] = Math.min(scores[k], fromScores[source]);
      }
    }
    PersonPose styled =
        new PersonPose(person.bbox(), person.bboxScore(), keypoints, new float[0][], scores);
    return person.id().isPresent() ? styled.withId(person.id().getAsInt()) : styled;
  }
}
