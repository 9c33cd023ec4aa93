package io.github.rtmjava.recording;

import io.github.rtmjava.pose.PoseFrame;
import org.jspecify.annotations.Nullable;

/**
 * Who is in a frame, before anybody is recognised.
 *
 * @param poses without ids
 * @param problem why poses could not be looked for, for people; null where they were
 */
public record SeenFrame(PoseFrame poses, @Nullable String problem) {}
