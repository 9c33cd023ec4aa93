package io.github.rtmjava.parity.time;

import io.github.rtmjava.geometry.Box;
import io.github.rtmjava.geometry.Frame3d;
import io.github.rtmjava.pose.PersonPose;
import io.github.rtmjava.pose.PoseResult;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * What a detector and a pose model make of the truth. People of whom less than 30 % is seen are
 * missed always.
 *
 * @param missed share of people who are not found
 * @param doubled share of people who are found twice
 * @param shift standard deviation of a box's place and size, of its extent
 * @param noise standard deviation of keypoints, of the box's height
 * @param ghosts boxes per frame where nobody is, with low scores
 */
record Disturbance(
    String name, double missed, double doubled, double shift, double noise, double ghosts) {
  static final List<Disturbance> STRENGTHS =
      List.of(
          new Disturbance("mild", 0.05, 0.02, 0.02, 0.01, 0),
          new Disturbance("medium", 0.1, 0.05, 0.05, 0.02, 0.02),
          new Disturbance("strong", 0.3, 0.1, 0.08, 0.03, 0.05));

  private static final double LEAST_SEEN = 0.3;

  PoseResult apply(Clip clip, Clip.Frame frame, Random random) {
    List<PersonPose> people = new ArrayList<>();
    for (Clip.Person person : frame.people()) {
      boolean found = random.nextDouble() >= missed && person.seen() >= LEAST_SEEN;
      boolean twice = random.nextDouble() < doubled;
      if (found) {
        people.add(seen(person, random));
        if (twice) {
          people.add(seen(person, random));
        }
      }
    }
    if (random.nextDouble() < ghosts) {
      people.add(ghost(clip, random));
    }
    Collections.shuffle(people, random);
    return new PoseResult(
        clip.width(), clip.height(), clip.name(), Frame3d.CAMERA, Clip.KEYPOINTS, people);
  }

  private PersonPose seen(Clip.Person person, Random random) {
    double noisy = noise * person.box().height();
    float[][] points = new float[person.keypoints().length][];
    float[] scores = new float[points.length];
    for (int k = 0; k < points.length; k++) {
      boolean visible = person.visible()[k];
      double spread = visible ? noisy : 4 * noisy;
      points[k] =
          new float[] {
            (float) (person.keypoints()[k][0] + spread * random.nextGaussian()),
            (float) (person.keypoints()[k][1] + spread * random.nextGaussian())
          };
      scores[k] = (visible ? 0.4f : 0) + 0.5f * random.nextFloat();
    }
    float score = (float) (0.3 + 0.5 * person.seen() + 0.2 * random.nextDouble());
    return new PersonPose(shifted(person.box(), random), score, points, new float[0][], scores);
  }

  private Box shifted(Box box, Random random) {
    double dx = shift * box.width() * random.nextGaussian();
    double dy = shift * box.height() * random.nextGaussian();
    double wide = box.width() / 2 * Math.exp(shift * random.nextGaussian());
    double high = box.height() / 2 * Math.exp(shift * random.nextGaussian());
    double x = (box.x1() + box.x2()) / 2 + dx;
    double y = (box.y1() + box.y2()) / 2 + dy;
    return new Box((float) (x - wide), (float) (y - high), (float) (x + wide), (float) (y + high));
  }

  private static PersonPose ghost(Clip clip, Random random) {
    float height = clip.height() * (0.2f + 0.4f * random.nextFloat());
    float x = random.nextFloat() * clip.width();
    float y = random.nextFloat() * (clip.height() - height);
    Box box = new Box(x, y, x + height / 3, y + height);
    float[][] points = new float[Clip.KEYPOINTS.size()][];
    float[] scores = new float[points.length];
    for (int k = 0; k < points.length; k++) {
      points[k] =
          new float[] {x + random.nextFloat() * box.width(), y + random.nextFloat() * box.height()};
      scores[k] = 0.4f * random.nextFloat();
    }
    float score = 0.3f + 0.2f * random.nextFloat();
    return new PersonPose(box, score, points, new float[0][], scores);
  }
}
