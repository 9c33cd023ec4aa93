package io.github.rtmjava.recording;

/** What this project makes itself of all frames of a video. */
public enum ResultPart {
  /** Lines of JSON, smooth. */
  JSON(".smooth.jsonl"),
  /** The video with everybody drawn on it. */
  OVERLAY(".mp4"),
  /** The page in which people can be turned. */
  VIEWER(".html");

  private final String ending;

  ResultPart(String ending) {
    this.ending = ending;
  }

  /** How the name of its file ends. */
  public String ending() {
    return ending;
  }
}
