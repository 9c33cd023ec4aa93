package io.github.rtmjava.app;

import io.github.rtmjava.models.EmbeddedModels;
import io.github.rtmjava.models.Zoo;
import io.github.rtmjava.models.ZooEntry;
import io.github.rtmjava.models.ZooGroup;
import io.github.rtmjava.models.ZooRecipe;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
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
    sortOptions = false,
    description = "Lists every model, its other names, and whether it is in the cache.",
    footer = {
      "",
      "Examples:",
      "  rtm models list",
      "  rtm models list --task hand",
      "  rtm models list --aliases",
      "  rtm models list --json"
    })
final class ModelsListCommand implements Callable<Integer> {
  @Spec private CommandSpec command = CommandSpec.create();
  @ParentCommand private ModelsCommand models = new ModelsCommand();

  @Option(
      names = "--task",
      paramLabel = "TASK",
      converter = TaskFilter.Converter.class,
      description =
          "Only these: detection, body (body17, body14, body26), hand, face, wholebody,"
              + " wholebody3d, hand3d; or pose_2d, pose_3d.")
  private TaskFilter filter = TaskFilter.ALL;

  @Option(
      names = "--aliases",
      description =
          "Lists instead what mmpose's names and rtmlib's modes stand for: model, detector, the"
              + " score that boxes must exceed, the IoU of a second non-maximum suppression.")
  private boolean aliases;

  @Option(names = "--json", description = "Writes JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    Console console = new Console(command);
    Zoo zoo = models.zoo();
    if (aliases) {
      listRecipes(console, zoo);
    } else {
      listModels(console, zoo);
    }
    return 0;
  }

  private void listModels(Console console, Zoo zoo) throws IOException {
    List<ModelState> states = new ArrayList<>();
    for (ZooEntry entry : zoo.entries()) {
      if (filter.accepts(entry)) {
        states.add(ModelState.of(entry, zoo));
      }
    }
    if (json) {
      ModelsCommand.json(console, states);
      return;
    }
    ConsoleTable table = new ConsoleTable("NAME", "INPUT", "CACHE", "ALSO");
    for (ZooGroup group : ZooGroup.values()) {
      List<ModelState> members =
          states.stream().filter(state -> state.model().group() == group).toList();
      if (!members.isEmpty()) {
        table.heading("");
        table.heading("%s (%s)".formatted(group.title(), group.word()));
      }
      for (ModelState state : members) {
        ZooEntry entry = state.model();
        table.row(
            entry.name(),
            entry.input().toString(),
            state.word(),
            String.join(", ", entry.aliases()));
      }
    }
    table.print(console);
    console.note("embedded: " + String.join(", ", EmbeddedModels.all()));
    console.note("cache: " + zoo.cacheFolder());
  }

  private void listRecipes(Console console, Zoo zoo) throws IOException {
    List<ZooRecipe> recipes =
        zoo.recipes().stream()
            .filter(recipe -> zoo.find(recipe.model()).filter(filter::accepts).isPresent())
            .toList();
    if (json) {
      ModelsCommand.json(console, recipes);
      return;
    }
    ConsoleTable table = new ConsoleTable("NAMES", "MODEL", "DETECTOR", "ABOVE", "NMS");
    for (ZooRecipe recipe : recipes) {
      table.row(
          String.join(", ", recipe.names()),
          recipe.model(),
          dashed(recipe.detector()),
          Float.toString(recipe.threshold()),
          dashed(recipe.nms()));
    }
    table.print(console);
    console.note("'rtm models info NAME' says where that differs from the original, and why");
  }

  private static String dashed(@Nullable Object value) {
    return value == null ? "-" : value.toString();
  }
}
