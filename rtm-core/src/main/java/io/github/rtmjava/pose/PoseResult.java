package io.github.rtmjava.pose;

import io.github.rtmjava.geometry.Frame3d;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Everybody in one picture: N people with K keypoints each. Immutable; arrays handed out are the
 * caller's own.
 *
 * @param width of the picture in pixels
 * @param height of the picture in pixels
 * @param model name of the pose model
 * @param frame frame of the 3D keypoints
 * @param keypointSet names and links of the keypoints
 * @param persons in descending order of the detector's score, or in the order of the caller's boxes
 */
public record PoseResult(
    int width,
    int height,
    String model,
    Frame3d frame,
    KeypointSet keypointSet,
    List<PersonPose> persons) {

  public PoseResult {
    persons = List.copyOf(persons);
    for (PersonPose person : persons) {
      if (person.size() != keypointSet.size()) {
        throw new IllegalArgumentException(
            "expected %s keypoints of %s, found %s"
                .formatted(keypointSet.size(), keypointSet.name(), person.size()));
      }
    }
  }

  /** Number of people. */
  public int size() {
    return persons.size();
  }

  /** [N][K][3] in {@link #frame()}, see {@link PersonPose#keypoints3d()}. */
  public float[][][] keypoints3d() {
    return persons.stream().map(PersonPose::keypoints3d).toArray(float[][][]::new);
  }

  /** [N][K][2]: x and y in pixels of the picture. */
  public float[][][] keypoints2d() {
    return persons.stream().map(PersonPose::keypoints).toArray(float[][][]::new);
  }

  /** [N][K]: raw scores, see {@link PersonPose#scores()}. */
  public float[][] scores() {
    return persons.stream().map(PersonPose::scores).toArray(float[][]::new);
  }

  /** [N][K]: the scores clamped to 0 to 1. */
  public float[][] confidences() {
    return persons.stream().map(PersonPose::confidences).toArray(float[][]::new);
  }

  /** [N][4]: x1, y1, x2, y2 in pixels of the picture. */
  public float[][] bboxes() {
    return persons.stream().map(p -> p.bbox().toArray()).toArray(float[][]::new);
  }

  /** [N]: the detector's scores, 0 to 1. */
  public float[] bboxScores() {
    float[] out = new float[persons.size()];
    for (int i = 0; i < out.length; i++) {
      out[i] = persons.get(i).bboxScore();
    }
    return out;
  }

  /** K names in the order of the keypoints. */
  public List<String> keypointNames() {
    return keypointSet.points().stream().map(KeypointSet.Point::name).toList();
  }

  /** [L][2]: pairs of keypoint indices that make up the skeleton. */
  public int[][] skeletonLinks() {
    return keypointSet.links().stream()
        .map(l -> new int[] {l.from(), l.to()})
        .toArray(int[][]::new);
  }

  /**
   * The same result with its 3D keypoints in another frame.
   *
   * @throws IllegalStateException if this one is not in {@link Frame3d#CAMERA}, since other frames
   *     do not lead back; if the other is {@link Frame3d#UVD}, or {@link Frame3d#WORLD}, to which
   *     only a floor or a calibration leads
   */
  public PoseResult in(Frame3d other) {
    if (other == frame) {
      return this;
    }
    if (frame == Frame3d.UVD) {
      throw new IllegalStateException(
          "expected 3D keypoints in metres to bring into the frame %s, found pixels and depth (uvd);"
                  .formatted(other.id())
              + " give the camera that took the picture");
    }
    if (other == Frame3d.WORLD) {
      throw new IllegalStateException(
          "expected a frame that follows from the camera's alone, found world; it needs a floor or"
              + " a calibration");
    }
    if (frame != Frame3d.CAMERA || other == Frame3d.UVD) {
      throw new IllegalStateException(
          "expected a change from the camera's frame to one in metres, found one from %s to %s"
              .formatted(frame.id(), other.id()));
    }
    return new PoseResult(
        width,
        height,
        model,
        other,
        keypointSet,
        persons.stream().map(p -> FrameChange.apply(p, keypointSet, other)).toList());
  }

  /** The same result with other people, or with some of them. */
  public PoseResult with(List<PersonPose> others) {
    return new PoseResult(width, height, model, frame, keypointSet, others);
  }

  /** Arrays by the names that the Python package rtmpose3d uses. */
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("keypoints_3d", keypoints3d());
    map.put("keypoints_2d", keypoints2d());
    map.put("scores", scores());
    map.put("bboxes", bboxes());
    return map;
  }
}
