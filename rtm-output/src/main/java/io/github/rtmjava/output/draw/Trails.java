package io.github.rtmjava.output.draw;

import io.github.rtmjava.image.Canvas;
import io.github.rtmjava.pose.KeypointSet;
import io.github.rtmjava.pose.PersonPose;
import io.github.rtmjava.pose.PoseFrame;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * Where the people of a video went in the last seconds: the middle of their hips, or of their box
 * where a model knows no hips. For one video and one thread.
 */
public final class Trails {
  private static final double SECONDS = 2;

  private final Map<Integer, Deque<Place>> places = new HashMap<>();

  /** A place on the way. */
  private record Place(double time, double x, double y) {}

  /** Remembers a frame, later than those before. */
  public void add(PoseFrame frame) {
    for (PersonPose person : frame.result().persons()) {
      person
          .id()
          .ifPresent(
              id ->
                  places
                      .computeIfAbsent(id, unused -> new ArrayDeque<>())
                      .add(place(frame.time(), person, frame.result().keypointSet())));
    }
    places.values().forEach(way -> way.removeIf(p -> p.time < frame.time() - SECONDS));
    places.values().removeIf(Deque::isEmpty);
  }

  private static Place place(double time, PersonPose person, KeypointSet set) {
    int left = set.indexOf("left_hip");
    int right = set.indexOf("right_hip");
    if (left >= 0 && right >= 0) {
      float[][] keypoints = person.keypoints();
      return new Place(
          time,
          (keypoints[left][0] + keypoints[right][0]) / 2,
          (keypoints[left][1] + keypoints[right][1]) / 2);
    }
    return new Place(
        time,
        (person.bbox().x1() + person.bbox().x2()) / 2,
        (person.bbox().y1() + person.bbox().y2()) / 2);
  }

  /** Draws each way in its person's colour, thinner the longer ago. */
  void draw(Canvas canvas, double scale, double thickness) {
    places.forEach(
        (id, way) -> {
          Place last = null;
          double end = way.getLast().time;
          for (Place place : way) {
            if (last != null) {
              canvas.limb(
                  last.x * scale,
                  last.y * scale,
                  thickness * (1 - (end - last.time) / SECONDS),
                  place.x * scale,
                  place.y * scale,
                  thickness * (1 - (end - place.time) / SECONDS),
                  Colours.person(id));
            }
            last = place;
          }
        });
  }
}
