package io.github.rtmjava.app;

import io.github.rtmjava.engine.CompiledModel;
import io.github.rtmjava.engine.Engine;
import io.github.rtmjava.engine.EngineOptions;
import io.github.rtmjava.engine.Engines;
import io.github.rtmjava.engine.Session;
import io.github.rtmjava.files.FullDisk;
import io.github.rtmjava.files.Leftovers;
import io.github.rtmjava.files.NewFile;
import io.github.rtmjava.files.Originals;
import io.github.rtmjava.model.Model;
import io.github.rtmjava.model.ModelSources;
import io.github.rtmjava.nn.Network;
import io.github.rtmjava.nn.Value;
import io.github.rtmjava.tensor.DType;
import io.github.rtmjava.tensor.Npy;
import io.github.rtmjava.tensor.Npz;
import io.github.rtmjava.tensor.Tensor;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code rtm run}: the bare network, for researchers and for comparisons. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    customSynopsis = "rtm run BUNDLE --input X.npy -o OUT.npz [OPTION]...",
    description = {
      "Runs a bare network on a batch of inputs and writes every output.",
      "",
      "The batch is a float32 array [N, 3, height, width] of normalised pixels; nothing is done to"
          + " it. Outputs have upstream's names: simcc_x, simcc_y and simcc_z of a pose model;"
          + " cls0, reg0 and so on per level of a detector, reg after exp and stride, cls before"
          + " the sigmoid."
    },
    footer = {
      "",
      "Examples:",
      "  rtm run rtmw3d-l.rtm --input crops.npy -o simcc.npz",
      "  rtm run rtmdet-m.pth --input batch.npy -o heads.npz --engine onednn --precision bf16"
    })
final class RunCommand implements Callable<Integer> {
  @Spec private CommandSpec command = CommandSpec.create();

  @Parameters(
      paramLabel = "BUNDLE",
      description = "A bundle, a .pth or .safetensors file, or a model's name.")
  private String model = "";

  @Option(
      names = {"-i", "--input"},
      paramLabel = "X.npy",
      required = true,
      description = "The batch, as numpy.save writes it.")
  private Path input = Path.of("");

  @Option(
      names = {"-o", "--output"},
      paramLabel = "OUT.npz",
      required = true,
      description = "Where the outputs go, as numpy.savez writes them.")
  private Path output = Path.of("");

  @Mixin(name = "Engine")
  private EngineFlags engineFlags = new EngineFlags();

  @Mixin(name = "Addresses")
  private WebFlags web = new WebFlags();

  @Override
  public Integer call() throws IOException {
    Console console = new Console(command);
    EngineOptions options = engineFlags.options(command);
    List<Path> read = new ArrayList<>(Originals.existing(List.of(model)));
    read.add(input);
    Originals.of(read).requireOther(output);
    Tensor batch = read(input);
    Model opened = open(console);
    Network network = opened.network();
    Value expected = requireFit(network, batch);
    Engine engine = Engines.choose(engineFlags.engine, engineFlags.device).engine();
    try (CompiledModel compiled = engine.compile(network, opened.weights(), options);
        Session session = compiled.newSession()) {
      Map<String, Tensor> outputs = session.run(Map.of(expected.name(), direct(batch)));
      write(outputs);
      console.say(
          "wrote %s: %s (%s)"
              .formatted(
                  output,
                  outputs.entrySet().stream()
                      .map(e -> e.getKey() + " " + e.getValue().shape())
                      .collect(Collectors.joining(", ")),
                  compiled.description()));
    }
    return 0;
  }

  private Model open(Console console) throws IOException {
    try (ModelNews news = new ModelNews(console)) {
      return ModelSources.open(model, news, web.redirects());
    }
  }

  private static Tensor read(Path file) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      return Npy.read(in);
    } catch (FileSystemException e) {
      throw e;
    } catch (IOException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }

  private Value requireFit(Network network, Tensor batch) {
    if (network.inputs().size() != 1) {
      throw new IllegalArgumentException(
          "expected a network with one input, found " + network.inputs());
    }
    Value expected = network.inputs().get(0);
    if (batch.dtype() != DType.FLOAT32) {
      throw new IllegalArgumentException(
          "%s: expected float32 values, found %s; convert them with numpy's astype('float32')"
              .formatted(input, batch.dtype().name().toLowerCase(Locale.ROOT)));
    }
    if (!expected.shape().accepts(batch.shape())) {
      throw new IllegalArgumentException(
          "%s: expected an array %s for %s, found %s; the order is N, channels, height, width"
              .formatted(input, expected.shape(), network.name(), batch.shape()));
    }
    return expected;
  }

  /** Engines take their inputs from memory outside of the heap. */
  private static Tensor direct(Tensor batch) {
    Tensor copy = Tensor.allocate(DType.FLOAT32, batch.shape());
    copy.bytes().put(batch.bytes());
    return copy;
  }

  private void write(Map<String, Tensor> outputs) throws IOException {
    Path file = output.toAbsolutePath();
    Path parent = file.getParent();
    if (parent == null || Files.isDirectory(file)) {
      throw new IOException(output + ": expected the name of a file, found a folder");
    }
    Leftovers.clear(parent);
    try {
      NewFile.write(file, out -> Npz.write(outputs, out));
    } catch (IOException e) {
      throw FullDisk.named(e, parent, "the outputs");
    }
  }
}
