package io.github.rtmjava.app;

import java.util.List;
import java.util.Locale;

/** This program's own results of each picture or video. */
enum Saved {
  JSON(".json", ".jsonl"),
  OVERLAY(".png", ".mp4"),
  VIEWER(".html", ".html"),
  /** Of all pictures together. */
  SHEET("", "");

  private final String ending;
  private final String videoEnding;

  Saved(String ending, String videoEnding) {
    this.ending = ending;
    this.videoEnding = videoEnding;
  }

  /** How the name of a picture's file ends; empty if pictures have none of their own. */
  String ending() {
    return ending;
  }

  /** How the name of a video's file ends; empty if videos have none of their own. */
  String videoEnding() {
    return videoEnding;
  }

  /** Both, as far as there are any. */
  List<String> endings() {
    return List.of(ending, videoEnding).stream().filter(text -> !text.isEmpty()).toList();
  }

  /** The name as users give it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
