package io.github.rtmjava.output.draw;

import io.github.rtmjava.geometry.Frame3d;
import io.github.rtmjava.image.Canvas;
import io.github.rtmjava.image.Image;
import io.github.rtmjava.pose.KeypointSet;
import io.github.rtmjava.pose.PersonPose;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Draws one person's 3D keypoints, relative to the hips, as a solid skeleton on a floor of {@value
 * #CELL} m squares, with the axes of the result's frame. A pair of hands is drawn {@value
 * #HANDS_ENLARGED} times as large, on squares of 0.05 m.
 */
public final class Skeleton3dView {
  /** From where a person is looked at. */
  public enum Viewpoint {
    /** As the camera sees the person, but from its right and from a little above. */
    THREE_QUARTER(-35, 14),
    /** From the camera's left. */
    SIDE(75, 8);

    private final double azimuth;
    private final double elevation;

    Viewpoint(double azimuth, double elevation) {
      this.azimuth = Math.toRadians(azimuth);
      this.elevation = Math.toRadians(elevation);
    }
  }

  /** Side of the floor's squares, metres. */
  static final double CELL = 0.25;

  /** How many times a pair of hands is enlarged, so that it is as large as a person. */
  static final int HANDS_ENLARGED = 5;

  private static final double DISTANCE = 4.5;
  private static final double LINK_THICKNESS = 0.042;
  private static final double FINEST = 0.006;

  /** Of the bones of hands and faces, as in the viewer's page. */
  private static final double DETAIL_THICKNESS = 0.011;

  private static final Pattern DETAIL =
      Pattern.compile(
          "face|thumb|finger|hand|middle|ring|pinky|eye|ear|nose|mouth|lip|brow|jaw",
          Pattern.CASE_INSENSITIVE);
  private static final double MARGIN = 0.06;

  /** Part of the height that is left free for a title. */
  private static final double TITLE = 0.05;

  private static final double LEAST_TITLE = 14;

  /** In smaller views the axes would hide the person. */
  private static final int LEAST_FOR_AXES = 200;

  private static final double SHADOW_OPACITY = 0.55;
  private static final double DEPTH_RANGE = 0.9;
  private static final double DARKEST = 0.6;

  private final float keypointThreshold;

  /**
   * A view.
   *
   * @param keypointThreshold lowest raw score of a keypoint that is drawn
   */
  public Skeleton3dView(float keypointThreshold) {
    this.keypointThreshold = keypointThreshold;
  }

  /**
   * A picture of one person.
   *
   * @param frame in which the person's 3D keypoints are
   * @throws IllegalArgumentException if the person has no 3D keypoints
   */
  public Image draw(
      PersonPose person,
      KeypointSet set,
      Frame3d frame,
      Viewpoint viewpoint,
      int width,
      int height) {
    if (!person.has3d()) {
      throw new IllegalArgumentException("expected a person with 3D keypoints, found none");
    }
    try (Canvas canvas = Canvas.blank(width, height, Colours.BACKGROUND)) {
      draw(canvas, person, set, frame, viewpoint);
      return canvas.toImage();
    }
  }

  void draw(Canvas canvas, PersonPose person, KeypointSet set, Frame3d frame, Viewpoint viewpoint) {
    boolean[] shown = shown(person);
    double[][] points = rooted(person, set, frame, shown);
    double[][] visible = visible(points, shown);
    if (visible.length < 2) {
      return;
    }
    double floor = Double.POSITIVE_INFINITY;
    for (double[] point : visible) {
      floor = Math.min(floor, point[1]);
    }
    double margin = MARGIN * Math.min(canvas.width(), canvas.height());
    double title = Math.max(TITLE * canvas.height(), LEAST_TITLE);
    Projection projection =
        new Projection(viewpoint.azimuth, viewpoint.elevation, DISTANCE, 1, 0, 0)
            .fit(
                framed(visible, floor),
                margin,
                margin + title,
                canvas.width() - 2 * margin,
                canvas.height() - title - 2 * margin);
    Floor.draw(canvas, projection, floor);
    double fine = Math.min(LINK_THICKNESS, DETAIL_THICKNESS * enlargement(person));
    Solid[] solids = solids(points, shown, set, fine, projection);
    shadow(canvas, solids, projection, floor);
    for (Solid solid : solids) {
      solid.draw(canvas, projection);
    }
    if (Math.min(canvas.width(), canvas.height()) >= LEAST_FOR_AXES) {
      AxisTriad.draw(canvas, projection, frame);
    }
  }

  private static int enlargement(PersonPose person) {
    return person.hands().isPresent() ? HANDS_ENLARGED : 1;
  }

  /** What the picture does not say by itself. */
  static String note(PersonPose person, Frame3d frame) {
    String grid =
        String.format(Locale.ROOT, "frame %s, grid %.2f m", frame.id(), CELL / enlargement(person));
    return frame == Frame3d.UVD
        ? grid + String.format(Locale.ROOT, " if the crop is %.1f m wide", ViewSpace.CROP)
        : grid;
  }

  private boolean[] shown(PersonPose person) {
    boolean[] shown = Overlay.shown(person, keypointThreshold);
    float[][] xyz = person.keypoints3d();
    for (int i = 0; i < shown.length; i++) {
      for (float value : xyz[i]) {
        shown[i] &= Float.isFinite(value);
      }
    }
    return shown;
  }

  /** Points in the drawing's axes with the middle of the hips, or of everything, at the origin. */
  private static double[][] rooted(
      PersonPose person, KeypointSet set, Frame3d frame, boolean[] shown) {
    double[][] points = ViewSpace.points(person, frame);
    int left = set.indexOf("left_hip");
    int right = set.indexOf("right_hip");
    boolean hips = left >= 0 && right >= 0 && shown[left] && shown[right];
    double[][] around =
        hips ? new double[][] {points[left], points[right]} : visible(points, shown);
    double[] root = new double[3];
    for (double[] point : around) {
      for (int axis = 0; axis < 3; axis++) {
        root[axis] += point[axis] / around.length;
      }
    }
    for (double[] point : points) {
      for (int axis = 0; axis < 3; axis++) {
        point[axis] = (point[axis] - root[axis]) * enlargement(person);
      }
    }
    return points;
  }

  private static double[][] visible(double[][] points, boolean[] shown) {
    List<double[]> visible = new ArrayList<>();
    for (int i = 0; i < points.length; i++) {
      if (shown[i]) {
        visible.add(points[i]);
      }
    }
    return visible.toArray(double[][]::new);
  }

  /** What has to fit in: the person and a piece of the floor around the feet. */
  private static double[][] framed(double[][] visible, double floor) {
    double[][] framed = new double[visible.length + 4][];
    System.arraycopy(visible, 0, framed, 0, visible.length);
    double reach = CELL * 2;
    framed[visible.length] = new double[] {reach, floor, 0};
    framed[visible.length + 1] = new double[] {-reach, floor, 0};
    framed[visible.length + 2] = new double[] {0, floor, reach};
    framed[visible.length + 3] = new double[] {0, floor, -reach};
    return framed;
  }

  /** Which keypoints belong to hands and faces. */
  private static boolean[] details(KeypointSet set) {
    boolean[] details = new boolean[set.size()];
    for (int i = 0; i < details.length; i++) {
      details[i] = DETAIL.matcher(set.points().get(i).name()).find();
    }
    return details;
  }

  /**
   * Everything that is drawn, from far to near.
   *
   * @param fine the most that a bone of a hand or a face has, metres
   */
  private static Solid[] solids(
      double[][] points, boolean[] shown, KeypointSet set, double fine, Projection projection) {
    Strokes body = new Strokes(LINK_THICKNESS, FINEST);
    Strokes detail = new Strokes(fine, FINEST);
    double[] bodyRadii = body.radii(points, shown);
    double[] detailRadii = detail.radii(points, shown);
    boolean[] fineOnes = details(set);
    List<Solid> solids = new ArrayList<>();
    for (KeypointSet.Link link : set.links()) {
      double[] a = points[link.from()];
      double[] b = points[link.to()];
      if (shown[link.from()] && shown[link.to()]) {
        Strokes strokes = fineOnes[link.from()] && fineOnes[link.to()] ? detail : body;
        double thickness = strokes.link(Strokes.distance(a, b));
        solids.add(new Solid(a, b, thickness, light(a, b, projection), link.rgb()));
      }
    }
    for (int i = 0; i < points.length; i++) {
      double[] p = points[i];
      if (shown[i]) {
        int rgb = set.points().get(i).rgb();
        double radius = (fineOnes[i] ? detailRadii : bodyRadii)[i];
        solids.add(new Solid(p, p, radius * 2, light(p, p, projection), rgb));
      }
    }
    solids.sort(Comparator.comparingDouble(solid -> solid.depth(projection)));
    return solids.toArray(Solid[]::new);
  }

  private static double light(double[] a, double[] b, Projection projection) {
    double near = (projection.turn(a)[2] + projection.turn(b)[2]) / 2;
    double part = Math.min(1, Math.max(0, (near + DEPTH_RANGE / 2) / DEPTH_RANGE));
    return DARKEST + (1 - DARKEST) * part;
  }

  private static void shadow(Canvas canvas, Solid[] solids, Projection projection, double floor) {
    canvas.blend(
        SHADOW_OPACITY,
        layer -> {
          for (Solid solid : solids) {
            solid.drawShadow(layer, projection, floor);
          }
        });
  }
}
