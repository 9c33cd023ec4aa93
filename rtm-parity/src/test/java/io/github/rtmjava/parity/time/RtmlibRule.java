package io.github.rtmjava.parity.time;

import io.github.rtmjava.geometry.Box;
import io.github.rtmjava.pose.PersonPose;
import io.github.rtmjava.pose.PoseResult;
import java.util.ArrayList;
import java.util.List;

/**
 * The rule of rtmlib's {@code PoseTracker} ({@code tools/solution/pose_tracker.py}): each person in
 * turn takes the id of the box of the last frame that overlaps most, by an IoU above 0.3; boxes are
 * those of all keypoints, widened by 1.25; who finds none gets a new id, unless the box is smaller
 * than 1000 square pixels. It remembers one frame, and counts ids anew after a frame with nobody.
 */
final class RtmlibRule implements Follower {
  private static final float LEAST_IOU = 0.3f;
  private static final float EXPANSION = 1.25f;
  private static final float LEAST_AREA = 1000;

  private List<Box> boxes = new ArrayList<>();
  private List<Integer> ids = new ArrayList<>();
  private int next;

  @Override
  public PoseResult step(double time, PoseResult found) {
    if (ids.isEmpty()) {
      next = 0;
    }
    List<Box> newBoxes = new ArrayList<>();
    List<Integer> newIds = new ArrayList<>();
    List<PersonPose> people = new ArrayList<>();
    for (PersonPose person : found.persons()) {
      Box box = around(person.keypoints());
      int best = -1;
      for (int i = 0; i < boxes.size(); i++) {
        if (best < 0 || box.iou(boxes.get(i)) > box.iou(boxes.get(best))) {
          best = i;
        }
      }
      int id;
      if (best >= 0 && box.iou(boxes.get(best)) > LEAST_IOU) {
        id = ids.remove(best);
        boxes.remove(best);
      } else if (box.area() >= LEAST_AREA) {
        id = next++;
      } else {
        continue;
      }
      newBoxes.add(box);
      newIds.add(id);
      people.add(person.withId(id + 1));
    }
    boxes = newBoxes;
    ids = newIds;
    return found.with(people);
  }

  private static Box around(float[][] points) {
    Box box = new Box(points[0][0], points[0][1], points[0][0], points[0][1]);
    for (float[] p : points) {
      box =
          new Box(
              Math.min(box.x1(), p[0]),
              Math.min(box.y1(), p[1]),
              Math.max(box.x2(), p[0]),
              Math.max(box.y2(), p[1]));
    }
    float dx = box.width() / 2 * (EXPANSION - 1);
    float dy = box.height() / 2 * (EXPANSION - 1);
    return new Box(box.x1() - dx, box.y1() - dy, box.x2() + dx, box.y2() + dy);
  }
}
