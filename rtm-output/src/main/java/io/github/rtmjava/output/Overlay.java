package io.github.rtmjava.output;

import io.github.rtmjava.geometry.Box;
import io.github.rtmjava.image.Canvas;
import io.github.rtmjava.image.Image;
import io.github.rtmjava.pose.KeypointSet;
import io.github.rtmjava.pose.PersonPose;
import io.github.rtmjava.pose.PoseResult;
import java.util.List;
import java.util.Locale;

/**
 * Draws people over their picture: the skeleton in the dataset's colours, the box with its score;
 * somebody who is followed with their id, in a colour of their own. Keypoints whose score is below
 * a threshold, and links to them, are left out.
 */
public final class Overlay {
  private static final double LINE_PER_PERSON = 0.011;
  private static final double BOX_PER_PICTURE = 0.003;
  private static final double TEXT_PER_PICTURE = 0.016;
  private static final double BOX_OPACITY = 0.75;

  private final float keypointThreshold;

  /**
   * An overlay.
   *
   * @param keypointThreshold lowest raw score of a keypoint that is drawn
   */
  public Overlay(float keypointThreshold) {
    this.keypointThreshold = keypointThreshold;
  }

  /** The picture with everybody drawn on it, in its own size. */
  public Image draw(Image image, PoseResult result) {
    try (Canvas canvas = Canvas.of(image)) {
      draw(canvas, result, 1);
      return canvas.toImage();
    }
  }

  /** Draws on a picture that was scaled. */
  void draw(Canvas canvas, PoseResult result, double scale) {
    double side = Math.sqrt((double) canvas.width() * canvas.height());
    if (result.persons().isEmpty()) {
      return;
    }
    canvas.blend(
        BOX_OPACITY,
        layer -> {
          for (PersonPose person : result.persons()) {
            box(layer, person.bbox(), scale, colour(person), Math.max(1, side * BOX_PER_PICTURE));
          }
        });
    // The first are the surest: they end up on top.
    for (int i = result.size() - 1; i >= 0; i--) {
      skeleton(canvas, result.persons().get(i), result.keypointSet(), scale);
    }
    double size = Math.max(9, side * TEXT_PER_PICTURE);
    for (int i = result.size() - 1; i >= 0; i--) {
      PersonPose person = result.persons().get(i);
      label(canvas, person.id().orElse(i + 1), person, scale, size);
    }
  }

  private static int colour(PersonPose person) {
    return person.id().isPresent() ? Colours.person(person.id().getAsInt()) : Colours.BOX;
  }

  private static void box(Canvas canvas, Box box, double scale, int rgb, double thickness) {
    canvas.rectangle(
        box.x1() * scale, box.y1() * scale, box.x2() * scale, box.y2() * scale, rgb, thickness);
  }

  private static void label(
      Canvas canvas, int number, PersonPose person, double scale, double size) {
    String text =
        person.interpolated()
            ? String.format(Locale.ROOT, "%d", number)
            : String.format(Locale.ROOT, "%d: %.2f", number, person.bboxScore());
    double width = Canvas.textWidth(text, size) + size;
    double height = size * 1.9;
    double x = Math.min(Math.max(0, person.bbox().x1() * scale), canvas.width() - width);
    double y = Math.max(0, person.bbox().y1() * scale - height);
    canvas.fill(x, y, x + width, y + height, colour(person));
    canvas.text(text, x + size * 0.5, y + size * 1.45, size, Colours.BLACK);
  }

  private void skeleton(Canvas canvas, PersonPose person, KeypointSet set, double scale) {
    float[][] keypoints = person.keypoints();
    double[][] points = new double[keypoints.length][2];
    for (int i = 0; i < points.length; i++) {
      points[i][0] = keypoints[i][0] * scale;
      points[i][1] = keypoints[i][1] * scale;
    }
    boolean[] shown = shown(person, keypointThreshold);
    double size = Math.max(person.bbox().width(), person.bbox().height()) * scale;
    double finest = Math.max(1, Math.sqrt((double) canvas.width() * canvas.height()) / 900);
    Strokes strokes = new Strokes(Math.max(1.5, size * LINE_PER_PERSON), finest);
    links(canvas, set.links(), points, shown, strokes, true);
    links(canvas, set.links(), points, shown, strokes, false);
    double[] radii = strokes.radii(points, shown);
    for (int i = 0; i < points.length; i++) {
      if (shown[i]) {
        double rim = Math.min(1, radii[i] * 0.35);
        int rgb = set.points().get(i).rgb();
        canvas.circle(points[i][0], points[i][1], radii[i] + rim, Colours.shade(rgb, 0.25));
        canvas.circle(points[i][0], points[i][1], radii[i], rgb);
      }
    }
  }

  private static void links(
      Canvas canvas,
      List<KeypointSet.Link> links,
      double[][] points,
      boolean[] shown,
      Strokes strokes,
      boolean rim) {
    for (KeypointSet.Link link : links) {
      if (shown[link.from()] && shown[link.to()]) {
        double[] a = points[link.from()];
        double[] b = points[link.to()];
        double thickness = strokes.link(Strokes.distance(a, b));
        int rgb = rim ? Colours.shade(link.rgb(), 0.25) : link.rgb();
        canvas.line(
            a[0],
            a[1],
            b[0],
            b[1],
            rgb,
            rim ? thickness + Math.min(2, thickness * 0.7) : thickness);
      }
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
