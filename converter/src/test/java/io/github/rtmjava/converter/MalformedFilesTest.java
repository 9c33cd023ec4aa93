package io.github.rtmjava.converter;

import static io.github.rtmjava.converter.Failures.assertRefused;
import static io.github.rtmjava.converter.Failures.read;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.checkpoint.CheckpointException;
import io.github.rtmjava.converter.testing.PickleWriter;
import io.github.rtmjava.converter.testing.TorchFiles;
import io.github.rtmjava.tensor.Tensor;
import io.github.rtmjava.testing.MadeWeights;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Damaged and hostile files: one clear refusal, no other exception, no memory spent. */
class MalformedFilesTest {
  private static final Map<String, Tensor> TENSORS = small();

  private static Map<String, Tensor> small() {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("a.weight", MadeWeights.uniform("a.weight", 0, 1, 2, 3));
    tensors.put("a.bias", MadeWeights.uniform("a.bias", 0, 1, 2));
    return tensors;
  }

  private static byte[] file(String layout) throws IOException {
    return switch (layout) {
      case "zip" -> TorchFiles.zip(TENSORS, Map.of("epoch", 1));
      case "legacy" -> TorchFiles.legacy(TENSORS, Map.of("epoch", 1));
      default -> SafetensorsFiles.of(TENSORS);
    };
  }

  @ParameterizedTest
  @ValueSource(strings = {"zip", "legacy", "safetensors"})
  void everyTruncationIsRefused(String layout) throws Exception {
    byte[] whole = file(layout);
    read(whole);
    for (int length = 0; length < whole.length; length++) {
      byte[] part = Arrays.copyOf(whole, length);
      assertThrows(CheckpointException.class, () -> read(part), "cut at byte " + length);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"zip", "legacy", "safetensors"})
  void flippedBitsAreReadOrRefused(String layout) throws Exception {
    byte[] whole = file(layout);
    int refused = 0;
    for (int bit = 0; bit < 8 * whole.length; bit++) {
      byte[] flipped = whole.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      try {
        read(flipped);
      } catch (CheckpointException e) {
        refused++;
      }
    }
    assertTrue(refused > whole.length, "only " + refused + " flips were noticed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"zip", "legacy", "safetensors"})
  void scrambledBytesAreReadOrRefused(String layout) throws Exception {
    byte[] whole = file(layout);
    SplittableRandom random = new SplittableRandom(7);
    int refused = 0;
    for (int round = 0; round < 4000; round++) {
      byte[] scrambled = whole.clone();
      for (int i = random.nextInt(1, 6); i > 0; i--) {
        scrambled[random.nextInt(scrambled.length)] = (byte) random.nextInt(256);
      }
      try {
        read(scrambled);
      } catch (CheckpointException e) {
        refused++;
      }
    }
    assertTrue(refused > 400, "only " + refused + " were noticed");
  }

  @Test
  void damagedElementsOfAZipAreNoticed() throws Exception {
    byte[] whole = file("zip");
    byte[] elements = new byte[24];
    TENSORS.get("a.weight").bytes().get(elements);
    whole[indexOf(whole, elements) + 5] ^= 1;
    assertRefused(whole, "checksum");
  }

  @Test
  void entriesOfEqualNamesAreRefused() {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put("a/data.pkl", TorchFiles.pickle(TENSORS, Map.of()));
    entries.put("a/data/0", new byte[24]);
    entries.put("a/data/1", new byte[8]);
    byte[] archive = TorchFiles.archive(entries);
    byte[] name = "a/data/1".getBytes(StandardCharsets.UTF_8);
    for (int at = indexOf(archive, name); at >= 0; at = indexOf(archive, name)) {
      archive[at + 7] = '0';
    }
    assertRefused(archive, "two entries named a/data/0");
  }

  @Test
  void overlappingEntriesAreRefused() {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put("x", new byte[100]);
    entries.put("y", new byte[100]);
    byte[] archive = TorchFiles.archive(entries);
    // The last directory entry ends 22 bytes before the end; its local header's place comes first.
    ByteBuffer.wrap(archive).order(ByteOrder.LITTLE_ENDIAN).putInt(archive.length - 22 - 5, 0);
    assertRefused(archive, "overlap");
  }

  @Test
  void zipBombsAreRefused() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry("a/data.pkl"));
      zip.write(new byte[100 << 20]);
    }
    assertRefused(out.toByteArray(), "times its size");
  }

  @Test
  void compressedArchivesAreRead() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry("a/data.pkl"));
      zip.write(TorchFiles.pickle(TENSORS, Map.of()));
      zip.putNextEntry(new ZipEntry("a/data/0"));
      zip.write(new byte[24]);
      zip.putNextEntry(new ZipEntry("a/data/1"));
      zip.write(new byte[8]);
    }
    assertTrue(read(out.toByteArray()).has("a.bias"));
  }

  @Test
  void longStringsThatAreNotThereAreRefused() {
    assertRefused(pickle(new PickleWriter().op('X').little(4, 0x7fffffff)), "2147483647");
    assertRefused(pickle(new PickleWriter().op(0x8d).little(8, -1)), "18446744073709551615");
    assertRefused(pickle(new PickleWriter().op(0x8b).little(4, 1 << 20)), "integers");
  }

  @Test
  void deepNestingIsRefused() {
    PickleWriter deep = new PickleWriter().op('}').value("x");
    for (int i = 0; i < 100_000; i++) {
      deep.op(']');
    }
    for (int i = 1; i < 100_000; i++) {
      deep.op('a');
    }
    assertRefused(pickle(withTensor(deep.op('s'))), "nested");
  }

  @Test
  void listsThatGrowByReferenceAreRefused() {
    // x0 = []; x1 = [x0, x0]; x2 = [x1, x1] … : few bytes, 2^60 values.
    PickleWriter bomb = new PickleWriter().op('}').value("x").op(']', 'q', 0);
    for (int i = 1; i <= 60; i++) {
      bomb.op('0', ']', 'q', i, '(', 'h', i - 1, 'h', i - 1, 'e');
    }
    assertRefused(pickle(withTensor(bomb.op('s'))), "values");
  }

  @Test
  void nestingByReferenceIsRefused() {
    // A list of lists, each of which holds the one before.
    PickleWriter bomb = new PickleWriter().op('}').value("x").op(']', 'q', 0);
    bomb.op(']', 'q', 1, '0');
    for (int i = 0; i < 1000; i++) {
      bomb.op('h', 0, ']', 'h', 1, 'a', 'q', 1, 'a', '0');
    }
    bomb.op('0').op('h', 0).op('s');
    assertRefused(pickle(withTensor(bomb)), "nested");
  }

  @Test
  void aListInItselfIsRead() throws Exception {
    PickleWriter loop = new PickleWriter().op('}').value("x").op(']', 'q', 0, 'h', 0, 'a', 's');
    assertTrue(read(pickle(withTensor(loop))).extras().at("x").isPresent());
  }

  @Test
  void stringsCannotBeMultipliedByEncodingThem() throws Exception {
    // A string of 1 MB, encoded 10,000 times in a list.
    PickleWriter bomb = new PickleWriter().op('}').value("x");
    bomb.value("a".repeat(1 << 20)).op('q', 0, '0');
    bomb.value(new PickleWriter.Global("_codecs", "encode")).op('q', 1, '0', ']', '(');
    for (int i = 0; i < 10_000; i++) {
      bomb.op('h', 1, 'h', 0, 0x85, 'R');
    }
    assertTrue(read(pickle(withTensor(bomb.op('e', 's')))).extras().at("x").isPresent());
  }

  @Test
  void containersCannotBeMultipliedByCopyingThem() {
    PickleWriter bomb = new PickleWriter().op('}').value("x").op(']', '(');
    for (int i = 0; i < 100_000; i++) {
      bomb.op('N');
    }
    bomb.op('e', 'q', 0, '0').value(new PickleWriter.Global("builtins", "list"));
    bomb.op('q', 1, '0', ']', '(');
    for (int i = 0; i < 10_000; i++) {
      bomb.op('h', 1, 'h', 0, 0x85, 'R');
    }
    assertRefused(pickle(bomb.op('e', 's')), "copies more than");
  }

  @Test
  void endlessPicklesAreRefused() {
    byte[] nothing = new byte[5_000_000];
    Arrays.fill(nothing, (byte) 'N');
    nothing[0] = (byte) 0x80;
    nothing[1] = 2;
    assertRefused(TorchFiles.archive(Map.of("a/data.pkl", nothing)), "operations");
  }

  @ParameterizedTest
  @ValueSource(
      ints = {'h', 'a', 's', 'u', 'e', 't', 'R', 'b', '0', '1', 'Q', 0x82, 0x93, 0x97, 0xff})
  void operationsOnNothingAreRefused(int op) {
    assertRefused(pickle(new PickleWriter().op(op, 0)), "pickle");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<!DOCTYPE html><html>404</html>   | web page",
        "<?xml version='1.0'?><Error/>     | XML document",
        "version https://git-lfs.github    | Git LFS",
        "{\"message\": \"Not Found\"}      | JSON",
        "hello                             | plain text",
        "GGUF\u0003                        | GGUF",
      })
  void otherFilesAreNamed(String content, String named) {
    assertRefused(content.getBytes(StandardCharsets.ISO_8859_1), "expected a checkpoint", named);
  }

  @Test
  void otherBinaryFilesAreNamed() {
    assertRefused(new byte[0], "empty file");
    assertRefused(new byte[] {8, 6, 0x12, 7, 'p', 'y', 't', 'o', 'r', 'c', 'h', ':'}, "ONNX");
    assertRefused(new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10}, "picture");
    assertRefused(new byte[] {0x1f, (byte) 0x8b, 8, 0}, "gzip");
    assertRefused(new PickleWriter().value(Map.of("a", 1)).toBytes(), "torch.save");
    assertRefused(
        TorchFiles.archive(Map.of("a.jpg", new byte[9])), "zip archive of 1 files (a.jpg)");
  }

  @Test
  void namesInMessagesStayShortAndInOneLine() {
    String name = "a\n\u001b[31m" + "b".repeat(100_000);
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put(name, MadeWeights.uniform("x", 0, 1, 2));
    tensors.put("module." + name, MadeWeights.uniform("y", 0, 1, 2));
    String message =
        String.valueOf(
            assertThrows(CheckpointException.class, () -> read(TorchFiles.zip(tensors, Map.of())))
                .getMessage());
    assertTrue(message.length() < 3000 && message.chars().noneMatch(c -> c < ' '), message);
  }

  @Test
  void aFolderIsNamed(@TempDir Path folder) {
    assertRefused(() -> Checkpoints.read(folder), "folder");
  }

  @Test
  void aMissingFileIsNamed(@TempDir Path folder) {
    assertRefused(() -> Checkpoints.read(folder.resolve("none.pth")), "no such file");
  }

  /** A zip checkpoint with that pickle and one storage of eight bytes. */
  private static byte[] pickle(PickleWriter writer) {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put("a/data.pkl", writer.toBytes());
    entries.put("a/data/0", new byte[8]);
    return TorchFiles.archive(entries);
  }

  /** Adds a tensor to the dictionary on top of the stack. */
  private static PickleWriter withTensor(PickleWriter writer) {
    return writer
        .value("weight")
        .value(
            new PickleWriter.Call(
                new PickleWriter.Global("torch._utils", "_rebuild_tensor_v2"),
                Arrays.asList(
                    new PickleWriter.Persistent(
                        Arrays.asList(
                            "storage",
                            new PickleWriter.Global("torch", "FloatStorage"),
                            "0",
                            "cpu",
                            2)),
                    0,
                    PickleWriter.Tuple.of(2),
                    PickleWriter.Tuple.of(1))))
        .op('s');
  }

  private static int indexOf(byte[] bytes, byte[] part) {
    for (int i = 0; i + part.length <= bytes.length; i++) {
      if (Arrays.equals(bytes, i, i + part.length, part, 0, part.length)) {
        return i;
      }
    }
    return -1;
  }
}
