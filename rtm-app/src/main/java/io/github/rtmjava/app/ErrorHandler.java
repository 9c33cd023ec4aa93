package io.github.rtmjava.app;

import io.github.rtmjava.files.Interruption;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IExecutionStrategy;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns whatever goes wrong into one line and an exit code. */
final class ErrorHandler
    implements IExecutionStrategy, IExecutionExceptionHandler, IParameterExceptionHandler {

  @Override
  public int execute(ParseResult parsed) {
    try {
      return completesItsFiles(parsed)
          ? new RunLast().execute(parsed)
          : Interruption.breaking(() -> new RunLast().execute(parsed));
    } catch (LinkageError | OutOfMemoryError | StackOverflowError e) {
      return report(e, parsed.commandSpec().commandLine());
    }
  }

  /** Whether the command looks to it itself that what is under way is completed. */
  private static boolean completesItsFiles(ParseResult parsed) {
    return parsed.hasSubcommand()
        && (parsed.subcommand().commandSpec().userObject() instanceof InferCommand
            || parsed.subcommand().commandSpec().userObject() instanceof ServeCommand);
  }

  @Override
  public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
    return report(e, command);
  }

  private static int report(Throwable e, CommandLine command) {
    Console console = new Console(command.getCommandSpec());
    console.problem(Errors.line(e));
    console.trace(e);
    return ExitCode.SOFTWARE;
  }

  @Override
  public int handleParseException(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    Console console = new Console(command.getCommandSpec());
    List<String> unknown =
        e instanceof UnmatchedArgumentException || e instanceof MissingParameterException
            ? ForeignFlags.unknown(command.getCommandSpec(), List.of(args))
            : List.of();
    unknown.forEach(line -> console.problem(Errors.line(line)));
    if (unknown.isEmpty()) {
      console.problem(Errors.line(String.valueOf(e.getMessage())));
      UnmatchedArgumentException.printSuggestions(e, command.getErr());
    }
    console.note("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
    console.trace(e);
    return ExitCode.USAGE;
  }
}
