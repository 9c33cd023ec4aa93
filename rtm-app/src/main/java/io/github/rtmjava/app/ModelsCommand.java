package io.github.rtmjava.app;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.github.rtmjava.models.Zoo;
import java.io.IOException;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code rtm models}: the official models and the cache. */
@Command(
    name = "models",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      ModelsListCommand.class,
      ModelsInfoCommand.class,
      ModelsPathCommand.class,
      ModelsPullCommand.class,
      ModelsVerifyCommand.class,
      ModelsPruneCommand.class
    },
    description = {
      "Lists, fetches and checks the official models, which are kept in a cache folder.",
      "",
      "A model is named by its name, an alias, upstream's configuration, the official file's name or"
          + " an address (https://…).",
      "",
      "Environment: RTM_CACHE is the cache folder; RTM_MIRROR an address that is tried first;"
          + " RTM_OFFLINE=1 forbids downloads; HTTPS_PROXY, HTTP_PROXY and NO_PROXY as usual."
    },
    footer = {
      "",
      "Examples:",
      "  rtm models list",
      "  rtm models pull rtmw3d-l rtmdet-m",
      "  rtm models pull rtmw3d-l --dest /media/stick",
      "  rtm models pull --from-file rtmw3d-l_8xb64_cocktail14-384x288-794dbc78_20240626.pth",
      "  rtm models verify",
      "",
      "Exit codes: 0 all went well, 1 something failed, 2 the command line is wrong."
    })
final class ModelsCommand implements Runnable {
  @Spec private CommandSpec command = CommandSpec.create();

  private Supplier<Zoo> zoo = Zoo::open;

  /** Another zoo than the official one. */
  void use(Zoo other) {
    zoo = () -> other;
  }

  /** The zoo as the environment says. */
  Zoo zoo() {
    return zoo.get();
  }

  /** Prints something as JSON. */
  static void json(Console console, Object value) throws IOException {
    console.say(
        new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(value));
  }

  @Override
  public void run() {
    throw new ParameterException(command.commandLine(), "expected a command, found none");
  }
}
