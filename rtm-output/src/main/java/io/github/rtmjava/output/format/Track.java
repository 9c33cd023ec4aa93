package io.github.rtmjava.output.format;

import java.util.Arrays;

/** In which frames one person is, and at which place among the people there. */
public final class Track {
  private final int number;
  private int[] frames = new int[64];
  private int[] places = new int[64];
  private int size;

  Track(int number) {
    this.number = number;
  }

  void add(int frame, int place) {
    if (size == frames.length) {
      frames = Arrays.copyOf(frames, 2 * size);
      places = Arrays.copyOf(places, 2 * size);
    }
    frames[size] = frame;
    places[size++] = place;
  }

  /** The person's number, see {@link PersonNumbers}. */
  public int number() {
    return number;
  }

  /** In how many frames the person is; at least one. */
  public int size() {
    return size;
  }

  /** The place among the recording's frames of the i-th frame in which the person is. */
  public int frame(int i) {
    return frames[i];
  }

  int place(int i) {
    return places[i];
  }

  /** The place among the recording's frames of the first with the person. */
  public int first() {
    return frames[0];
  }

  /** The place among the recording's frames of the last with the person. */
  public int last() {
    return frames[size - 1];
  }

  /** How many frames there are from the first to the last, with those without the person. */
  public int span() {
    return last() - first() + 1;
  }
}
