package io.github.rtmjava.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.tensor.DType;
import io.github.rtmjava.tensor.Npy;
import io.github.rtmjava.tensor.Npz;
import io.github.rtmjava.tensor.Shape;
import io.github.rtmjava.tensor.Tensor;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunCommandTest {
  @TempDir Path dir;

  @Test
  void writesEveryOutput() throws IOException {
    Cli.Outcome outcome = run("fake-pose", array(DType.FLOAT32, 2, 3, 32, 24));
    assertEquals(0, outcome.code(), outcome.err());
    assertEquals("", outcome.err());
    assertTrue(
        outcome.out().startsWith("wrote " + out() + ": simcc_x [2, 133, 48]"), outcome.out());
    Map<String, Tensor> outputs = Npz.read(out());
    assertEquals(List.of("simcc_x", "simcc_y", "simcc_z"), List.copyOf(outputs.keySet()));
    assertEquals(Shape.of(2, 133, 64), outputs.get("simcc_y").shape());
    assertEquals(1, outputs.get("simcc_y").toFloats()[32]);
  }

  @Test
  void detectorsHaveOutputsPerLevel() throws IOException {
    Cli.Outcome outcome = run("fake-detector", array(DType.FLOAT32, 1, 3, 64, 64));
    assertEquals(0, outcome.code(), outcome.err());
    assertEquals(
        List.of("cls0", "reg0", "cls1", "reg1", "cls2", "reg2"),
        List.copyOf(Npz.read(out()).keySet()));
  }

  @Test
  void inputOfAnotherShapeIsNamed() throws IOException {
    Path input = array(DType.FLOAT32, 1, 3, 24, 32);
    Cli.Outcome outcome = run("fake-pose", input);
    assertFailed(
        outcome,
        "rtm: %s: expected an array [N, 3, 32, 24] for fake pose, found [1, 3, 24, 32];"
                .formatted(input)
            + " the order is N, channels, height, width");
  }

  @Test
  void emptyBatchIsNamed() throws IOException {
    Cli.Outcome outcome = run("fake-pose", array(DType.FLOAT32, 0, 3, 32, 24));
    assertEquals(1, outcome.code());
    assertTrue(outcome.err().contains("found [0, 3, 32, 24]"), outcome.err());
  }

  @Test
  void inputOfAnotherTypeIsNamed() throws IOException {
    Path input = array(DType.FLOAT64, 1, 3, 32, 24);
    assertFailed(
        run("fake-pose", input),
        "rtm: %s: expected float32 values, found float64; convert them with numpy's"
                .formatted(input)
            + " astype('float32')");
  }

  @Test
  void missingInputIsNamed() throws IOException {
    Path missing = dir.resolve("none.npy");
    assertFailed(
        run("fake-pose", missing), "rtm: %s: there is no such file or folder".formatted(missing));
  }

  @Test
  void inputThatIsNoArrayIsNamed() throws IOException {
    Path text = Files.writeString(dir.resolve("x.npy"), "Hello, this is text.");
    assertFailed(
        run("fake-pose", text), "rtm: %s: expected a .npy array, found other data".formatted(text));
  }

  @Test
  void precisionThatNoEngineKnowsIsAnErrorOfUsage() throws IOException {
    Cli.Outcome outcome =
        Cli.run("run", "fake-pose", "--input", "x.npy", "-o", "y.npz", "--precision", "float8");
    assertEquals(2, outcome.code());
    assertTrue(outcome.err().contains("Try 'rtm run --help'."), outcome.err());
  }

  private void assertFailed(Cli.Outcome outcome, String line) throws IOException {
    assertEquals(1, outcome.code());
    assertEquals(List.of(line), outcome.errLines());
    assertFalse(Files.exists(out()));
    try (Stream<Path> files = Files.list(dir)) {
      assertTrue(files.noneMatch(file -> file.getFileName().toString().startsWith(".rtm-")));
    }
  }

  private Cli.Outcome run(String model, Path input) {
    return Cli.run(
        "run", model, "--input", input.toString(), "-o", out().toString(), "--engine", "fake");
  }

  private Path out() {
    return dir.resolve("out.npz");
  }

  private Path array(DType type, int... dims) throws IOException {
    Path file = dir.resolve("in.npy");
    try (OutputStream out = Files.newOutputStream(file)) {
      Npy.write(Tensor.allocate(type, Shape.of(dims)), out);
    }
    return file;
  }
}
