package io.github.rtmjava.app;

import java.util.Locale;

/** What is written for each picture. */
enum Saved {
  JSON(".json"),
  OVERLAY(".png");

  private final String ending;

  Saved(String ending) {
    this.ending = ending;
  }

  /** How the file's name ends. */
  String ending() {
    return ending;
  }

  /** The name as users give it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
