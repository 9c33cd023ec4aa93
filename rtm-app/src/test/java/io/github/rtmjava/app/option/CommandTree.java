package io.github.rtmjava.app.option;

import io.github.rtmjava.app.Cli;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** What the command line says of itself: every command with its options, hidden ones as well. */
final class CommandTree {
  private final Map<String, CommandSpec> commands = new TreeMap<>();

  private final CommandLine root = Cli.commandLine();

  CommandTree() {
    add("", root.getCommandSpec());
  }

  private void add(String path, CommandSpec command) {
    commands.put(path, command);
    command
        .subcommands()
        .forEach((name, below) -> add((path + " " + name).strip(), below.getCommandSpec()));
  }

  /** Paths without {@code rtm}: empty, {@code infer}, {@code models list}, ... */
  NavigableSet<String> commands() {
    return new TreeSet<>(commands.keySet());
  }

  /** Longest names of a command's options, and labels of its parameters. */
  List<String> options(String command) {
    return commands.get(command).args().stream().map(CommandTree::name).toList();
  }

  boolean has(String command, String option) {
    return commands.containsKey(command) && options(command).contains(option);
  }

  /** What an option takes, where that is a choice among a few words; lower case. */
  NavigableSet<String> choice(String command, String option) {
    NavigableSet<String> words = new TreeSet<>();
    Iterable<String> candidates = arg(command, option).completionCandidates();
    if (candidates != null) {
      candidates.forEach(word -> words.add(word.toLowerCase(Locale.ROOT)));
    }
    return words;
  }

  /**
   * What a line gives an option, as it is written and as it is understood, in lower case; empty if
   * the line does not have the option.
   */
  Optional<NavigableSet<String>> given(Line line, String command, String option) {
    return line.commands().stream()
        .flatMap(words -> given(words, command, option).stream())
        .findFirst();
  }

  private Optional<NavigableSet<String>> given(List<String> words, String command, String option) {
    try {
      ParseResult parsed = root.parseArgs(words.toArray(String[]::new));
      while (parsed.hasSubcommand()) {
        parsed = parsed.subcommand();
      }
      if (parsed.commandSpec() != commands.get(command)) {
        return Optional.empty();
      }
      return parsed.matchedArgs().stream()
          .filter(arg -> name(arg).equals(option))
          .findFirst()
          .map(CommandTree::values);
    } catch (ParameterException e) {
      // A line that is wrong on purpose.
      return arg(command, option) instanceof OptionSpec known
              && List.of(known.names()).stream().anyMatch(words::contains)
          ? Optional.of(new TreeSet<>())
          : Optional.empty();
    }
  }

  private ArgSpec arg(String command, String option) {
    return commands.get(command).args().stream()
        .filter(arg -> name(arg).equals(option))
        .findFirst()
        .orElseThrow();
  }

  private static NavigableSet<String> values(ArgSpec arg) {
    List<Object> all = new ArrayList<>(arg.stringValues());
    Object value = arg.getValue();
    if (value instanceof Iterable<?> several) {
      several.forEach(all::add);
    } else if (value != null) {
      all.add(value);
    }
    NavigableSet<String> words = new TreeSet<>();
    all.forEach(each -> words.add(each.toString().toLowerCase(Locale.ROOT)));
    return words;
  }

  private static String name(ArgSpec arg) {
    return arg instanceof OptionSpec option
        ? option.longestName()
        : ((PositionalParamSpec) arg).paramLabel();
  }
}
