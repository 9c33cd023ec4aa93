package io.github.rtmjava.motion.angle;

/** To which side of the picture a person looks. */
public enum Facing {
  RIGHT,
  LEFT
}
