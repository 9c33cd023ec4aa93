package io.github.rtmjava.app;

import io.github.rtmjava.models.Zoo;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import picocli.CommandLine;

/** The real command line in this process, with what it prints. */
public final class Cli {
  private Cli() {}

  /** What a command left behind. */
  public record Outcome(int code, String out, String err) {
    public List<String> errLines() {
      return err.lines().toList();
    }
  }

  /** The command line as it is before it is given any words. */
  public static CommandLine commandLine() {
    return RtmCommand.commandLine();
  }

  public static Outcome run(String... arguments) {
    return run(commandLine(), arguments);
  }

  /** With another zoo than the official one. */
  public static Outcome run(Zoo zoo, String... arguments) {
    CommandLine rtm = commandLine();
    ModelsCommand models = rtm.getSubcommands().get("models").getCommand();
    models.use(zoo);
    return run(rtm, arguments);
  }

  private static Outcome run(CommandLine rtm, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    rtm.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    int code = rtm.execute(arguments);
    return new Outcome(code, out.toString(), err.toString());
  }

  /** {@code rtm infer} with the made-up models. */
  public static Outcome infer(String... arguments) {
    String[] fake = {
      "infer", "--model", "fake-pose", "--detector", "fake-detector", "--engine", "fake"
    };
    String[] all = new String[fake.length + arguments.length];
    System.arraycopy(fake, 0, all, 0, fake.length);
    System.arraycopy(arguments, 0, all, fake.length, arguments.length);
    return run(all);
  }
}
