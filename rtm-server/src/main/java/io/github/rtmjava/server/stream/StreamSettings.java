package io.github.rtmjava.server.stream;

import io.github.rtmjava.pose3d.FollowOptions;
import io.github.rtmjava.pose3d.PoseOptions;
import io.github.rtmjava.server.web.Parameters;
import org.jspecify.annotations.Nullable;

/**
 * What a client wants of its stream.
 *
 * @param model its name; null for the first one
 * @param detectEvery the detector looks at every so many-th frame
 * @param live what can be changed while frames come
 */
record StreamSettings(@Nullable String model, int detectEvery, Live live) {
  private static final int MOST_PEOPLE = 10_000;
  private static final int SELDOMEST = 1000;

  /**
   * What can be changed while frames come.
   *
   * @param bboxThreshold null for the detector's own
   * @param maxPersons at most so many
   * @param singlePerson whether one person is followed
   * @param smooth whether keypoints are smoothed over time
   * @param angles whether answers hold the angles of the bodies
   */
  record Live(
      @Nullable Float bboxThreshold,
      int maxPersons,
      boolean singlePerson,
      boolean smooth,
      boolean angles) {

    /** Which people are looked at. */
    PoseOptions people() {
      return PoseOptions.DEFAULT
          .withBboxThreshold(bboxThreshold)
          .withMaxPersons(maxPersons)
          .withSinglePerson(singlePerson);
    }

    /** The same with what is asked for. */
    Live with(Parameters parameters) {
      Float threshold = parameters.number("bbox_thr", 0, 1);
      return new Live(
          threshold == null ? bboxThreshold : threshold,
          parameters.count("max_persons", 1, MOST_PEOPLE, maxPersons),
          parameters.flag("single_person", singlePerson),
          parameters.flag("smooth", smooth),
          parameters.flag("angles", angles));
    }
  }

  /**
   * Reads the query of a request.
   *
   * @throws io.github.rtmjava.server.web.ProblemException if something in it makes no sense
   */
  static StreamSettings of(Parameters parameters) {
    parameters.texts("token"); // The guard's.
    StreamSettings settings =
        new StreamSettings(
            parameters.text("model"),
            parameters.count("det_every", 1, SELDOMEST, 1),
            new Live(null, Integer.MAX_VALUE, false, true, false).with(parameters));
    parameters.requireNoOthers();
    return settings;
  }

  /** How people are followed. */
  FollowOptions following() {
    return FollowOptions.DEFAULT.withDetectEvery(detectEvery).withLive(true);
  }
}
