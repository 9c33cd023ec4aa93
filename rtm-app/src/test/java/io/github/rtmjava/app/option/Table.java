package io.github.rtmjava.app.option;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The effects of a command's options, to be filled in. */
final class Table {
  private final String command;
  private final List<Effect> effects = new ArrayList<>();

  /**
   * An empty table.
   *
   * @param command without {@code rtm}, for example {@code models list}; empty for {@code rtm}
   */
  Table(String command) {
    this.command = command;
  }

  String command() {
    return command;
  }

  List<Effect> effects() {
    return List.copyOf(effects);
  }

  /** Begins an entry for an option with a value, or for a parameter by its label. */
  Entry option(String name, String... value) {
    return new Entry(name, value);
  }

  /** Something about a run. */
  interface Figure<T> {
    T of(Run run) throws IOException;
  }

  /** An entry without its runs. */
  final class Entry {
    private final String name;
    private final String[] value;

    private Entry(String name, String... value) {
      this.name = name;
      this.value = value;
    }

    /**
     * Runs a line without and with the option in its end.
     *
     * @param after words of a line that is run after each and tells what it did; empty for none
     */
    Pair on(Line line, String... after) {
      Line longer =
          line.with(Stream.concat(Stream.of(name), Stream.of(value)).toArray(String[]::new));
      return after.length == 0
          ? between(line, longer)
          : between(line.then(after), longer.then(after));
    }

    /** Runs two lines, of which the second has the option, or another value of it. */
    Pair between(Line without, Line with) {
      return new Pair(String.join(" ", name, String.join(" ", value)).strip(), name, without, with);
    }
  }

  /** An entry without what must be different. */
  final class Pair {
    private final String title;
    private final String name;
    private final Line without;
    private final Line with;

    private Pair(String title, String name, Line without, Line with) {
      this.title = title;
      this.name = name;
      this.without = without;
      this.with = with;
    }

    /** Both runs are shown to a check. */
    void shows(Effect.Difference difference) {
      effects.add(new Effect(command, name, title, without, with, difference));
    }

    /** A figure has one value without and another with the option; both runs succeed. */
    <T> void turns(Figure<T> figure, T before, T after) {
      shows(
          (first, second) -> {
            assertEquals(0, first.code(), first.said());
            assertEquals(0, second.code(), second.said());
            assertEquals(before, figure.of(first), "without");
            assertEquals(after, figure.of(second), "with");
          });
    }

    /** Something is said with the option only. */
    void says(String text) {
      shows(
          (first, second) -> {
            assertFalse(first.said().contains(text), first.said());
            assertTrue(second.said().contains(text), second.said());
          });
    }
  }
}
