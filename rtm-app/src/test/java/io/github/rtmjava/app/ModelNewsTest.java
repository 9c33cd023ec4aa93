package io.github.rtmjava.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class ModelNewsTest {
  @Test
  void withoutATerminalADownloadIsOneLine() {
    StringWriter err = new StringWriter();
    CommandLine command = RtmCommand.commandLine().setErr(new PrintWriter(err));
    try (ModelNews news = new ModelNews(new Console(command.getCommandSpec()))) {
      news.progress("a.pth", 0, 12_000_000);
      news.progress("a.pth", 6_000_000, 12_000_000);
      news.progress("b.pth", 1, -1);
      news.notice("taken from\nthe mirror");
    }
    assertEquals(
        List.of("downloading a.pth, 12 MB", "downloading b.pth", "taken from the mirror"),
        err.toString().lines().toList());
  }
}
