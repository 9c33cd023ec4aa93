package io.github.rtmjava.benchmarks.harness;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command {@code benchmarks/run}. */
@Command(
    name = "benchmarks/run",
    mixinStandardHelpOptions = true,
    description = "Times every engine beside ONNX Runtime, on the same networks and weights.")
public final class Main implements Callable<Integer> {
  /** Leaves time for whatever the last model still has under way. */
  private static final long QUICK_SECONDS = 165;

  @Parameters(
      paramLabel = "MODEL",
      arity = "0..*",
      description = "The models; all of them unless named: ${COMPLETION-CANDIDATES}",
      completionCandidates = Names.class)
  private List<String> models = BenchmarkModel.NAMES;

  @Option(names = "--quick", description = "One row per model and engine, within three minutes.")
  private boolean quick;

  @Option(
      names = "--engine",
      split = ",",
      paramLabel = "ENGINE",
      description = "Only these engines beside ONNX Runtime.")
  private @Nullable List<String> engines;

  @Option(
      names = "--batch",
      defaultValue = "1",
      paramLabel = "N",
      description = "Images in a batch of the quick mode (default: ${DEFAULT-VALUE}).")
  private int batch = 1;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads of every engine (default: as many as there are processors).")
  private int threads = Runtime.getRuntime().availableProcessors();

  /** What may stand for MODEL. */
  static final class Names extends ArrayList<String> {
    private static final long serialVersionUID = 1L;

    Names() {
      super(BenchmarkModel.NAMES);
    }
  }

  public static void main(String[] args) {
    PrintWriter out =
        new PrintWriter(new OutputStreamWriter(System.out, StandardCharsets.UTF_8), true);
    System.exit(new CommandLine(new Main()).setOut(out).execute(args));
  }

  @Override
  public Integer call() throws IOException {
    if (!quick) {
      throw new CommandLine.ParameterException(
          new CommandLine(this), "expected --quick: there is no other mode yet");
    }
    List<BenchmarkModel> chosen = models.stream().map(BenchmarkModel::named).toList();
    PrintWriter out =
        new PrintWriter(new OutputStreamWriter(System.out, StandardCharsets.UTF_8), true);
    out.printf("%s; %d threads%n%n", Machine.describe(), threads);
    Quick measuring = new Quick(variants(), threads, out);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(QUICK_SECONDS);
    for (int i = 0; i < chosen.size(); i++) {
      long start = System.nanoTime();
      long share = (end - start) / (chosen.size() - i);
      ModelFiles files =
          ModelFiles.write(Files.createTempDirectory("rtm-benchmarks"), chosen.get(i));
      try {
        measuring.measure(chosen.get(i).name(), files, batch, share - (System.nanoTime() - start));
      } finally {
        files.delete();
      }
    }
    return measuring.foundDifferences() ? 1 : 0;
  }

  private List<Variant> variants() {
    List<String> only = engines;
    return Variant.all().stream()
        .filter(v -> v.isBaseline() || only == null || only.contains(v.engine()))
        .toList();
  }
}
