package io.github.rtmjava.converter;

import io.github.rtmjava.files.Printable;
import io.github.rtmjava.model.ModelSpec;
import io.github.rtmjava.model.Provenance;
import io.github.rtmjava.model.Task;
import io.github.rtmjava.pose.KeypointSet;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code rtm-converter inspect}. */
@Command(
    name = "inspect",
    mixinStandardHelpOptions = true,
    description = "Shows what a checkpoint or bundle holds, and which network it is.",
    footer = {
      "",
      "Examples:",
      "  rtm-converter inspect rtmw3d-l.pth",
      "  rtm-converter inspect rtmdet-m.pth --json > rtmdet-m.json"
    })
final class InspectCommand implements Callable<Integer> {
  @Spec private CommandSpec command = CommandSpec.create();

  @Parameters(paramLabel = "FILE", description = "A .pth or .safetensors file, or a bundle.")
  private Path file = Path.of("");

  @Option(names = "--json", description = "Writes JSON, with all metadata.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    Inspection inspection = Inspection.of(file);
    PrintWriter out = command.commandLine().getOut();
    if (json) {
      out.println(InspectionJson.of(inspection));
    } else {
      print(inspection, out);
    }
    out.flush();
    return 0;
  }

  private static void print(Inspection inspection, PrintWriter out) {
    line(out, "file", "%s, %s".formatted(inspection.file(), Printable.size(inspection.bytes())));
    line(out, "layout", inspection.layout());
    line(
        out,
        "network",
        inspection.spec().map(ModelSpec::architecture).orElse("none that can be converted"));
    inspection.spec().ifPresent(spec -> print(spec, out));
    inspection.origins().forEach((what, from) -> line(out, "from", what + ": " + from));
    inspection.remarks().forEach(remark -> line(out, "remark", remark));
    Provenance provenance = inspection.provenance();
    if (provenance != null) {
      line(out, "source", provenance.source() + ", SHA-256 " + provenance.sha256());
      line(out, "converted", "by " + provenance.converter());
      line(out, "licence", provenance.licence());
    }
    inspection
        .meta()
        .values()
        .forEach((key, value) -> line(out, "meta", key + ": " + Brief.of(value)));
    if (!inspection.extras().isEmpty()) {
      line(out, "also", String.join(", ", inspection.extras()));
    }
    line(
        out,
        "tensors",
        String.format(
            Locale.ROOT,
            "%d, %,d parameters",
            inspection.tensors().size(),
            inspection.parameters()));
    for (Inspection.Entry tensor : inspection.tensors()) {
      String alias = tensor.alias();
      out.printf(
          Locale.ROOT,
          "  %s %s %s%s%n",
          Printable.line(tensor.name()),
          tensor.dtype(),
          tensor.shape(),
          alias == null ? "" : " = " + Printable.line(alias));
    }
  }

  private static void print(ModelSpec spec, PrintWriter out) {
    line(out, "task", spec.task().name());
    line(out, "input", spec.input().toString());
    line(out, "codec", spec.codec().toString());
    if (spec.task() == Task.DETECTION) {
      line(out, "classes", String.join(", ", spec.labels()));
    } else if (spec.hyperParameters().containsKey(ModelSpec.KEYPOINTS)) {
      print(spec.keypointSet(), out);
    } else {
      line(out, "labels", String.join(", ", spec.labels()));
    }
    line(out, "built with", spec.hyperParameters().toString());
  }

  private static void print(KeypointSet set, PrintWriter out) {
    line(
        out,
        "keypoints",
        "%s: %s, with %s links, %s, %s"
            .formatted(
                set.name(),
                set.size(),
                set.links().size(),
                set.knowsMirror() ? "pairs for the flip test" : "no pairs for the flip test",
                set.knowsSigmas() ? "sigmas" : "no sigmas"));
    line(out, "", String.join(", ", set.names()));
  }

  private static void line(PrintWriter out, String name, String value) {
    out.printf(Locale.ROOT, "%-11s%s%n", name, Printable.line(value));
  }
}
