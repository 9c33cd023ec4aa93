package io.github.rtmjava.app;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code rtm models prune}. */
@Command(
    name = "prune",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    description = {
      "Removes unfinished downloads and what interrupted runs left in the cache.",
      "",
      "Models are removed only where they are named, or with --all."
    },
    footer = {
      "",
      "Examples:",
      "  rtm models prune",
      "  rtm models prune rtmw3d-l",
      "  rtm models prune --all"
    })
final class ModelsPruneCommand implements Callable<Integer> {
  @Spec private CommandSpec command = CommandSpec.create();
  @ParentCommand private ModelsCommand models = new ModelsCommand();

  @Parameters(paramLabel = "NAME", description = "Models to remove as well.")
  private List<String> names = List.of();

  @Option(names = "--all", description = "Removes every model.")
  private boolean all;

  @Option(names = "--dry-run", description = "Only says what would be removed.")
  private boolean dryRun;

  @Override
  public Integer call() throws IOException {
    Console console = new Console(command);
    List<Path> removed = models.zoo().prune(names, all, dryRun);
    removed.forEach(path -> console.say((dryRun ? "would remove " : "removed ") + path));
    if (removed.isEmpty()) {
      console.note("nothing to remove");
    }
    return 0;
  }
}
