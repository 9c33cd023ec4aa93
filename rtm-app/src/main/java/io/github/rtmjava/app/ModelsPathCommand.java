package io.github.rtmjava.app;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code rtm models path}. */
@Command(
    name = "path",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Prints where a model's bundle is, or the cache folder; downloads nothing.",
    footer = {"", "Examples:", "  rtm models path", "  rtm models path rtmw3d-l"})
final class ModelsPathCommand implements Callable<Integer> {
  @Spec private CommandSpec command = CommandSpec.create();
  @ParentCommand private ModelsCommand models = new ModelsCommand();

  @Parameters(paramLabel = "NAME", arity = "0..1", description = "A name or an address.")
  private String name = "";

  @Override
  public Integer call() throws IOException {
    Path path =
        name.isEmpty()
            ? models.zoo().cacheFolder()
            : models
                .zoo()
                .path(name)
                .orElseThrow(
                    () ->
                        new FileNotFoundException(
                            "%s is not in the cache; get it with 'rtm models pull %s'"
                                .formatted(name, name)));
    new Console(command).say(path.toString());
    return 0;
  }
}
