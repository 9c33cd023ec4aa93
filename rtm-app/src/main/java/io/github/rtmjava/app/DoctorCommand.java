package io.github.rtmjava.app;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.github.rtmjava.engine.Engine;
import io.github.rtmjava.engine.EngineOptions;
import io.github.rtmjava.engine.Engines;
import io.github.rtmjava.model.Model;
import io.github.rtmjava.model.ModelSources;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code rtm doctor}: what works here, and how networks are run. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    description = {
      "Shows what this installation finds here: Java, processor, engines and which of them is"
          + " chosen, OpenCV, cache folder.",
      "",
      "Exit code 1 if no engine or no OpenCV loads.",
      "",
      "With --plan instead: compiles a model and shows what runs each of its layers, the time that"
          + " takes for one image, and the memory.",
      "",
      "With --spark instead: tries a model as executors of Apache Spark use it, and prints the"
          + " lines to set for them, as spark-defaults.conf takes them."
    },
    footer = {
      "",
      "Examples:",
      "  rtm doctor",
      "  rtm doctor --json > report.json",
      "  rtm doctor --plan rtmw3d-l --precision bf16 --threads 2",
      "  rtm doctor --spark wholebody >> conf/spark-defaults.conf"
    })
final class DoctorCommand implements Callable<Integer> {
  private static final int USUAL_RUNS = 20;

  @Spec private CommandSpec command = CommandSpec.create();

  @Option(names = "--json", description = "Writes JSON; sizes in bytes.")
  private boolean json;

  @Option(
      names = "--plan",
      paramLabel = "NAME|PATH",
      description = "Shows how a model is run: a name, a bundle, or a .pth file. Can be repeated.")
  private List<String> planned = List.of();

  @Option(
      names = "--runs",
      paramLabel = "N",
      description = "Runs that --plan takes medians of. Default: 20.")
  private @Nullable Integer runs;

  @Option(
      names = "--spark",
      paramLabel = "NAME|PATH",
      arity = "0..1",
      fallbackValue = "default",
      description =
          "Shows what to set for executors of Spark, each on a machine like this one and with this"
              + " model (default: the embedded one); --threads is of each task.")
  private @Nullable String spark;

  @Mixin(name = "Engine")
  private EngineFlags flags = new EngineFlags();

  @Mixin(name = "Addresses")
  private WebFlags web = new WebFlags();

  @Override
  public Integer call() throws IOException {
    EngineOptions options = flags.options(command);
    Integer wanted = runs;
    int count = wanted == null ? USUAL_RUNS : wanted;
    if (count < 1 || count > 10_000) {
      throw new ParameterException(
          command.commandLine(), "expected --runs of 1 to 10000, found " + count);
    }
    Console console = new Console(command);
    String executors = spark;
    if (executors != null) {
      if (!planned.isEmpty()) {
        throw new ParameterException(command.commandLine(), "give either --plan or --spark");
      }
      return spark(executors, options, console);
    }
    if (planned.isEmpty() && wanted != null) {
      console.note("--runs has no effect: it goes with --plan");
    }
    return planned.isEmpty() ? diagnose(console) : plan(console, options, count);
  }

  private int plan(Console console, EngineOptions options, int count) throws IOException {
    Engine engine = Engines.choose(flags.engine, flags.device).engine();
    List<Plan> plans = new ArrayList<>();
    for (String name : planned) {
      Plan plan = Plan.of(open(name, console), engine, options, count);
      plans.add(plan);
      if (!json) {
        PlanTable.print(plan, console);
      }
    }
    if (json) {
      write(plans, console);
    }
    return ExitCode.OK;
  }

  private int spark(String model, EngineOptions options, Console console) throws IOException {
    SparkSettings found = SparkSettings.of(model, flags.engine, options);
    if (json) {
      write(found, console);
    } else {
      found.print(console);
    }
    return ExitCode.OK;
  }

  private Model open(String name, Console console) throws IOException {
    try (ModelNews news = new ModelNews(console)) {
      return ModelSources.open(name, news, web.redirects());
    }
  }

  private int diagnose(Console console) throws IOException {
    Diagnosis diagnosis = Diagnosis.here(flags.engine, flags.device);
    if (json) {
      write(diagnosis, console);
    } else {
      print(diagnosis, console);
    }
    return diagnosis.healthy() ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  private static void write(Object report, Console console) throws IOException {
    console.say(
        new ObjectMapper()
            .setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .writeValueAsString(report));
  }

  private static void print(Diagnosis d, Console console) {
    line(console, "rtm", d.rtm());
    line(
        console,
        "java",
        "%s, %s, %s, in %s"
            .formatted(d.java().version(), d.java().vendor(), d.java().vm(), d.java().home()));
    line(console, "system", "%s %s, %s".formatted(d.os().name(), d.os().version(), d.os().arch()));
    line(console, "processor", "%s, %s cores".formatted(d.cpu().model(), d.cpu().cores()));
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
