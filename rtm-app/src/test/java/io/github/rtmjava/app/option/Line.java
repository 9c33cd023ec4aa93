package io.github.rtmjava.app.option;

import io.github.rtmjava.app.Cli;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One or more command lines that are run one after another in a folder of their own, which their
 * words call {@value #OUT}.
 *
 * @param program what runs them
 * @param commands the words of each
 */
record Line(Program program, List<List<String>> commands) {
  static final String OUT = "{out}";

  private static final Program RTM = (folder, words) -> Cli.run(words);

  /** What runs the words of a command line for a run that has a folder of its own. */
  interface Program {
    Cli.Outcome run(Path folder, String... words);
  }

  Line {
    commands = commands.stream().map(List::copyOf).toList();
  }

  /** A line of {@code rtm}. */
  static Line rtm(String... words) {
    return of(RTM, words);
  }

  static Line of(Program program, String... words) {
    return new Line(program, List.of(List.of(words)));
  }

  /** The same with more words in the end. */
  Line with(String... words) {
    List<String> longer = new ArrayList<>(last());
    longer.addAll(List.of(words));
    List<List<String>> all = new ArrayList<>(commands.subList(0, commands.size() - 1));
    all.add(longer);
    return new Line(program, all);
  }

  /** The same with another word in place of one. */
  Line replacing(String word, String other) {
    return new Line(
        program,
        commands.stream()
            .map(words -> words.stream().map(each -> each.equals(word) ? other : each).toList())
            .toList());
  }

  /** The same, and another line after it in the same folder. */
  Line then(String... words) {
    List<List<String>> all = new ArrayList<>(commands);
    all.add(List.of(words));
    return new Line(program, all);
  }

  /** The words of the line that counts. */
  List<String> last() {
    return commands.get(commands.size() - 1);
  }

  @Override
  public String toString() {
    return String.join(" ", last());
  }
}
