package io.github.rtmjava.server.camera;

import io.github.rtmjava.image.Image;

/**
 * A frame of a camera.
 *
 * @param number from 0 on, of all that were read
 * @param time seconds since the camera was watched first; grows, also where the camera was gone
 * @param arrival {@link System#nanoTime} when it was there
 * @param at the same in milliseconds since 1970
 */
record Picture(long number, double time, Image image, long arrival, long at) {}
