package io.github.rtmjava.app;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code rtm doctor}: what works here. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Shows what this installation finds here: Java, processor, engines and which of them is"
          + " chosen, OpenCV, cache folder.",
      "",
      "Exit code 1 if no engine or no OpenCV loads."
    },
    footer = {"", "Examples:", "  rtm doctor", "  rtm doctor --json > report.json"})
final class DoctorCommand implements Callable<Integer> {
  @Spec private CommandSpec command = CommandSpec.create();

  @Option(names = "--json", description = "Writes JSON; sizes in bytes.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    Console console = new Console(command);
    Diagnosis diagnosis = Diagnosis.here();
    if (json) {
      console.say(
          new ObjectMapper()
              .setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
              .enable(SerializationFeature.INDENT_OUTPUT)
              .writeValueAsString(diagnosis));
    } else {
      print(diagnosis, console);
    }
    return diagnosis.healthy() ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  private static void print(Diagnosis d, Console console) {
    line(console, "rtm", d.rtm());
    line(
        console,
        "java",
        "%s, %s, %s, in %s"
            .formatted(d.java().version(), d.java().vendor(), d.java().vm(), d.java().home()));
    line(console, "system", "%s %s, %s".formatted(d.os().name(), d.os().version(), d.os().arch()));
    line(console, "processor", "%s, %d cores".formatted(d.cpu().model(), d.cpu().cores()));
    line(console, "features", list(d.cpu().features()));
    line(
        console,
        "memory",
        "%s, %s free; Java's heap may take %s"
            .formatted(
                size(d.memory().total()), size(d.memory().free()), size(d.memory().heapLimit())));
    for (Diagnosis.EngineState engine : d.engines()) {
      line(
          console,
          "engine",
          "%s: %s, %s"
              .formatted(
                  engine.name(), engine.usable() ? "works" : "cannot run", engine.details()));
    }
    String chosen = d.chosen().engine();
    line(console, "chosen", (chosen == null ? "none" : chosen) + ": " + d.chosen().reason());
    line(console, "pictures", d.opencv().details());
    line(
        console,
        "cache",
        "%s%s, %s free on its disk"
            .formatted(
                d.cache().folder(),
                d.cache().exists() ? "" : " (not there yet)",
                size(d.cache().free())));
    line(console, "networks", list(d.architectures()));
    for (String source : d.modelSources()) {
      line(console, "models", source);
    }
    for (Advice advice : d.advice()) {
      line(console, "help", "%s: see %s".formatted(advice.about(), advice.section()));
    }
  }

  private static void line(Console console, String name, String value) {
    console.say(String.format(Locale.ROOT, "%-11s%s", name, value));
  }

  private static String list(List<String> names) {
    return names.isEmpty() ? "unknown" : String.join(", ", names);
  }

  private static String size(long bytes) {
    return bytes < 0
        ? "unknown"
        : String.format(Locale.ROOT, "%.1f GiB", bytes / (double) (1 << 30));
  }
}
