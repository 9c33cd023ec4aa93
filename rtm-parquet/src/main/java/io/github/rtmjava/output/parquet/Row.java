package io.github.rtmjava.output.parquet;

import io.github.rtmjava.pose.PoseFrame;

/** One keypoint of one person in one frame. */
record Row(
    PoseFrame frame,
    int id,
    String keypoint,
    float x,
    float y,
    float score,
    float[] place,
    boolean interpolated) {}
