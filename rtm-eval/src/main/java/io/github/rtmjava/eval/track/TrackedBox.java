package io.github.rtmjava.eval.track;

import io.github.rtmjava.geometry.Box;

/**
 * Somebody in one frame.
 *
 * @param id who it is, the same in all frames
 * @param box in pixels of the frame
 */
public record TrackedBox(int id, Box box) {}
