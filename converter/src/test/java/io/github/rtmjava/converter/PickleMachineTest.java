package io.github.rtmjava.converter;

import static io.github.rtmjava.converter.Failures.read;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.bundle.ByteSource;
import io.github.rtmjava.checkpoint.CheckpointException;
import io.github.rtmjava.checkpoint.Data;
import io.github.rtmjava.converter.testing.TorchFiles;
import io.github.rtmjava.testing.ToyArchitecture;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Pickles by Python itself, in every protocol, and programs at random. */
class PickleMachineTest {
  /** A pickle in its protocol. */
  record Pickle(int protocol, byte[] bytes) {
    @Override
    public String toString() {
      return "protocol " + protocol;
    }
  }

  static Stream<Pickle> python() throws IOException {
    return pickles("python-pickles.txt");
  }

  static Stream<Pickle> numpy() throws IOException {
    return pickles("numpy-pickles.txt");
  }

  private static Stream<Pickle> pickles(String resource) throws IOException {
    try (InputStream in = PickleMachineTest.class.getResourceAsStream(resource)) {
      String text =
          new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.US_ASCII);
      return text.lines()
          .filter(line -> !line.startsWith("#"))
          .map(
              line -> new Pickle(line.charAt(0) - '0', HexFormat.of().parseHex(line.substring(2))));
    }
  }

  private static Data run(byte[] pickle) throws IOException {
    Py value =
        PickleMachine.run(new PickleInput(new ByteSource.OfArray(pickle), 0), new Constructors());
    TensorLoader none =
        new TensorLoader(
            storage -> {
              throw new CheckpointException("there are no storages");
            },
            new CopyBudget(pickle.length));
    return new PlainData(none).of(value);
  }

  @ParameterizedTest
  @MethodSource("python")
  void everyProtocolGivesTheSameValues(Pickle pickle) throws IOException {
    Data data = run(pickle.bytes);
    assertEquals(
        new Data.Items(
            List.of(
                new Data.Int(1),
                new Data.Int(-2),
                new Data.Int(300),
                new Data.Int(70000),
                new Data.Int(1L << 40),
                new Data.Opaque("int", List.of(new Data.Text("1180591620717411303424")), null),
                new Data.Int(Integer.MIN_VALUE))),
        data.at("ints").orElseThrow());
    assertEquals(
        new Data.Items(
            List.of(
                new Data.Real(1.5),
                new Data.None(),
                new Data.Bool(true),
                new Data.Bool(false),
                new Data.Items(List.of()))),
        data.at("tuple").orElseThrow());
    assertEquals("uni\u00e7\u00f8d\u00e9 \ud83d\ude00\n", data.text("text").orElseThrow());
    assertBytes(new byte[] {0, (byte) 0xff}, data.at("bytes").orElseThrow());
    assertEquals(new Data.Items(List.of(new Data.Int(2))), data.at("set").orElseThrow());
    assertEquals(new Data.Items(List.of(new Data.Int(3))), data.at("frozen").orElseThrow());
    assertBytes(new byte[] {'x', 'y'}, data.at("array").orElseThrow());
    Data.Opaque complex = assertInstanceOf(Data.Opaque.class, data.at("complex").orElseThrow());
    assertTrue(complex.type().endsWith(".complex"), complex.type());
    assertEquals(
        new Data.Dict(
            Map.of(
                "1",
                new Data.Text("a"),
                "(1, 't')",
                new Data.Text("b"),
                "None",
                new Data.Text("c"))),
        data.at("dict").orElseThrow());
    assertSame(data.at("ints").orElseThrow(), data.at("same").orElseThrow());
  }

  @ParameterizedTest
  @MethodSource("numpy")
  void arraysAndScalarsOfNumpyAreRead(Pickle pickle) throws IOException {
    Data data = run(pickle.bytes);
    float[] values = {0, 1, 2, 3, 4, 5};
    for (String name : List.of("c", "f")) {
      Data.Array array = assertInstanceOf(Data.Array.class, data.at(name).orElseThrow());
      assertEquals("FLOAT32 [2, 3]", array.value().toString());
      assertArrayEquals(values, array.value().toFloats(), name);
    }
    assertEquals(new Data.Real(1.5), data.at("float").orElseThrow());
    assertEquals(new Data.Int(-7), data.at("int").orElseThrow());
    assertEquals(new Data.Bool(true), data.at("bool").orElseThrow());
    for (String name : List.of("big", "text")) {
      Data.Opaque array = assertInstanceOf(Data.Opaque.class, data.at(name).orElseThrow());
      assertEquals("numpy.ndarray", array.type());
    }
  }

  @Test
  void programsAtRandomEndInAValueOrARefusal() throws Exception {
    List<byte[]> corpus = Stream.concat(python(), numpy()).map(Pickle::bytes).toList();
    SplittableRandom random = new SplittableRandom(11);
    int refused = 0;
    for (int round = 0; round < 20_000; round++) {
      byte[] program = splice(corpus, random);
      try {
        run(program);
      } catch (CheckpointException e) {
        refused++;
      }
    }
    assertTrue(refused > 1000 && refused < 20_000, refused + " refused");
  }

  /** Parts of the corpus behind each other, some bytes replaced by operations. */
  private static byte[] splice(List<byte[]> corpus, SplittableRandom random) {
    byte[] a = corpus.get(random.nextInt(corpus.size()));
    byte[] b = corpus.get(random.nextInt(corpus.size()));
    int cut = random.nextInt(a.length);
    int from = random.nextInt(b.length);
    byte[] program = Arrays.copyOf(a, cut + b.length - from);
    System.arraycopy(b, from, program, cut, b.length - from);
    String operations = "(.012FIJKLMNPQRSTUVXabcdeghijloqrstup]})\u0081\u0085\u0086\u0093\u0094";
    for (int i = random.nextInt(4); i > 0; i--) {
      program[random.nextInt(program.length)] =
          (byte) operations.charAt(random.nextInt(operations.length()));
    }
    return program;
  }

  @Test
  void zip64ArchivesAreRead() throws Exception {
    byte[] plain = TorchFiles.zip(ToyArchitecture.weights(), Map.of());
    assertEquals(ToyArchitecture.weights().keySet(), read(Zip64Files.of(plain)).tensors().keySet());
  }

  private static void assertBytes(byte[] expected, Data found) {
    assertArrayEquals(expected, assertInstanceOf(Data.Bytes.class, found).value());
  }
}
