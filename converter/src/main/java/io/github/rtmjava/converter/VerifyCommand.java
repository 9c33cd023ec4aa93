package io.github.rtmjava.converter;

import io.github.rtmjava.bundle.Bundles;
import io.github.rtmjava.engine.EngineChoice;
import io.github.rtmjava.engine.EngineOptions;
import io.github.rtmjava.engine.Engines;
import io.github.rtmjava.files.Printable;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code rtm-converter verify}. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description =
        "Checks a bundle: its checksum, its tensors against its network, and one run on a built-in"
            + " input.",
    footer = {
      "",
      "Examples:",
      "  rtm-converter verify rtmw3d-l.rtm",
      "  rtm-converter verify rtmw3d-l.rtm --engine samediff"
    })
final class VerifyCommand implements Callable<Integer> {
  @Spec private CommandSpec command = CommandSpec.create();

  @Parameters(paramLabel = "BUNDLE", description = "A bundle, folder or zip.")
  private Path bundle = Path.of("");

  @Option(
      names = "--engine",
      paramLabel = "E",
      description = "The engine that runs it. Default: the first that can.")
  private @Nullable String engine;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = command.commandLine().getOut();
    Verification verification = new Verification(Bundles.opened(bundle));
    verification.checksum();
    line(out, "checksum", "as promised");
    line(out, "tensors", verification.tensors() + " fit the network, all finite");
    String named = engine;
    if (named == null && Engines.all().isEmpty()) {
      line(out, "run", "not done: there is no engine on the class path");
    } else {
      EngineChoice choice =
          Engines.choose(named == null ? "auto" : named, EngineOptions.DEFAULT.device());
      verification
          .run(choice.engine())
          .forEach((name, range) -> line(out, "output", name + " " + range));
      line(out, "run", "good on " + choice.engine().name() + ": " + choice.reason());
    }
    out.flush();
    return 0;
  }

  private static void line(PrintWriter out, String name, String value) {
    out.printf(Locale.ROOT, "%-10s%s%n", name, Printable.line(value));
  }
}
