package io.github.rtmjava.app;

import io.github.rtmjava.recording.ResultPart;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** This program's own results of each picture or video. */
enum Saved {
  JSON(".json", ".jsonl"),
  OVERLAY(".png", ResultPart.OVERLAY.ending()),
  VIEWER(".html", ResultPart.VIEWER.ending()),
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

  /** What is made of it when all frames of a video are there. */
  Optional<ResultPart> part() {
    return switch (this) {
      case JSON -> Optional.of(ResultPart.JSON);
      case OVERLAY -> Optional.of(ResultPart.OVERLAY);
      case VIEWER -> Optional.of(ResultPart.VIEWER);
      case SHEET -> Optional.empty();
    };
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
