package io.github.rtmjava.app;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import picocli.CommandLine;

/** The real command line in this process, with what it prints. */
final class Cli {
  private Cli() {}

  /** What a command left behind. */
  record Outcome(int code, String out, String err) {
    List<String> errLines() {
      return err.lines().toList();
    }
  }

  static Outcome run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine rtm = RtmCommand.commandLine();
    rtm.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    int code = rtm.execute(arguments);
    return new Outcome(code, out.toString(), err.toString());
  }

  /** {@code rtm infer} with the made-up models. */
  static Outcome infer(String... arguments) {
    String[] fake = {
      "infer", "--model", "fake-pose", "--detector", "fake-detector", "--engine", "fake"
    };
    String[] all = new String[fake.length + arguments.length];
    System.arraycopy(fake, 0, all, 0, fake.length);
    System.arraycopy(arguments, 0, all, fake.length, arguments.length);
    return run(all);
  }
}
