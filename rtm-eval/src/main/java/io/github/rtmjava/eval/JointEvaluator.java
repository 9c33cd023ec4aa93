package io.github.rtmjava.eval;

import io.github.rtmjava.pose.KeypointSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * MPJPE, N-MPJPE and PA-MPJPE over a range of keypoints. A person's root is the middle of the hips,
 * a hand's its wrist; of keypoint sets with neither the first keypoint of the range. PA-MPJPE
 * aligns the keypoints of the range alone.
 */
public final class JointEvaluator {
  private static final double MILLIMETRES = 1000;

  private final KeypointRange range;
  private final int[] root;
  private final boolean trueCamera;

  /**
   * Judges a range of keypoints.
   *
   * @param trueCamera whether predictions are placed with the annotated camera and the annotated
   *     distance of each person, as upstream evaluates its models: x and y follow from the
   *     predicted pixel and the predicted depth relative to the root. Otherwise they are taken as
   *     predicted.
   */
  public JointEvaluator(KeypointRange range, KeypointSet set, boolean trueCamera) {
    this.range = range;
    this.trueCamera = trueCamera;
    int left = set.indexOf("left_hip");
    int right = set.indexOf("right_hip");
    root = left >= 0 && right >= 0 ? new int[] {left, right} : new int[] {wrist(range, set)};
  }

  private static int wrist(KeypointRange range, KeypointSet set) {
    return IntStream.range(range.from(), range.to())
        .filter(k -> set.points().get(k).name().contains("wrist"))
        .findFirst()
        .orElse(range.from());
  }

  /** Whether everybody with 3D keypoints has an annotated camera and distance. */
  public static boolean knowsCameras(Annotations annotations) {
    Map<Long, AnnotatedImage> images = annotations.imagesById();
    return annotations.people().stream()
        .filter(person -> person.keypoints3d().length > 0)
        .allMatch(
            person ->
                person.rootDepth() != null
                    && Objects.requireNonNull(images.get(person.imageId())).lens() != null);
  }

  /** The figures over all people who are found; empty where nobody is. */
  public Optional<JointErrors> evaluate(Annotations annotations, List<Prediction> predictions) {
    Map<Long, AnnotatedImage> images = annotations.imagesById();
    List<Prediction> spatial =
        predictions.stream().filter(guess -> guess.keypoints3d().length > 0).toList();
    List<Pairs.Pair> pairs =
        Pairs.of(annotations, spatial).stream()
            .filter(pair -> pair.truth().keypoints3d().length > 0)
            .toList();
    double[] sums = new double[3];
    int found = 0;
    int keypoints = 0;
    for (Pairs.Pair pair : pairs) {
      Prediction guess = pair.guess();
      if (guess == null) {
        continue;
      }
      found++;
      keypoints += pair.truth().annotated(range);
      double[][] placed =
          trueCamera
              ? placed(pair.truth(), guess, Objects.requireNonNull(images.get(guess.imageId())))
              : guess.keypoints3d();
      double[][] predicted = relative(placed);
      double[][] truth = relative(pair.truth().keypoints3d());
      sums[0] += distances(predicted, truth, pair.truth());
      sums[1] += distances(scaled(predicted, truth), truth, pair.truth());
      sums[2] += distances(Procrustes.align(predicted, truth), truth, pair.truth());
    }
    if (keypoints == 0) {
      return Optional.empty();
    }
    return Optional.of(
        new JointErrors(
            pairs.size(),
            found,
            MILLIMETRES * sums[0] / keypoints,
            MILLIMETRES * sums[1] / keypoints,
            MILLIMETRES * sums[2] / keypoints));
  }

  /** [K][3] in metres, with the annotated camera and distance. */
  private double[][] placed(Annotation truth, Prediction guess, AnnotatedImage image) {
    AnnotatedImage.Lens lens = Objects.requireNonNull(image.lens());
    double distance = Objects.requireNonNull(truth.rootDepth());
    double[][] metres = guess.keypoints3d();
    double rootDepth = IntStream.of(root).mapToDouble(k -> metres[k][2]).average().orElse(0);
    double[][] out = new double[metres.length][];
    for (int k = 0; k < out.length; k++) {
      double depth = distance + metres[k][2] - rootDepth;
      out[k] =
          new double[] {
            (guess.keypoints()[3 * k] - lens.cx()) / lens.fx() * depth,
            (guess.keypoints()[3 * k + 1] - lens.cy()) / lens.fy() * depth,
            depth
          };
    }
    return out;
  }

  /** [range][3]: the range's keypoints relative to the root. */
  private double[][] relative(double[][] keypoints) {
    double[] origin = new double[3];
    for (int k : root) {
      for (int axis = 0; axis < 3; axis++) {
        origin[axis] += keypoints[k][axis] / root.length;
      }
    }
    return Stream.of(keypoints)
        .skip(range.from())
        .limit(range.size())
        .map(p -> new double[] {p[0] - origin[0], p[1] - origin[1], p[2] - origin[2]})
        .toArray(double[][]::new);
  }

  private static double[][] scaled(double[][] predicted, double[][] truth) {
    double own = 0;
    double common = 0;
    for (int n = 0; n < predicted.length; n++) {
      for (int axis = 0; axis < 3; axis++) {
        own += predicted[n][axis] * predicted[n][axis];
        common += predicted[n][axis] * truth[n][axis];
      }
    }
    double scale = own == 0 ? 0 : common / own;
    return Stream.of(predicted)
        .map(p -> new double[] {scale * p[0], scale * p[1], scale * p[2]})
        .toArray(double[][]::new);
  }

  /** The sum over annotated keypoints. */
  private double distances(double[][] a, double[][] b, Annotation person) {
    double sum = 0;
    for (int n = 0; n < a.length; n++) {
      if (person.isAnnotated(range.from() + n)) {
        double x = a[n][0] - b[n][0];
        double y = a[n][1] - b[n][1];
        double z = a[n][2] - b[n][2];
        sum += Math.sqrt(x * x + y * y + z * z);
      }
    }
    return sum;
  }
}
