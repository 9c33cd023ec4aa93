package io.github.rtmjava.parity.time;

import io.github.rtmjava.geometry.Box;
import io.github.rtmjava.pose.PersonPose;
import io.github.rtmjava.pose.PoseResult;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The simplest tracker: pairs whose boxes overlap most come first, down to an IoU of 0.3 with the
 * last box of a track; a track ends after 30 frames without one.
 */
final class PlainIou implements Follower {
  private static final float LEAST_IOU = 0.3f;
  private static final int LONGEST_ABSENCE = 30;

  private final Map<Integer, Seen> tracks = new HashMap<>();
  private int frame;
  private int ids;

  private record Seen(Box box, int frame) {}

  private record Pair(int person, int track, float iou) {}

  @Override
  public PoseResult step(double time, PoseResult found) {
    frame++;
    tracks.values().removeIf(seen -> frame - seen.frame() > LONGEST_ABSENCE);
    List<Pair> pairs = new ArrayList<>();
    for (int i = 0; i < found.size(); i++) {
      for (Map.Entry<Integer, Seen> track : tracks.entrySet()) {
        float iou = found.persons().get(i).bbox().iou(track.getValue().box());
        if (iou >= LEAST_IOU) {
          pairs.add(new Pair(i, track.getKey(), iou));
        }
      }
    }
    pairs.sort((a, b) -> Float.compare(b.iou(), a.iou()));
    Map<Integer, Integer> idOf = new HashMap<>();
    Set<Integer> taken = new HashSet<>();
    for (Pair pair : pairs) {
      if (!idOf.containsKey(pair.person()) && taken.add(pair.track())) {
        idOf.put(pair.person(), pair.track());
      }
    }
    List<PersonPose> people = new ArrayList<>();
    for (int i = 0; i < found.size(); i++) {
      Integer known = idOf.get(i);
      int id = known == null ? ++ids : known;
      PersonPose person = found.persons().get(i).withId(id);
      tracks.put(id, new Seen(person.bbox(), frame));
      people.add(person);
    }
    return found.with(people);
  }
}
