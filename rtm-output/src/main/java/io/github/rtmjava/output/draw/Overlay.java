package io.github.rtmjava.output.draw;

import io.github.rtmjava.geometry.Box;
import io.github.rtmjava.image.Canvas;
import io.github.rtmjava.image.Image;
import io.github.rtmjava.motion.angle.Facing;
import io.github.rtmjava.pose.KeypointSet;
import io.github.rtmjava.pose.PersonPose;
import io.github.rtmjava.pose.PoseResult;
import java.util.List;
import java.util.Locale;

/**
 * Draws people over their picture: the skeleton in the dataset's colours, the box with its score in
 * a colour of each person's own; somebody who is followed with their id. Keypoints whose score is
 * below a threshold, and links to them, are left out.
 */
public final class Overlay {
  private static final double LINE_PER_PERSON = 0.011;
  private static final double BOX_PER_PICTURE = 0.003;
  private static final double TEXT_PER_PICTURE = 0.016;
  private static final double ANGLE_PER_PICTURE = 0.013;
  private static final double BOX_OPACITY = 0.75;

  private static final int ALL_LEVELS = -1;
  private static final double TRAIL_PER_PICTURE = 0.008;
  private static final double INDEX_PER_PERSON = 0.014;

  /** How much of a keypoint shows, from the least sure ones to the surest. */
  private static final double[] OPACITIES = {0.3, 0.6, 1};

  private final DrawOptions options;

  public Overlay(DrawOptions options) {
    this.options = options;
  }

  /** The picture with everybody drawn on it, in its own size. */
  public Image draw(Image image, PoseResult result) {
    return draw(image, result, new Trails());
  }

  /**
   * A frame of a video with everybody drawn on it.
   *
   * @param trails of the frames so far; drawn if the options ask for them
   */
  public Image draw(Image image, PoseResult result, Trails trails) {
    return draw(image, result, trails, List.of());
  }

  /**
   * The same of people who are known to look to a side, which is that of their {@link
   * DrawOptions.Detail#ANGLES} in the picture.
   *
   * @param facings one for each person, as {@link io.github.rtmjava.motion.angle.FacingOverTime}
   *     tells them; empty where they are read from this frame alone
   */
  public Image draw(Image image, PoseResult result, Trails trails, List<Facing> facings) {
    try (Canvas canvas =
        options.has(DrawOptions.Detail.BLACK)
            ? Canvas.blank(image.width(), image.height(), Colours.BLACK)
            : Canvas.of(image)) {
      if (options.has(DrawOptions.Detail.TRAIL)) {
        trails.draw(canvas, 1, Math.max(2, side(canvas) * TRAIL_PER_PICTURE));
      }
      draw(canvas, result, 1, facings);
      return canvas.toImage();
    }
  }

  /** Draws on a picture that was scaled. */
  void draw(Canvas canvas, PoseResult result, double scale) {
    draw(canvas, result, scale, List.of());
  }

  private void draw(Canvas canvas, PoseResult result, double scale, List<Facing> facings) {
    if (result.persons().isEmpty()) {
      return;
    }
    PoseResult shown =
        options.has(DrawOptions.Detail.OPENPOSE) ? OpenPoseStyle.apply(result) : result;
    if (options.has(DrawOptions.Detail.BBOX)) {
      canvas.blend(BOX_OPACITY, layer -> boxes(layer, shown, scale));
    }
    if (options.has(DrawOptions.Detail.OPACITY)) {
      for (int level = 0; level < OPACITIES.length; level++) {
        int only = level;
        canvas.blend(OPACITIES[level], layer -> skeletons(layer, shown, scale, only));
      }
    } else {
      skeletons(canvas, shown, scale, ALL_LEVELS);
    }
    if (options.has(DrawOptions.Detail.INDEX)) {
      shown.persons().forEach(person -> indices(canvas, person, scale));
    }
    Labels labels = new Labels(canvas, Math.max(9, side(canvas) * TEXT_PER_PICTURE));
    if (options.has(DrawOptions.Detail.LABEL)) {
      for (int i = 0; i < shown.size(); i++) {
        PersonPose person = shown.persons().get(i);
        String text = label(person);
        if (!text.isEmpty()) {
          labels.on(scaled(person.bbox(), scale), text, colour(person, i));
        }
      }
    }
    if (options.has(DrawOptions.Detail.ANGLES)) {
      Labels smaller = labels.sized(Math.max(8, side(canvas) * ANGLE_PER_PICTURE));
      new JointAngles(result, options.keypointThreshold(), facings).draw(smaller, scale);
    }
  }

  private static double side(Canvas canvas) {
    return Math.sqrt((double) canvas.width() * canvas.height());
  }

  private static void boxes(Canvas layer, PoseResult result, double scale) {
    double thickness = Math.max(1, side(layer) * BOX_PER_PICTURE);
    for (int i = result.size() - 1; i >= 0; i--) {
      PersonPose person = result.persons().get(i);
      Box box = scaled(person.bbox(), scale);
      layer.rectangle(box.x1(), box.y1(), box.x2(), box.y2(), colour(person, i), thickness);
    }
  }

  private void skeletons(Canvas canvas, PoseResult result, double scale, int level) {
    // The first are the surest: they end up on top.
    for (int i = result.size() - 1; i >= 0; i--) {
      skeleton(canvas, result.persons().get(i), result.keypointSet(), scale, level);
    }
  }

  /** Keypoints that lie so close together that numbers would hide each other have none. */
  private void indices(Canvas canvas, PersonPose person, double scale) {
    float[][] keypoints = person.keypoints();
    double[][] points = new double[keypoints.length][2];
    for (int i = 0; i < points.length; i++) {
      points[i][0] = keypoints[i][0] * scale;
      points[i][1] = keypoints[i][1] * scale;
    }
    boolean[] shown = shown(person, options.keypointThreshold());
    double size =
        Math.max(
            6, Math.max(person.bbox().width(), person.bbox().height()) * scale * INDEX_PER_PERSON);
    boolean[] numbered = new boolean[shown.length];
    for (int i = 0; i < shown.length; i++) {
      numbered[i] = shown[i];
      for (int j = 0; j < i && numbered[i]; j++) {
        numbered[i] = !numbered[j] || Strokes.distance(points[i], points[j]) > 1.5 * size;
      }
      if (numbered[i]) {
        double x = points[i][0] + size / 2;
        double y = points[i][1] - size / 2;
        canvas.text(Integer.toString(i), x + 1, y + 1, size, Colours.BLACK);
        canvas.text(Integer.toString(i), x, y, size, Colours.WHITE);
      }
    }
  }

  /** How sure a keypoint is: a place in {@link #OPACITIES}. */
  private int level(float score) {
    float threshold = Math.min(0.99f, Math.max(0, options.keypointThreshold()));
    double part = (Math.min(1, score) - threshold) / (1 - threshold);
    return (int) Math.min(OPACITIES.length - 1, Math.max(0, part * OPACITIES.length));
  }

  /**
   * The colour of somebody's box.
   *
   * @param place among the people of the picture, for those who are not followed
   */
  static int colour(PersonPose person, int place) {
    return Colours.person(person.id().orElse(place + 1));
  }

  private static Box scaled(Box box, double scale) {
    return new Box(
        (float) (box.x1() * scale),
        (float) (box.y1() * scale),
        (float) (box.x2() * scale),
        (float) (box.y2() * scale));
  }

  /** The id of those who have one, and the detector's score where it looked. */
  private static String label(PersonPose person) {
    String id = person.id().isPresent() ? "id " + person.id().getAsInt() : "";
    String score =
        person.interpolated() ? "" : String.format(Locale.ROOT, "%.2f", person.bboxScore());
    return id.isEmpty() || score.isEmpty() ? id + score : id + "  " + score;
  }

  /**
   * Draws somebody.
   *
   * @param level only what is so sure; {@link #ALL_LEVELS} for everything
   */
  private void skeleton(
      Canvas canvas, PersonPose person, KeypointSet set, double scale, int level) {
    float[][] keypoints = person.keypoints();
    float[] scores = person.scores();
    double[][] points = new double[keypoints.length][2];
    for (int i = 0; i < points.length; i++) {
      points[i][0] = keypoints[i][0] * scale;
      points[i][1] = keypoints[i][1] * scale;
    }
    boolean[] shown = shown(person, options.keypointThreshold());
    double size = Math.max(person.bbox().width(), person.bbox().height()) * scale;
    double finest = Math.max(1, side(canvas) / 900);
    Strokes strokes =
        new Strokes(
            Math.max(1.5, size * LINE_PER_PERSON),
            finest,
            options.radius() * scale,
            options.thickness() * scale);
    List<KeypointSet.Link> links =
        set.links().stream()
            .filter(l -> shown[l.from()] && shown[l.to()])
            .filter(l -> isOf(level, Math.min(scores[l.from()], scores[l.to()])))
            .toList();
    links(canvas, links, points, strokes, true);
    links(canvas, links, points, strokes, false);
    double[] radii = strokes.radii(points, shown);
    for (int i = 0; i < points.length; i++) {
      if (shown[i] && isOf(level, scores[i])) {
        double rim = Math.min(1, radii[i] * 0.35);
        int rgb = set.points().get(i).rgb();
        canvas.circle(points[i][0], points[i][1], radii[i] + rim, Colours.shade(rgb, 0.25));
        canvas.circle(points[i][0], points[i][1], radii[i], rgb);
      }
    }
  }

  private boolean isOf(int level, float score) {
    return level == ALL_LEVELS || level(score) == level;
  }

  private static void links(
      Canvas canvas,
      List<KeypointSet.Link> links,
      double[][] points,
      Strokes strokes,
      boolean rim) {
    for (KeypointSet.Link link : links) {
      double[] a = points[link.from()];
      double[] b = points[link.to()];
      double thickness = strokes.link(Strokes.distance(a, b));
      canvas.line(
          a[0],
          a[1],
          b[0],
          b[1],
          rim ? Colours.shade(link.rgb(), 0.25) : link.rgb(),
          rim ? thickness + Math.min(2, thickness * 0.7) : thickness);
    }
  }

  /** Which keypoints reach the threshold and have finite coordinates. */
  static boolean[] shown(PersonPose person, float threshold) {
    float[] scores = person.scores();
    float[][] keypoints = person.keypoints();
    boolean[] shown = new boolean[scores.length];
    for (int i = 0; i < shown.length; i++) {
      shown[i] =
          scores[i] >= threshold
              && Float.isFinite(keypoints[i][0])
              && Float.isFinite(keypoints[i][1]);
    }
    return shown;
  }
}
