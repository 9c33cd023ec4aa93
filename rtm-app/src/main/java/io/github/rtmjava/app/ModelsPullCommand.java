package io.github.rtmjava.app;

import io.github.rtmjava.models.Zoo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code rtm models pull}. */
@Command(
    name = "pull",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    description = {
      "Downloads models, checks them, and keeps them in the cache as bundles.",
      "",
      "With --dest the official .pth files go to a folder instead: carry them to a machine without"
          + " network and bring them in there with --from-file."
    },
    footer = {
      "",
      "Examples:",
      "  rtm models pull rtmw3d-l rtmdet-m",
      "  rtm models pull rtmw3d-x --dest /media/stick",
      "  rtm models pull --from-file /media/stick/rtmw3d-x_8xb64_cocktail14-384x288-b0a0eab7_20240626.pth"
    })
final class ModelsPullCommand implements Callable<Integer> {
  @Spec private CommandSpec command = CommandSpec.create();
  @ParentCommand private ModelsCommand models = new ModelsCommand();

  @Parameters(paramLabel = "NAME", description = "Names or addresses.")
  private List<String> names = List.of();

  @Option(names = "--dest", paramLabel = "DIR", description = "A folder for the .pth files.")
  private @Nullable Path destination;

  @Option(
      names = "--from-file",
      paramLabel = "FILE",
      description =
          "A file that is here already. What it is is seen from its content, or said by NAME.")
  private @Nullable Path file;

  @Override
  public Integer call() throws IOException {
    requireSense();
    Console console = new Console(command);
    Zoo zoo = models.zoo();
    try (ModelNews news = new ModelNews(console)) {
      if (file != null) {
        console.say(zoo.add(file, names.isEmpty() ? null : names.get(0), news).toString());
        return ExitCode.OK;
      }
      zoo.requireReachable(names, destination);
      boolean all = true;
      for (String name : names) {
        try {
          Path path =
              destination == null ? zoo.pull(name, news) : zoo.download(name, destination, news);
          console.say(path.toString());
        } catch (IOException e) {
          news.notice("rtm: " + Errors.line(e));
          console.trace(e);
          all = false;
        }
      }
      return all ? ExitCode.OK : ExitCode.SOFTWARE;
    }
  }

  private void requireSense() throws IOException {
    if (file == null ? names.isEmpty() : names.size() > 1) {
      throw new ParameterException(
          command.commandLine(),
          file == null ? "expected a NAME or --from-file" : "--from-file goes with one NAME");
    }
    if (file != null && destination != null) {
      throw new ParameterException(
          command.commandLine(), "--from-file fills the cache: leave --dest out");
    }
    if (destination != null && Files.exists(destination) && !Files.isDirectory(destination)) {
      throw new IOException(destination + ": expected a folder, found a file");
    }
  }
}
