package io.github.rtmjava.app;

import java.io.PrintWriter;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;

/** Where a command prints: results to the standard output, remarks and problems beside it. */
final class Console {
  private final PrintWriter out;
  private final PrintWriter err;
  private final boolean traces;

  Console(CommandSpec command) {
    out = command.commandLine().getOut();
    err = command.commandLine().getErr();
    traces = RtmCommand.wantsTraces(command);
  }

  /** A result. */
  void say(String line) {
    out.println(line);
    out.flush();
  }

  /** Something worth knowing. */
  void note(String line) {
    err.println(line);
    err.flush();
  }

  /** That what is under way is completed, over a bar that may be there. */
  void stopping() {
    note((Ansi.AUTO.enabled() ? "\r\u001b[K" : "") + "stopping: what is under way is completed");
  }

  /** Something that failed while the rest goes on. */
  void problem(String line) {
    note("rtm: " + line);
  }

  /** Where an error arose, for those who asked for that. */
  void trace(Throwable thrown) {
    if (traces) {
      thrown.printStackTrace(err);
      err.flush();
    }
  }
}
