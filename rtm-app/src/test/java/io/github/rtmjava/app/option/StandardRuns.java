package io.github.rtmjava.app.option;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What all commands have in common, and those that only tell of others. */
final class StandardRuns {
  private StandardRuns() {}

  static List<Table> tables(CommandTree tree) {
    List<Table> tables = new ArrayList<>();
    for (String command : tree.commands()) {
      Table table = new Table(command);
      if (tree.has(command, "--help")) {
        help(table);
      }
      if (tree.has(command, "--version")) {
        version(table);
      }
      if (tree.has(command, "--stacktrace")) {
        traces(table);
      }
      tables.add(table);
    }
    Table help = new Table("help");
    help.option("COMMAND")
        .between(Line.rtm("help"), Line.rtm("help", "doctor"))
        .says("Usage: rtm doctor");
    tables.add(help);
    return tables;
  }

  private static void help(Table table) {
    table
        .option("--help")
        .between(line(table, "--no-such-option"), line(table, "--help"))
        .shows(
            (without, with) -> {
              assertEquals(0, with.code(), with.said());
              String usage = ("Usage: rtm " + table.command()).strip();
              assertTrue(with.out().contains(usage), with.said());
            });
  }

  private static void version(Table table) {
    table
        .option("--version")
        .between(line(table, "--no-such-option"), line(table, "--version"))
        .shows(
            (without, with) -> {
              assertEquals(0, with.code(), with.said());
              assertTrue(with.out().matches("rtm \\d+\\.\\d+\\.\\d+\\S*\\R"), with.said());
            });
  }

  private static void traces(Table table) {
    // Picocli's own command says nothing about options that it does not know.
    String wrong = table.command().equals("help") ? "no-such-command" : "--no-such-option";
    table
        .option("--stacktrace")
        .on(line(table, wrong))
        .shows(
            (without, with) -> {
              assertEquals(2, with.code(), with.said());
              assertFalse(without.said().contains("\tat "), without.said());
              assertTrue(with.said().contains("\tat picocli."), with.said());
            });
  }

  private static Line line(Table table, String... words) {
    String[] path = table.command().isEmpty() ? new String[0] : table.command().split(" ", -1);
    return Line.rtm(Stream.concat(Stream.of(path), Stream.of(words)).toArray(String[]::new));
  }
}
