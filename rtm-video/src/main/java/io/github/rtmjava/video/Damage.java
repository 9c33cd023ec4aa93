package io.github.rtmjava.video;

import java.util.ArrayList;
import java.util.List;

/** What was wrong with a video, counted. */
final class Damage {
  private long packets;
  private long incomplete;
  private long undecodable;
  private long patched;
  private long unconvertible;

  /** A packet came from the file. */
  void packet(boolean cutShort) {
    packets++;
    if (cutShort) {
      incomplete++;
    }
  }

  /** A packet did not decode. */
  void undecodable() {
    undecodable++;
  }

  /** A frame came out of which the decoder guessed a part. */
  void patched() {
    patched++;
  }

  /** A frame came out that could not become a picture. */
  void unconvertible() {
    unconvertible++;
  }

  /** Packets so far. */
  long packets() {
    return packets;
  }

  /** One line for each kind. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    if (undecodable > 0) {
      lines.add("%s of %s packets do not decode".formatted(undecodable, packets));
    }
    if (incomplete > 0) {
      lines.add("%s of %s packets are incomplete".formatted(incomplete, packets));
    }
    if (patched > 0) {
      lines.add(frames(patched) + " damaged; the decoder guessed what is missing there");
    }
    if (unconvertible > 0) {
      lines.add(frames(unconvertible) + " left out, of a kind that does not become a picture");
    }
    return lines;
  }

  private static String frames(long count) {
    return count == 1 ? "1 frame is" : count + " frames are";
  }
}
