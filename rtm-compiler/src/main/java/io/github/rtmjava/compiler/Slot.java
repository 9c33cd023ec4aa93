package io.github.rtmjava.compiler;

/**
 * A value of a program: for each image of the batch a map of pixels with channels last. Three-
 * dimensional values [N, rows, features] are maps of that height, one pixel wide, with features as
 * channels.
 *
 * @param id its number within the program, from 0
 * @param name the network's name for it
 */
public record Slot(int id, String name, int height, int width, int channels) {
  /** Pixels of one image. */
  public int pixels() {
    return height * width;
  }

  /** Elements of one image. */
  public long elements() {
    return (long) pixels() * channels;
  }
}
