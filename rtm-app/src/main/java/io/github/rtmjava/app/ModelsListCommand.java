package io.github.rtmjava.app;

import io.github.rtmjava.models.EmbeddedModels;
import io.github.rtmjava.models.Zoo;
import io.github.rtmjava.models.ZooEntry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code rtm models list}. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Lists every model, and whether it is in the cache.",
    footer = {"", "Examples:", "  rtm models list", "  rtm models list --json"})
final class ModelsListCommand implements Callable<Integer> {
  @Spec private CommandSpec command = CommandSpec.create();
  @ParentCommand private ModelsCommand models = new ModelsCommand();

  @Option(names = "--json", description = "Writes JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    Console console = new Console(command);
    Zoo zoo = models.zoo();
    List<ModelState> states = new ArrayList<>();
    for (ZooEntry entry : zoo.entries()) {
      states.add(ModelState.of(entry, zoo));
    }
    if (json) {
      ModelsCommand.json(console, states);
      return 0;
    }
    row(console, "NAME", "TASK", "INPUT", "CACHE", "TRAINED ON");
    for (ModelState state : states) {
      ZooEntry entry = state.model();
      row(
          console,
          entry.name(),
          entry.task().name().toLowerCase(Locale.ROOT),
          entry.input().toString(),
          state.word(),
          entry.dataset());
    }
    console.note("embedded: " + String.join(", ", EmbeddedModels.names()));
    console.note("cache: " + zoo.cacheFolder());
    return 0;
  }

  private static void row(Console console, Object... cells) {
    console.say(String.format(Locale.ROOT, "%-18s %-10s %-8s %-11s %s", cells));
  }
}
