package io.github.rtmjava.benchmarks.harness;

import io.github.rtmjava.engine.Engines;
import java.io.IOException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.stream.Collectors;

/** The page with all tables. */
final class Report {
  private Report() {}

  /** Markdown: how it was measured, where, and the tables. */
  static String of(Tables tables, int threads) throws IOException {
    return """
    # Benchmarks

    Written by `./benchmarks/run`; `./benchmarks/run --quick MODEL...` checks a few rows within three
    minutes. Every engine runs the same networks with the same made-up weights, in a process of its
    own. ONNX Runtime reads files that the benchmarks write, with batch norms folded into the
    convolutions, and runs with all its optimisations. Networks in turns and on other machines,
    folders of pictures, and what bfloat16 costs: [measurements](measurements.md).

    - Machine: %s
    - Threads: %s for every engine
    - Java: %s %s, options `%s`
    - Engines: %s
    - Commit %s, %s

    %s\
    """
        .formatted(
            Machine.describe(),
            threads,
            System.getProperty("java.vm.name"),
            System.getProperty("java.version"),
            Jvm.options().stream()
                .filter(option -> !option.startsWith("-Drtm."))
                .collect(Collectors.joining(" ")),
            Engines.all().stream()
                .map(engine -> engine.name() + ": " + engine.probe().details())
                .collect(Collectors.joining("; ")),
            System.getProperty("rtm.commit", "unknown"),
            LocalDate.now(ZoneOffset.UTC),
            tables.markdown());
  }
}
