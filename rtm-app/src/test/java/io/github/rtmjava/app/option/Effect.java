package io.github.rtmjava.app.option;

import java.io.IOException;

/**
 * What an option does.
 *
 * @param command whose option it is, without {@code rtm}
 * @param option its longest name, or the label of a parameter
 * @param title of this effect
 * @param without a line without the option, or with another value of it
 * @param with a line with it
 * @param difference what must be different
 */
record Effect(
    String command, String option, String title, Line without, Line with, Difference difference) {

  /** Fails unless two runs differ as they should. */
  interface Difference {
    void check(Run without, Run with) throws IOException;
  }

  void check(Bench bench) throws IOException {
    difference.check(bench.run(without), bench.run(with));
  }
}
