package io.github.rtmjava.app.option;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The flags of every command that asks servers of the web. */
final class WebRuns {
  private WebRuns() {}

  /**
   * Adds them to a command's table.
   *
   * @param moved a line with an address of {@link Material#moved} that nobody else asks for
   */
  static void add(Table table, Line moved) {
    table
        .option("--allow-private-hosts")
        .on(moved)
        .shows(
            (without, with) -> {
              assertEquals(1, without.code(), without.said());
              assertTrue(without.said().contains("--allow-private-hosts"), without.said());
              assertEquals(0, with.code(), with.said());
            });
  }
}
