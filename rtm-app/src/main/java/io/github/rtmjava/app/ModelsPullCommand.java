package io.github.rtmjava.app;

import io.github.rtmjava.model.Recipe;
import io.github.rtmjava.models.Zoo;
import io.github.rtmjava.models.ZooEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
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
      "  rtm models pull --all --task hand",
      "  rtm models pull rtmw3d-x --dest /media/stick",
      "  rtm models pull --from-file"
          + " /media/stick/rtmw3d-x_8xb64_cocktail14-384x288-b0a0eab7_20240626.pth"
    })
final class ModelsPullCommand implements Callable<Integer> {
  @Spec private CommandSpec command = CommandSpec.create();
  @ParentCommand private ModelsCommand models = new ModelsCommand();

  @Parameters(paramLabel = "NAME", description = "Names or addresses.")
  private List<String> names = List.of();

  @Option(names = "--all", description = "Every model, or every one of --task.")
  private boolean all;

  @Option(
      names = "--task",
      paramLabel = "TASK",
      converter = TaskFilter.Converter.class,
      description = "With --all: only these, named as in 'rtm models list'.")
  private @Nullable TaskFilter filter;

  @Option(names = "--dest", paramLabel = "DIR", description = "A folder for the .pth files.")
  private @Nullable Path destination;

  @Option(
      names = "--from-file",
      paramLabel = "FILE",
      description =
          "A file that is here already. What it is is seen from its content, or said by NAME.")
  private @Nullable Path file;

  @Mixin(name = "Addresses")
  private WebFlags web = new WebFlags();

  @Override
  public Integer call() throws IOException {
    requireSense();
    Console console = new Console(command);
    Zoo zoo = models.zoo().withRedirects(web.redirects());
    try (ModelNews news = new ModelNews(console)) {
      if (file != null) {
        console.say(zoo.add(file, names.isEmpty() ? null : names.get(0), news).toString());
        return ExitCode.OK;
      }
      List<String> chosen = all ? everything(zoo) : names;
      zoo.requireReachable(chosen, destination);
      boolean complete = true;
      for (String name : chosen) {
        try {
          Path path =
              destination == null ? zoo.pull(name, news) : zoo.download(name, destination, news);
          console.say(path.toString());
        } catch (IOException e) {
          news.notice("rtm: " + Errors.line(e));
          console.trace(e);
          complete = false;
        }
      }
      noteDetectors(zoo, chosen, news);
      return complete ? ExitCode.OK : ExitCode.SOFTWARE;
    }
  }

  private List<String> everything(Zoo zoo) {
    TaskFilter chosen = filter == null ? TaskFilter.ALL : filter;
    return zoo.entries().stream().filter(chosen::accepts).map(ZooEntry::name).toList();
  }

  /** A pose model alone finds nobody: says which detectors are still to come. */
  private static void noteDetectors(Zoo zoo, List<String> chosen, ModelNews news)
      throws IOException {
    Set<String> pulled =
        chosen.stream()
            .flatMap(name -> zoo.find(name).stream())
            .map(ZooEntry::name)
            .collect(Collectors.toSet());
    Set<String> missing = new TreeSet<>();
    for (String name : chosen) {
      String detector = zoo.recipe(name).map(Recipe::detector).orElse(null);
      if (detector != null && !pulled.contains(detector) && zoo.path(detector).isEmpty()) {
        missing.add(detector);
      }
    }
    if (!missing.isEmpty()) {
      news.notice("to find people, or hands, pull as well: " + String.join(" ", missing));
    }
  }

  private void requireSense() throws IOException {
    if (file == null ? names.isEmpty() != all : all || names.size() > 1) {
      throw new ParameterException(
          command.commandLine(),
          file == null
              ? "expected a NAME, --all or --from-file"
              : "--from-file goes with one NAME");
    }
    if (filter != null && !all) {
      throw new ParameterException(command.commandLine(), "--task goes with --all");
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
