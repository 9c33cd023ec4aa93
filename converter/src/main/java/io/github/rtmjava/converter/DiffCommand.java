package io.github.rtmjava.converter;

import io.github.rtmjava.files.Printable;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code rtm-converter diff}. */
@Command(
    name = "diff",
    mixinStandardHelpOptions = true,
    description = {
      "Compares the tensors of two files, tensor by tensor: names, shapes, types and values. The"
          + " files may hold any network, each in a layout of its own.",
      "",
      "Exit codes: 0 the same, 1 they differ, 2 they cannot be compared."
    },
    footer = {
      "",
      "Examples:",
      "  rtm-converter diff rtmw3d-l.pth fine-tuned.pth",
      "  rtm-converter diff rtmw3d-l.pth rtmw3d-l.rtm --tolerance 1e-6",
      "  rtm-converter diff a.safetensors b.rtm --json > difference.json"
    })
final class DiffCommand implements Callable<Integer> {
  private static final int SAME = 0;
  private static final int DIFFERENT = 1;

  @Spec private CommandSpec command = CommandSpec.create();

  @Parameters(index = "0", paramLabel = "A", description = "A .pth or .safetensors file, a bundle.")
  private Path first = Path.of("");

  @Parameters(index = "1", paramLabel = "B", description = "Another.")
  private Path second = Path.of("");

  @Option(
      names = "--tolerance",
      paramLabel = "T",
      description = "Values that differ by at most T count as equal. Default: 0.")
  private double tolerance;

  @Option(names = "--json", description = "Writes JSON.")
  private boolean json;

  @Override
  public Integer call() {
    if (!(tolerance >= 0)) {
      throw new ParameterException(
          command.commandLine(), "expected a --tolerance of at least 0, found " + tolerance);
    }
    PrintWriter out = command.commandLine().getOut();
    try (TensorFile a = TensorFile.open(first);
        TensorFile b = TensorFile.open(second)) {
      Diff diff = Diff.of(a, b, tolerance);
      if (json) {
        out.println(DiffJson.of(diff));
      } else {
        print(diff, out);
      }
      out.flush();
      return diff.same() ? SAME : DIFFERENT;
    } catch (IOException e) {
      // Not the code of a difference.
      throw new ParameterException(command.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  private static void print(Diff diff, PrintWriter out) {
    only(out, "only in A", diff.onlyFirst());
    only(out, "only in B", diff.onlySecond());
    for (Diff.Pair pair : diff.shapes()) {
      line(
          out,
          "shape",
          pair.key(),
          "%s / %s".formatted(pair.first().shape(), pair.second().shape()));
    }
    for (Diff.Pair pair : diff.types()) {
      line(
          out,
          "type",
          pair.key(),
          "%s / %s".formatted(pair.first().dtype(), pair.second().dtype()));
    }
    for (Diff.Value value : diff.values()) {
      TensorDifference by = value.difference();
      line(
          out,
          "values",
          value.key(),
          String.format(
              Locale.ROOT,
              "max %.3g, mean %.3g, range %.3g, max/range %.3g",
              by.max(),
              by.mean(),
              by.range(),
              by.relative()));
    }
    out.println(summary(diff));
  }

  private static void only(PrintWriter out, String where, List<Diff.Named> tensors) {
    for (Diff.Named tensor : tensors) {
      line(
          out,
          where,
          tensor.key(),
          "%s %s".formatted(tensor.entry().dtype(), tensor.entry().shape()));
    }
  }

  private static void line(PrintWriter out, String what, String key, String how) {
    out.printf(Locale.ROOT, "%-11s%s %s%n", what, Printable.line(key), how);
  }

  private static String summary(Diff diff) {
    if (diff.same()) {
      return "the same: %s tensors".formatted(diff.compared());
    }
    return "different: %s only in A, %s only in B, %s shapes, %s types; values of %s in %s"
        .formatted(
            diff.onlyFirst().size(),
            diff.onlySecond().size(),
            diff.shapes().size(),
            diff.types().size(),
            diff.values().size(),
            diff.compared());
  }
}
