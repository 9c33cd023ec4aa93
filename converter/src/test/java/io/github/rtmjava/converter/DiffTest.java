package io.github.rtmjava.converter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.rtmjava.bundle.Bundles;
import io.github.rtmjava.converter.testing.TorchFiles;
import io.github.rtmjava.tensor.DType;
import io.github.rtmjava.tensor.Float16;
import io.github.rtmjava.tensor.Shape;
import io.github.rtmjava.tensor.Tensor;
import io.github.rtmjava.testing.MadeWeights;
import io.github.rtmjava.testing.ToyArchitecture;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code converter diff} on files of every layout. */
class DiffTest {
  private record Run(int code, String out, String err) {}

  @TempDir private Path folder = Path.of("");
  private Path origin = Path.of("");

  @BeforeEach
  void writeOrigin() throws IOException {
    origin = pth("origin.pth", ToyArchitecture.weights());
  }

  private Path pth(String name, Map<String, Tensor> weights) throws IOException {
    Path file = folder.resolve(name);
    TorchFiles.zip(file, weights, Map.of());
    return file;
  }

  private static Run run(Object... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    String[] words = new String[args.length + 1];
    words[0] = "diff";
    for (int i = 0; i < args.length; i++) {
      words[i + 1] = args[i].toString();
    }
    int code =
        ConverterCommand.commandLine()
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(words);
    return new Run(code, out.toString(), err.toString());
  }

  @Test
  void everyLayoutOfTheSameWeightsIsTheSame() throws IOException {
    Path legacy = folder.resolve("legacy.pth");
    TorchFiles.legacy(legacy, ToyArchitecture.weights(), Map.of("epoch", 1));
    Path safetensors = folder.resolve("x.safetensors");
    Files.write(safetensors, SafetensorsFiles.of(ToyArchitecture.weights()));
    Path bundle = folder.resolve("bundle");
    Bundles.write(bundle, Conversion.open(origin, ConversionOptions.DEFAULT), false);
    for (Path file : List.of(origin, legacy, safetensors, bundle)) {
      for (Path other : List.of(origin, legacy, safetensors, bundle)) {
        assertEquals(
            new Run(0, "the same: 8 tensors" + System.lineSeparator(), ""), run(file, other));
      }
    }
  }

  @Test
  void everyKindOfDifferenceIsNamed() throws IOException {
    Map<String, Tensor> weights = ToyArchitecture.weights();
    weights.remove("head.bias");
    weights.put("new", MadeWeights.uniform("new", 0, 1, 2));
    weights.put("toy.bn.weight", MadeWeights.uniform("x", 0, 1, 5));
    weights.put("toy.bn.num_batches_tracked", MadeWeights.counter(9, Shape.of()));
    weights.put("toy.conv.weight", half(weights.get("toy.conv.weight")));
    Run run = run(origin, pth("other.pth", weights), "--tolerance", 0.01);
    assertEquals(1, run.code, run.err);
    assertEquals(
        List.of(
            "only in A  head.bias FLOAT32 [4]",
            "only in B  new FLOAT32 [2]",
            "shape      toy.bn.weight [4] / [5]",
            "type       toy.conv.weight FLOAT32 / FLOAT16",
            "values     toy.bn.num_batches_tracked max 2.00, mean 2.00, range 0.00, max/range Infinity",
            "different: 1 only in A, 1 only in B, 1 shapes, 1 types; values of 1 in 6"),
        run.out.lines().toList());
  }

  @Test
  void theFurthestComesFirstAndTheToleranceHidesTheNear() throws IOException {
    Map<String, Tensor> weights = ToyArchitecture.weights();
    weights.put("toy.bn.bias", moved(weights.get("toy.bn.bias"), 0.25f));
    weights.put("head.bias", moved(weights.get("head.bias"), 0.5f));
    weights.put("toy.bn.running_mean", moved(weights.get("toy.bn.running_mean"), 1e-3f));
    Path other = pth("other.pth", weights);
    List<String> lines = run(origin, other).out.lines().toList();
    assertTrue(
        lines.get(0).startsWith("values     head.bias max 0.500, mean 0.125,"), lines.get(0));
    assertTrue(lines.get(1).startsWith("values     toy.bn.bias max 0.250,"), lines.get(1));
    assertEquals(4, lines.size());
    assertEquals(3, run(origin, other, "--tolerance", 0.01).out.lines().count());
    assertEquals(0, run(origin, other, "--tolerance", 0.51).code);
  }

  /** The tensor with its first element moved. */
  private static Tensor moved(Tensor tensor, float by) {
    float[] values = tensor.toFloats();
    values[0] += by;
    return Tensor.of(values, tensor.shape().dims());
  }

  @Test
  void jsonHoldsTheSame() throws IOException {
    Map<String, Tensor> weights = ToyArchitecture.weights();
    weights.put("head.bias", moved(weights.get("head.bias"), 0.5f));
    weights.remove("head.weight");
    JsonNode found = new ObjectMapper().readTree(run(origin, pth("b.pth", weights), "--json").out);
    assertFalse(found.at("/same").asBoolean());
    assertEquals("head.weight", found.at("/only_first/0/name").asText());
    assertEquals("FLOAT32", found.at("/only_first/0/dtype").asText());
    assertEquals("head.bias", found.at("/values/0/name").asText());
    assertEquals(0.5, found.at("/values/0/max").asDouble(), 1e-6);
  }

  @Test
  void oneSidedNotANumberIsInfinitelyFar() throws IOException {
    Map<String, Tensor> weights = ToyArchitecture.weights();
    weights.put("head.bias", Tensor.of(new float[] {Float.NaN, 0, 0, 0}, 4));
    Path nan = pth("nan.pth", weights);
    assertEquals(0, run(nan, nan).code);
    assertTrue(run(origin, nan, "--tolerance", 1e30).out.contains("head.bias max Infinity"));
  }

  @Test
  void filesOfUnknownNetworksAreCompared() throws IOException {
    Map<String, Tensor> weights = new LinkedHashMap<>();
    weights.put("x", MadeWeights.uniform("x", 0, 1, 3));
    weights.put("flags", Tensor.allocate(DType.BOOL, Shape.of(0)));
    assertEquals(0, run(pth("a.pth", weights), pth("b.pth", weights)).code);
  }

  @Test
  void whatCannotBeComparedHasACodeOfItsOwn() throws IOException {
    Path text = Files.writeString(folder.resolve("a.txt"), "hello, this is no checkpoint");
    for (Run run : List.of(run(origin, text), run(origin, folder.resolve("absent")), run(origin))) {
      assertEquals(2, run.code);
      assertEquals(1, run.err.lines().count(), run.err);
    }
    assertEquals(2, run(origin, origin, "--tolerance", "-1").code);
  }

  private static Tensor half(Tensor wide) {
    ByteBuffer narrow =
        ByteBuffer.allocate(2 * (int) wide.shape().elements()).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : wide.toFloats()) {
      narrow.putShort(Float16.fromFloat(value));
    }
    return Tensor.over(DType.FLOAT16, wide.shape(), narrow.flip());
  }
}
