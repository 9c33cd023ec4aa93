package io.github.rtmjava.converter;

import io.github.rtmjava.files.Printable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code rtm-converter export}. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description = {
      "Writes a model for other programs: for torch.load, for safetensors, or for SameDiff.load.",
      "",
      "Weights keep their names, types and bits, so that the file can be trained further and"
          + " converted again. A SameDiff file holds the whole network in float32; its input is a"
          + " batch of normalised pixels [N, 3, height, width]."
    },
    footer = {
      "",
      "Examples:",
      "  rtm-converter export rtmw3d-l.rtm -o rtmw3d-l.pth",
      "  rtm-converter export rtmdet-m.rtm -o rtmdet-m.safetensors",
      "  rtm-converter export rtmw3d-l.rtm -o rtmw3d-l.fb --format samediff"
    })
final class ExportCommand implements Callable<Integer> {
  @Spec private CommandSpec command = CommandSpec.create();

  @Parameters(paramLabel = "BUNDLE", description = "A bundle, or a .pth or .safetensors file.")
  private Path bundle = Path.of("");

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      required = true,
      description = "The file to write.")
  private Path output = Path.of("");

  @Option(
      names = "--format",
      paramLabel = "F",
      description = "pth, safetensors or samediff. Default: by the ending of FILE (.fb: samediff).")
  private @Nullable ExportFormat format;

  @Override
  public Integer call() throws IOException {
    ExportFormat chosen = format;
    if (chosen == null) {
      chosen =
          ExportFormat.byName(output)
              .orElseThrow(
                  () ->
                      new ParameterException(
                          command.commandLine(),
                          "expected a FILE that ends in .pth, .safetensors or .fb, found %s; or give --format"
                              .formatted(output)));
    }
    Conversion.Opened opened = Conversion.opened(bundle, ConversionOptions.DEFAULT);
    opened.remarks().forEach(command.commandLine().getErr()::println);
    ExportFormat asked = chosen;
    Target.write(
        output,
        bundle,
        () -> {
          try (ByteProgress progress = ByteProgress.begin("writing")) {
            Exports.write(output, opened.model(), asked, progress::add);
          }
        });
    command
        .commandLine()
        .getOut()
        .println(
            Printable.line(
                "%s: %s as %s, %s tensors, %s"
                    .formatted(
                        output,
                        opened.model().spec().architecture(),
                        chosen.name().toLowerCase(Locale.ROOT),
                        opened.model().weights().keys().size(),
                        Printable.size(Files.size(output)))));
    command.commandLine().getOut().flush();
    return 0;
  }
}
