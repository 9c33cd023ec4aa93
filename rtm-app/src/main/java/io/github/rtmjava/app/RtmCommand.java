package io.github.rtmjava.app;

import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_OPTION_LIST;

import io.github.rtmjava.converter.ConverterCommand;
import java.util.Arrays;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code rtm}: everything else is one of its subcommands. */
@Command(
    name = "rtm",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      InferCommand.class,
      BatchCommand.class,
      RunCommand.class,
      EvalCommand.class,
      ServeCommand.class
    },
    description = "Finds people in pictures and their whole-body poses in 2D and 3D.",
    footer = {
      "",
      "Examples:",
      "  rtm infer photo.jpg -o results",
      "  rtm infer holiday/ -o results --model rtmw3d-l.pth --detector rtmdet-m.pth",
      "  rtm convert rtmw3d-l.pth -o rtmw3d-l.rtm",
      "  rtm doctor",
      "",
      "'rtm COMMAND --help' explains a command.",
      "Exit codes: 0 all went well, 1 something failed, 2 the command line is wrong."
    })
final class RtmCommand implements Runnable {
  @Spec private CommandSpec command = CommandSpec.create();

  @Option(
      names = "--stacktrace",
      scope = ScopeType.INHERIT,
      description = "Prints where in the program an error arose (or set RTM_DEBUG=1).")
  private boolean stackTrace;

  /** The whole command line, ready to execute. */
  static CommandLine commandLine() {
    CommandLine rtm = new CommandLine(new RtmCommand());
    ConverterCommand.commandLine().getSubcommands().forEach((name, sub) -> adopt(rtm, name, sub));
    rtm.addSubcommand(new ModelsCommand());
    rtm.addSubcommand(new DoctorCommand());
    rtm.addSubcommand(completion());
    rtm.addSubcommand(new HelpCommand());
    rtm.getSubcommands().values().forEach(RtmCommand::group);
    return prepared(rtm);
  }

  /** The command line of one command. */
  static CommandLine alone(String name, Object command) {
    CommandLine line = new CommandLine(command).setCommandName(name);
    group(line);
    return prepared(line);
  }

  private static void group(CommandLine command) {
    command.getHelpSectionMap().put(SECTION_KEY_OPTION_LIST, GroupedOptions::render);
  }

  private static CommandLine prepared(CommandLine rtm) {
    ChoiceConverter.register(rtm);
    ErrorHandler errors = new ErrorHandler();
    return rtm.setExecutionStrategy(errors)
        .setExecutionExceptionHandler(errors)
        .setParameterExceptionHandler(errors)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpAutoWidth(true)
        .setAbbreviatedOptionsAllowed(false);
  }

  /** Picocli's own command, with this program's version, and strict about options. */
  private static CommandLine completion() {
    CommandLine command = new CommandLine(new GenerateCompletion());
    command.getCommandSpec().helpCommand(false).versionProvider(new Version());
    return command;
  }

  /** Whether errors are to be followed by their stack traces. */
  static boolean wantsTraces(CommandSpec any) {
    return "1".equals(System.getenv("RTM_DEBUG"))
        || (any.root().userObject() instanceof RtmCommand rtm && rtm.stackTrace);
  }

  /** Makes a command of the converter one of this program's. */
  private static void adopt(CommandLine rtm, String name, CommandLine command) {
    CommandSpec spec = command.getCommandSpec();
    spec.versionProvider(new Version());
    spec.usageMessage()
        .footer(
            Arrays.stream(spec.usageMessage().footer())
                .map(line -> line.replaceFirst("^( *)rtm-converter ", "$1rtm "))
                .toArray(String[]::new));
    rtm.addSubcommand(name, command);
  }

  @Override
  public void run() {
    throw new ParameterException(command.commandLine(), "expected a command, found none");
  }
}
