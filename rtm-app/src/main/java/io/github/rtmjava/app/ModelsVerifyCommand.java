package io.github.rtmjava.app;

import io.github.rtmjava.models.Zoo;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code rtm models verify}. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Reads cached models anew and compares their SHA-256 with what was recorded.",
    footer = {"", "Examples:", "  rtm models verify", "  rtm models verify rtmw3d-l"})
final class ModelsVerifyCommand implements Callable<Integer> {
  @Spec private CommandSpec command = CommandSpec.create();
  @ParentCommand private ModelsCommand models = new ModelsCommand();

  @Parameters(paramLabel = "NAME", description = "Names or addresses. Default: all in the cache.")
  private List<String> names = List.of();

  @Option(names = "--json", description = "Writes JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    Console console = new Console(command);
    List<Zoo.Check> checks = models.zoo().verify(names);
    if (json) {
      ModelsCommand.json(console, checks);
    } else if (checks.isEmpty()) {
      console.note("the cache is empty");
    }
    for (Zoo.Check check : checks) {
      String line = check.key() + ": " + check.finding();
      if (!check.good()) {
        console.problem(line);
      } else if (!json) {
        console.say(line);
      }
    }
    return checks.stream().allMatch(Zoo.Check::good) ? ExitCode.OK : ExitCode.SOFTWARE;
  }
}
