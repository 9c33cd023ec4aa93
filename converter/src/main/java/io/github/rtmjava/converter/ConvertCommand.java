package io.github.rtmjava.converter;

import io.github.rtmjava.bundle.Bundles;
import io.github.rtmjava.files.Printable;
import io.github.rtmjava.model.Model;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code rtm-converter convert}. */
@Command(
    name = "convert",
    mixinStandardHelpOptions = true,
    description = "Makes a model bundle of a checkpoint.",
    footer = {
      "",
      "Examples:",
      "  rtm-converter convert rtmw3d-l.pth -o rtmw3d-l.rtm",
      "  rtm-converter convert rtmdet-nano.pth -o hands.rtm --input-size 320x320 --bbox-thr 0.5",
      "  rtm-converter convert rtmw3d-x.pth -o rtmw3d-x --fp16 --licence Apache-2.0"
    })
final class ConvertCommand implements Callable<Integer> {
  @Spec private CommandSpec command = CommandSpec.create();

  @Parameters(paramLabel = "FILE", description = "A .pth or .safetensors file, or a bundle.")
  private Path file = Path.of("");

  @Option(
      names = {"-o", "--output"},
      paramLabel = "BUNDLE",
      required = true,
      description = "A zip if the name ends in .rtm or .zip, otherwise a folder.")
  private Path output = Path.of("");

  @Option(
      names = "--fp16",
      description =
          "Stores weights as float16, half the size. Biases, statistics and output layers stay"
              + " float32.")
  private boolean fp16;

  @Option(
      names = "--input-size",
      paramLabel = "WxH",
      converter = SizeConverter.class,
      description = "A detector's input size, which its file does not hold. Default: the official.")
  private ConversionOptions.@Nullable Size inputSize;

  @Option(names = "--name", description = "The model's name. Default: the file's.")
  private @Nullable String name;

  @Option(
      names = "--bbox-thr",
      paramLabel = "T",
      description = "The score from which a detector's boxes are used, 0 to 1.")
  private @Nullable Float bboxThreshold;

  @Option(names = "--licence", paramLabel = "SPDX", description = "The licence of the weights.")
  private @Nullable String licence;

  @Override
  public Integer call() throws IOException {
    Float threshold = bboxThreshold;
    if (threshold != null && !(threshold >= 0 && threshold <= 1)) {
      throw new ParameterException(
          command.commandLine(), "expected a --bbox-thr of 0 to 1, found " + threshold);
    }
    Conversion.Opened opened =
        Conversion.opened(file, new ConversionOptions(name, inputSize, threshold, licence));
    opened.remarks().forEach(command.commandLine().getErr()::println);
    Model model = opened.model();
    Target.write(
        output,
        file,
        () -> {
          try (ByteProgress progress = ByteProgress.begin("writing")) {
            Bundles.write(output, model, fp16, progress::add);
          }
        });
    command
        .commandLine()
        .getOut()
        .println(
            Printable.line(
                "%s: %s, input %s wide and %s high, %s tensors%s"
                    .formatted(
                        output,
                        model.spec().architecture(),
                        model.spec().input().width(),
                        model.spec().input().height(),
                        model.weights().keys().size(),
                        fp16 ? ", float16" : "")));
    command.commandLine().getOut().flush();
    return 0;
  }

  /** Reads {@code 640x480}. */
  static final class SizeConverter implements ITypeConverter<ConversionOptions.Size> {
    @Override
    public ConversionOptions.Size convert(String value) {
      if (!value.matches("\\d{1,5}[xX]\\d{1,5}")) {
        throw new TypeConversionException("expected WIDTHxHEIGHT in pixels, found " + value);
      }
      String[] parts = value.split("[xX]", -1);
      return new ConversionOptions.Size(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
    }
  }
}
