package io.github.rtmjava.app.save;

/** What a file can say of a sighting. */
enum Says {
  /** Who it is. */
  PERSON,
  /** The same, but of people who are followed only. */
  TRACK,
  FRAME,
  TIME,
  /** How many keypoints, angles or bones it has. */
  POINTS,
  /** Whether it is in space as well as in the picture. */
  SPACE,
  /** That somebody is not there between two frames where they are. */
  ABSENCE
}
