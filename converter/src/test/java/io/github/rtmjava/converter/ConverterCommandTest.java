package io.github.rtmjava.converter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.rtmjava.bundle.BundleSource;
import io.github.rtmjava.bundle.Bundles;
import io.github.rtmjava.bundle.ByteSource;
import io.github.rtmjava.bundle.Zip;
import io.github.rtmjava.converter.testing.TorchFiles;
import io.github.rtmjava.files.Sha256;
import io.github.rtmjava.model.Codec;
import io.github.rtmjava.model.Model;
import io.github.rtmjava.model.ModelListener;
import io.github.rtmjava.model.ModelSources;
import io.github.rtmjava.tensor.DType;
import io.github.rtmjava.tensor.Tensor;
import io.github.rtmjava.testing.MadeWeights;
import io.github.rtmjava.testing.ToyArchitecture;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The command in process: exit codes, output, one-line errors. */
class ConverterCommandTest {
  private record Run(int code, String out, String err) {}

  @TempDir private Path folder = Path.of("");
  private Path pth = Path.of("");
  private Path bundle = Path.of("");

  @BeforeEach
  void writeCheckpoint() throws IOException {
    pth = folder.resolve("toy-s.pth");
    bundle = folder.resolve("toy-s.rtm");
    TorchFiles.legacy(pth, ToyArchitecture.weights(), Map.of("epoch", 3, "cfg", "a\u001b[31m\nb"));
  }

  private static Run run(Object... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line =
        ConverterCommand.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    String[] strings = new String[args.length];
    for (int i = 0; i < args.length; i++) {
      strings[i] = args[i].toString();
    }
    int code = line.execute(strings);
    return new Run(code, out.toString(), err.toString());
  }

  /** Asserts failure with that code and one line on the error stream alone. */
  private static void assertFails(int code, Run run, String... phrases) {
    assertEquals(code, run.code, run.err);
    assertEquals(1, run.err.lines().count(), run.err);
    assertEquals("", run.out);
    for (String phrase : phrases) {
      assertTrue(run.err.contains(phrase), () -> "'" + phrase + "' in: " + run.err);
    }
  }

  @Test
  void inspectShowsTheNetwork() {
    Run run = run("inspect", pth);
    assertEquals(0, run.code, run.err);
    String text = run.out.replace(System.lineSeparator(), "\n");
    assertTrue(
        text.startsWith(
            String.format(Locale.ROOT, "file       toy-s.pth, %,d bytes\n", pth.toFile().length())),
        text);
    assertTrue(
        text.contains("layout     torch legacy\nnetwork    toy\ntask       DETECTION\n"), text);
    assertTrue(text.contains("meta       epoch: 3\n"), text);
    assertTrue(text.contains("tensors    8, 144 parameters\n"), text);
    assertTrue(text.contains("  toy.conv.weight FLOAT32 [4, 3, 3, 3]\n"), text);
  }

  @Test
  void inspectCannotBeMadeToSteerTheTerminal() {
    assertFalse(run("inspect", pth).out.contains("\u001b"));
  }

  @Test
  void inspectWritesJson() throws IOException {
    Run run = run("inspect", pth, "--json");
    assertEquals(0, run.code, run.err);
    JsonNode json = new ObjectMapper().readTree(run.out);
    assertEquals("toy", json.path("network").path("architecture").asText());
    assertEquals(4, json.path("network").path("hyperParameters").path("width").asInt());
    assertEquals(3, json.path("meta").path("epoch").asInt());
    assertEquals(8, json.path("tensors").size());
    assertEquals(144, json.path("parameters").asInt());
  }

  @Test
  void inspectShowsAPart() throws IOException {
    Map<String, Tensor> part = ToyArchitecture.weights();
    part.keySet().removeIf(key -> key.startsWith("head."));
    TorchFiles.zip(pth, part, Map.of());
    Run run = run("inspect", pth);
    assertEquals(0, run.code, run.err);
    assertTrue(run.out.contains("only toy of toy; head is missing"), run.out);
  }

  @Test
  void inspectShowsABundle() {
    run("convert", pth, "-o", bundle, "--licence", "MIT");
    Run run = run("inspect", bundle);
    assertEquals(0, run.code, run.err);
    assertTrue(run.out.contains("layout     bundle zip"), run.out);
    assertTrue(run.out.contains("licence    MIT"), run.out);
  }

  @Test
  void convertWritesABundleThatVerifies() throws IOException {
    Run run = run("convert", pth, "-o", bundle);
    assertEquals(0, run.code, run.err);
    assertEquals("", run.err);
    assertEquals("%s: toy, input 32 wide and 32 high, 8 tensors%n".formatted(bundle), run.out);
    Model model = Bundles.open(bundle);
    assertEquals("toy-s", model.name());
    assertEquals("toy-s.pth", model.provenance().source());
    assertEquals(Sha256.of(pth), model.provenance().sha256());
    assertTrue(model.provenance().converter().matches("rtm-java converter \\d+\\..*"));

    Run verified = run("verify", bundle, "--engine", "toy");
    assertEquals(0, verified.code, verified.err);
    assertTrue(verified.out.contains("8 fit the network, all finite"), verified.out);
    assertTrue(verified.out.contains("reg0 [1, 4, 16, 16]"), verified.out);
    assertTrue(verified.out.contains("good on toy"), verified.out);
  }

  @Test
  void convertTakesOptions() throws IOException {
    Run run =
        run(
            "convert",
            pth,
            "-o",
            bundle,
            "--fp16",
            "--input-size",
            "64x48",
            "--name",
            "mine",
            "--bbox-thr",
            "0.6",
            "--licence",
            "MIT");
    assertEquals(0, run.code, run.err);
    Model model = Bundles.open(bundle);
    assertEquals("mine", model.name());
    assertEquals(64, model.spec().input().width());
    assertEquals(48, model.spec().input().height());
    assertEquals(0.6f, ((Codec.Boxes) model.spec().codec()).recommendedThreshold());
    assertEquals("MIT", model.provenance().licence());
    assertEquals(DType.FLOAT16, model.weights().get("toy.conv.weight").dtype());
  }

  @Test
  void furtherNetworksAreCheckedKeptAndRun() throws IOException {
    TorchFiles.zip(pth, ToyArchitecture.weightsWithSecond(), Map.of());
    Run run = run("convert", pth, "-o", bundle, "--fp16");
    assertEquals(0, run.code, run.err);
    Model model = Bundles.open(bundle);
    assertEquals(ToyArchitecture.weightsWithSecond().keySet(), model.weights().keys());
    assertEquals(DType.FLOAT32, model.weights().get("second.weight").dtype());
    Run verified = run("verify", bundle, "--engine", "toy");
    assertEquals(0, verified.code, verified.err);
    assertTrue(verified.out.contains("sum [1, 2]"), verified.out);
  }

  @Test
  void convertMakesAnotherBundleOfABundle() throws IOException {
    run("convert", pth, "-o", bundle, "--licence", "MIT");
    Path other = folder.resolve("other");
    Run run = run("convert", bundle, "-o", other, "--fp16");
    assertEquals(0, run.code, run.err);
    assertEquals("MIT", Bundles.open(other).provenance().licence());
    assertEquals(DType.FLOAT16, Bundles.open(other).weights().get("toy.conv.weight").dtype());
  }

  @Test
  void convertListsWhatIsMissing() throws IOException {
    Map<String, Tensor> weights = ToyArchitecture.weights();
    weights.remove("toy.bn.bias");
    weights.put("head.bias", MadeWeights.uniform("head.bias", 0, 1, 5));
    weights.put("surplus", MadeWeights.uniform("surplus", 0, 1, 5));
    TorchFiles.zip(pth, weights, Map.of());
    assertFails(
        1,
        run("convert", pth, "-o", bundle),
        "toy-s.pth",
        "1 missing: toy.bn.bias",
        "1 unexpected: surplus",
        "head.bias (expected [4], found [5])");
    assertFalse(Files.exists(bundle));
  }

  @Test
  void convertRefusesAPart() throws IOException {
    Map<String, Tensor> part = ToyArchitecture.weights();
    part.keySet().removeIf(key -> key.startsWith("head."));
    TorchFiles.zip(pth, part, Map.of());
    assertFails(1, run("convert", pth, "-o", bundle), "only toy of toy", "head is missing");
  }

  @Test
  void convertRefusesOtherNetworks() throws IOException {
    TorchFiles.zip(pth, Map.of("conv1.weight", MadeWeights.uniform("x", 0, 1, 2)), Map.of());
    assertFails(1, run("convert", pth, "-o", bundle), "toy", "conv1.weight");
  }

  @Test
  void verifyNoticesDamage() throws IOException {
    run("convert", pth, "-o", bundle);
    byte[] bytes = Files.readAllBytes(bundle);
    Zip zip = Zip.open(new ByteSource.OfArray(bytes));
    Zip.Entry weights = Objects.requireNonNull(zip.entries().get("weights.safetensors"));
    bytes[(int) (weights.data() + weights.size() - 1)] ^= 1;
    Files.write(bundle, bytes);
    assertFails(1, run("verify", bundle), "SHA-256");
  }

  @Test
  void verifyNoticesNan() throws IOException {
    Map<String, Tensor> weights = ToyArchitecture.weights();
    weights.get("head.bias").floats().put(1, Float.NaN);
    TorchFiles.zip(pth, weights, Map.of());
    run("convert", pth, "-o", bundle);
    Run run = run("verify", bundle);
    assertEquals(1, run.code);
    assertTrue(run.err.contains("NaN in weight head.bias"), run.err);
  }

  @Test
  void verifyNamesUnknownEngines() {
    run("convert", pth, "-o", bundle);
    Run run = run("verify", bundle, "--engine", "steam");
    assertEquals(1, run.code);
    assertTrue(run.err.contains("there is no engine 'steam'"), run.err);
  }

  @ParameterizedTest
  @ValueSource(strings = {"inspect", "verify"})
  void missingFilesAreNamed(String command) {
    assertFails(1, run(command, folder.resolve("none.pth")), "none.pth: there is no such file");
  }

  @Test
  void wrongCallsHaveTheirOwnCode() {
    assertFails(2, run(), "expected a command", "rtm-converter --help");
    assertFails(2, run("inspect"), "FILE", "rtm-converter inspect --help");
    assertFails(2, run("convert", pth), "--output", "rtm-converter convert --help");
    assertFails(2, run("convert", pth, "-o", bundle, "--input-size", "640"), "WIDTHxHEIGHT");
    assertFails(2, run("convert", pth, "-o", bundle, "--bbox-thr", "7"), "0 to 1");
    assertFails(2, run("convert", pth, "-o", bundle, "--frobnicate"), "--frobnicate");
    assertFails(2, run("frobnicate"), "frobnicate");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "inspect", "convert", "verify", "export", "diff"})
  void everyCommandKnowsItsVersion(String command) {
    Run run = command.isEmpty() ? run("--version") : run(command, "--version");
    assertEquals(0, run.code);
    assertTrue(run.out.matches("rtm-java converter \\S+\\R"), run.out);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "inspect", "convert", "verify"})
  void helpHoldsExamples(String command) {
    Run run = command.isEmpty() ? run("--help") : run(command, "--help");
    assertEquals(0, run.code);
    assertTrue(run.out.contains("Examples:"), run.out);
  }

  @Test
  void verifyRefusesACheckpoint() {
    assertFails(1, run("verify", pth), "expected a bundle", "command convert");
  }

  @Test
  void foldersThatAreNoBundlesAreNoModels() throws IOException {
    assertTrue(new BundleSource().open(folder.toString(), ModelListener.NONE).isEmpty());
    assertTrue(new CheckpointSource().open(folder.toString(), ModelListener.NONE).isEmpty());
  }

  @Test
  void modelsAreFoundByPath() throws IOException {
    run("convert", pth, "-o", bundle);
    assertEquals("toy", ModelSources.open(pth.toString()).spec().architecture());
    assertEquals("toy-s", ModelSources.open(bundle.toString()).name());
  }
}
