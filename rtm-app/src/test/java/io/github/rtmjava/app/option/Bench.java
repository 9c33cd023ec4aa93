package io.github.rtmjava.app.option;

import io.github.rtmjava.app.Cli;
import io.github.rtmjava.app.FakeEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Runs each {@link Line} once, however often it is asked for. */
final class Bench {
  private final Path folder;
  private final Map<Line, Run> done = new HashMap<>();

  Bench(Path folder) {
    this.folder = folder;
  }

  Run run(Line line) throws IOException {
    Run known = done.get(line);
    if (known != null) {
      return known;
    }
    Path own = Files.createDirectories(folder.resolve(Integer.toString(done.size())));
    Cli.Outcome outcome = null;
    FakeEngine.takeUses();
    for (List<String> command : line.commands()) {
      String[] words =
          command.stream()
              .map(word -> word.replace(Line.OUT, own.toString()))
              .toArray(String[]::new);
      outcome = line.program().run(own, words);
    }
    if (outcome == null) {
      throw new IllegalArgumentException("a line without a command");
    }
    Run run = new Run(outcome, own, FakeEngine.takeUses());
    done.put(line, run);
    return run;
  }
}
