package io.github.rtmjava.app.option;

import io.github.rtmjava.app.Cli;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;

/**
 * Runs {@code rtm serve} until it is ready, asks it something, and stops it. Its outcome is 0 where
 * it was ready, with the answer after what it printed.
 *
 * @param asked what it is asked
 */
record Serving(Asked asked) implements Line.Program {
  private static final Pattern READY = Pattern.compile("ready at (\\S+)");
  private static final Pattern ANSWER = Pattern.compile("HTTP/1.1 (\\d{3})");
  private static final long PATIENCE_SECONDS = 120;

  /** The status of the answer. */
  static String answer(String out) {
    Matcher answer = ANSWER.matcher(out);
    return answer.find() ? answer.group(1) : "none: " + out;
  }

  @Override
  public Cli.Outcome run(Path folder, String... words) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine rtm = Cli.commandLine();
    rtm.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    FutureTask<Integer> task = new FutureTask<>(() -> rtm.execute(words));
    Thread thread = new Thread(task, "rtm serve");
    thread.start();
    try {
      Matcher ready = READY.matcher("");
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
      while (!task.isDone() && !ready.reset(out.toString()).find() && System.nanoTime() < end) {
        Thread.sleep(20);
      }
      if (task.isDone()) {
        return new Cli.Outcome(task.get(), out.toString(), err.toString());
      }
      URI address = URI.create(ready.group(1).replace("0.0.0.0", "127.0.0.1"));
      String answer = asked.ask(address);
      thread.interrupt();
      thread.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
      return new Cli.Outcome(0, out + "\n" + answer, err.toString());
    } catch (IOException e) {
      thread.interrupt();
      throw new UncheckedIOException(e);
    } catch (Exception e) {
      thread.interrupt();
      throw new IllegalStateException(e);
    }
  }
}
