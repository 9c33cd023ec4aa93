package io.github.rtmjava.converter;

import io.github.rtmjava.files.Interruption;
import io.github.rtmjava.files.OpenFiles;
import io.github.rtmjava.files.Printable;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParameterException;

/**
 * The {@code rtm-converter} command. Exit codes: 0 done, 1 failed (one line on the error stream
 * says why), 2 called in a wrong way.
 */
@Command(
    name = "rtm-converter",
    mixinStandardHelpOptions = true,
    versionProvider = ConverterCommand.Versions.class,
    synopsisSubcommandLabel = "COMMAND",
    description = "Turns PyTorch checkpoints into model bundles.",
    subcommands = {
      InspectCommand.class,
      ConvertCommand.class,
      VerifyCommand.class,
      ExportCommand.class,
      DiffCommand.class
    },
    footer = {
      "",
      "Examples:",
      "  rtm-converter inspect rtmw3d-l.pth",
      "  rtm-converter convert rtmw3d-l.pth -o rtmw3d-l.rtm --fp16",
      "  rtm-converter verify rtmw3d-l.rtm",
      "  rtm-converter export rtmw3d-l.rtm -o rtmw3d-l.pth",
      "  rtm-converter diff rtmw3d-l.pth my-own.pth",
      "",
      "Exit codes: 0 done, 1 failed, 2 called in a wrong way."
    })
public final class ConverterCommand implements Runnable {
  private static final int FAILED = 1;
  private static final int WRONG_CALL = 2;

  @CommandLine.Spec
  private CommandLine.Model.CommandSpec command = CommandLine.Model.CommandSpec.create();

  /** Runs the command and ends the process. */
  public static void main(String[] args) {
    // Numbers are written the same everywhere; the user's language stays as it is.
    Locale.setDefault(Locale.Category.FORMAT, Locale.ROOT);
    System.exit(OpenFiles.guarded("rtm-converter", System.err, () -> execute(args)));
  }

  private static int execute(String... args) {
    CommandLine line = commandLine();
    try {
      return line.execute(args);
    } catch (OutOfMemoryError e) {
      return fail(
          line,
          "not enough memory for this file (%s MB); set JAVA_TOOL_OPTIONS=-Xmx4g or more"
              .formatted(Runtime.getRuntime().maxMemory() >> 20));
    }
  }

  /** The command, ready to be executed or embedded. */
  public static CommandLine commandLine() {
    CommandLine converter = new CommandLine(new ConverterCommand());
    converter
        .getSubcommands()
        .values()
        .forEach(command -> command.getCommandSpec().versionProvider(new Versions()));
    return converter
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionStrategy(
            parsed -> Interruption.breaking(() -> new CommandLine.RunLast().execute(parsed)))
        .setParameterExceptionHandler(ConverterCommand::wrongCall)
        .setExecutionExceptionHandler((e, line, parsed) -> fail(line, message(e)));
  }

  @Override
  public void run() {
    throw new ParameterException(command.commandLine(), "expected a command");
  }

  private static int wrongCall(ParameterException e, String[] args) {
    CommandLine line = e.getCommandLine();
    fail(
        line,
        "%s; see '%s --help'".formatted(e.getMessage(), line.getCommandSpec().qualifiedName()));
    return WRONG_CALL;
  }

  private static int fail(CommandLine line, String message) {
    line.getErr().println("rtm-converter: " + Printable.message(message));
    line.getErr().flush();
    return FAILED;
  }

  private static String message(Exception e) {
    if (OpenFiles.areTooMany(e)) {
      return OpenFiles.advice();
    }
    if (e instanceof NoSuchFileException) {
      return e.getMessage() + ": there is no such file";
    }
    if (e instanceof ClosedByInterruptException) {
      return "stopped; nothing was written";
    }
    if (e instanceof AccessDeniedException) {
      return e.getMessage() + ": no permission";
    }
    String message = e.getMessage();
    return message == null ? "unexpected " + e : message;
  }

  /** The version as Maven knows it. */
  static final class Versions implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {Version.converter()};
    }
  }
}
