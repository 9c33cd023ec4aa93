package io.github.rtmjava.parity.time;

import io.github.rtmjava.pose.PoseResult;

/** A rule that gives people ids, frame by frame. */
interface Follower {
  PoseResult step(double time, PoseResult found);
}
