package io.github.rtmjava.app;

import io.github.rtmjava.models.CachedModel;
import io.github.rtmjava.models.Zoo;
import io.github.rtmjava.models.ZooEntry;
import io.github.rtmjava.models.ZooRecipe;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code rtm models info}. */
@Command(
    name = "info",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Shows what is known of a model: names, file, addresses, published figures.",
    footer = {
      "",
      "Examples:",
      "  rtm models info rtmw3d-l",
      "  rtm models info wholebody:performance",
      "  rtm models info rtmdet_m_640-8xb32_coco-person --json"
    })
final class ModelsInfoCommand implements Callable<Integer> {
  @Spec private CommandSpec command = CommandSpec.create();
  @ParentCommand private ModelsCommand models = new ModelsCommand();

  @Parameters(paramLabel = "NAME", description = "A name of the zoo.")
  private String name = "";

  @Option(names = "--json", description = "Writes JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    Console console = new Console(command);
    Zoo zoo = models.zoo();
    ZooEntry entry =
        zoo.find(name)
            .orElseThrow(
                () ->
                    new FileNotFoundException(
                        "there is no model '%s'; 'rtm models list' shows the names"
                            .formatted(name)));
    ModelState state = ModelState.of(entry, zoo);
    if (json) {
      ModelsCommand.json(console, state);
    } else {
      print(console, state, zoo.recipes());
    }
    return 0;
  }

  private static void print(Console console, ModelState state, List<ZooRecipe> recipes) {
    ZooEntry entry = state.model();
    line(console, "name", entry.name());
    line(console, "aliases", list(entry.aliases()));
    line(console, "configs", list(entry.configs()));
    line(console, "for", entry.group().title());
    line(
        console,
        "network",
        "%s, %s, input %s (height x width)"
            .formatted(
                entry.architecture(), entry.task().name().toLowerCase(Locale.ROOT), entry.input()));
    String keypoints = entry.keypoints();
    if (keypoints != null) {
      line(console, "keypoints", keypoints);
    }
    line(console, "trained on", entry.dataset());
    line(console, "licence", entry.licence());
    Integer megabytes = entry.megabytes();
    line(
        console,
        "file",
        entry.file() + (megabytes == null ? "" : ", about %s MB".formatted(megabytes)));
    line(
        console,
        "SHA-256",
        entry.sha256().isEmpty() ? "not published" : "starts with " + entry.sha256());
    entry.urls().forEach(url -> line(console, "address", url.toString()));
    entry.figures().forEach(figure -> line(console, "published", figure.toString()));
    String detector = entry.detector();
    if (detector != null) {
      line(console, "detector", detector);
    }
    Float threshold = entry.threshold();
    if (threshold != null) {
      line(console, "threshold", threshold.toString());
    }
    recipes.stream()
        .filter(recipe -> recipe.model().equals(entry.name()))
        .forEach(recipe -> print(console, recipe));
    line(console, "cache", state.path() == null ? "not there" : state.path());
    CachedModel cached = state.cached();
    if (cached != null) {
      line(
          console,
          "from",
          "%s, %s, SHA-256 %s%s"
              .formatted(
                  cached.url(),
                  cached.date(),
                  cached.sha256(),
                  cached.verified() ? "" : ", unverified"));
    }
  }

  private static void print(Console console, ZooRecipe recipe) {
    String detector = recipe.detector();
    Float nms = recipe.nms();
    line(
        console,
        "as",
        "%s of %s: %s, boxes above %s, %s%s"
            .formatted(
                String.join(", ", recipe.names()),
                recipe.of(),
                detector == null ? "no detector" : "with " + detector,
                recipe.threshold(),
                nms == null ? "no second NMS" : "a second NMS at IoU " + nms,
                recipe.differs().isEmpty() ? "" : "; " + recipe.differs()));
  }

  private static void line(Console console, String what, String value) {
    console.say(String.format(Locale.ROOT, "%-11s%s", what, value));
  }

  private static String list(List<String> names) {
    return names.isEmpty() ? "none" : String.join(", ", names);
  }
}
