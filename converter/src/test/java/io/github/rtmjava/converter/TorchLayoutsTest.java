package io.github.rtmjava.converter;

import static io.github.rtmjava.converter.Failures.assertRefused;
import static io.github.rtmjava.converter.Failures.read;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.checkpoint.Checkpoint;
import io.github.rtmjava.checkpoint.Data;
import io.github.rtmjava.converter.testing.PickleWriter;
import io.github.rtmjava.converter.testing.PickleWriter.Call;
import io.github.rtmjava.converter.testing.PickleWriter.Global;
import io.github.rtmjava.converter.testing.PickleWriter.Persistent;
import io.github.rtmjava.converter.testing.PickleWriter.Tuple;
import io.github.rtmjava.converter.testing.TorchFiles;
import io.github.rtmjava.tensor.DType;
import io.github.rtmjava.tensor.Shape;
import io.github.rtmjava.tensor.Tensor;
import io.github.rtmjava.testing.MadeWeights;
import io.github.rtmjava.testing.ToyArchitecture;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Checkpoints in memory, written as torch writes them. */
class TorchLayoutsTest {
  private static final Map<String, ?> META = Map.of("epoch", 3);
  private static final List<DType> DTYPES = List.of(DType.values());

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void tensorsComeBackInOrderByteForByte(boolean legacy) throws Exception {
    SplittableRandom random = new SplittableRandom(1);
    for (int round = 0; round < 20; round++) {
      Map<String, Tensor> tensors = new LinkedHashMap<>();
      for (int i = 0; i < 12; i++) {
        tensors.put("layer%d.weight".formatted(random.nextInt(1000) * 16 + i), random(random));
      }
      Checkpoint checkpoint = read(write(tensors, META, legacy));
      assertEquals(
          new ArrayList<>(tensors.keySet()), new ArrayList<>(checkpoint.tensors().keySet()));
      tensors.forEach(
          (key, tensor) -> {
            Tensor found = checkpoint.tensors().get(key);
            assertEquals(tensor.toString(), found.toString());
            assertEquals(tensor.bytes(), found.bytes());
          });
      assertEquals(3.0, checkpoint.meta().number("epoch").orElseThrow());
    }
  }

  @ParameterizedTest
  @EnumSource(DType.class)
  void everyElementTypeIsRead(DType dtype) throws Exception {
    Tensor tensor = Tensor.over(dtype, Shape.of(3), ByteBuffer.allocate(3 * dtype.bytes()));
    assertEquals(dtype, read(TorchFiles.zip(Map.of("x", tensor), META)).tensors().get("x").dtype());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void sharedTensorsStayOneObject(boolean legacy) throws Exception {
    Tensor shared = MadeWeights.uniform("shared", 0, 1, 2, 3);
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("a", shared);
    tensors.put("b", MadeWeights.uniform("b", 0, 1, 2, 3));
    tensors.put("c", shared);
    Map<String, Tensor> found = read(write(tensors, META, legacy)).tensors();
    assertSame(found.get("a"), found.get("c"));
    assertTrue(found.get("a") != found.get("b"));
  }

  @Test
  void aBareStateDictIsRead() throws Exception {
    Checkpoint checkpoint = read(TorchFiles.zip(ToyArchitecture.weights(), Map.of()));
    assertEquals(ToyArchitecture.weights().keySet(), checkpoint.tensors().keySet());
    assertEquals(Data.Dict.EMPTY, checkpoint.meta());
  }

  @Test
  void thePrefixOfParallelTrainingIsStripped() throws Exception {
    Tensor x = MadeWeights.uniform("x", 0, 1, 2);
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("module.x", x);
    tensors.put("y.module.z", MadeWeights.uniform("z", 0, 1, 2));
    assertEquals(
        List.of("x", "y.module.z"),
        List.copyOf(read(TorchFiles.zip(tensors, META)).tensors().keySet()));
  }

  @Test
  void aNameWithAndWithoutPrefixIsRefused() {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("module.x", MadeWeights.uniform("x", 0, 1, 2));
    tensors.put("x", MadeWeights.uniform("y", 0, 1, 2));
    assertRefused(TorchFiles.zip(tensors, META), "x with and without a prefix");
  }

  @Test
  void theStudentOfADistillationIsTaken() throws Exception {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("teacher.x", MadeWeights.uniform("t", 0, 1, 2));
    tensors.put("student.x", MadeWeights.uniform("s", 0, 1, 3));
    Checkpoint checkpoint = read(TorchFiles.zip(tensors, META));
    assertEquals(Shape.of(3), checkpoint.shape("x").orElseThrow());
    assertEquals(1, checkpoint.tensors().size());
  }

  @Test
  void stridedViewsBecomeContiguous() throws Exception {
    // The transpose of elements 2 to 7 as 2x3, out of ten.
    Checkpoint checkpoint = read(view("FloatStorage", 10, 2, List.of(3, 2), List.of(1, 3)));
    assertArrayEquals(new float[] {2, 5, 3, 6, 4, 7}, checkpoint.tensors().get("x").toFloats());
  }

  @Test
  void expandedViewsAreRepeated() throws Exception {
    Checkpoint checkpoint = read(view("FloatStorage", 10, 1, List.of(2, 3), List.of(0, 1)));
    assertArrayEquals(new float[] {1, 2, 3, 1, 2, 3}, checkpoint.tensors().get("x").toFloats());
  }

  @Test
  void emptyViewsNeedNoStorage() throws Exception {
    Checkpoint checkpoint = read(view("FloatStorage", 10, 0, List.of(0, 5), List.of(5, 1)));
    assertEquals(Shape.of(0, 5), checkpoint.shape("x").orElseThrow());
  }

  @Test
  void viewsBeyondTheirStorageAreRefused() {
    assertRefused(
        view("FloatStorage", 10, 2, List.of(3, 3), List.of(3, 1)), "tensor x", "10 elements");
    assertRefused(view("FloatStorage", 10, -1, List.of(3), List.of(1)), "tensor x");
    assertRefused(view("FloatStorage", 10, 9, List.of(3), List.of(-1)), "tensor x");
    assertRefused(
        view("FloatStorage", 10, 0, List.of(3, 3), List.of(Integer.MAX_VALUE, 1)), "tensor x");
  }

  @Test
  void viewsThatExplodeAreRefused() {
    assertRefused(
        view("FloatStorage", 10, 0, List.of(30_000, 10_000), List.of(0, 0)), "several times");
    assertRefused(view("FloatStorage", 10, 0, List.of(1 << 30, 1 << 30), List.of(0, 0)), "2 GiB");
  }

  @Test
  void storagesSmallerThanPromisedAreRefused() {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put("a/data.pkl", viewPickle("FloatStorage", 11, 0, List.of(11), List.of(1)));
    entries.put("a/data/0", new byte[40]);
    assertRefused(TorchFiles.archive(entries), "40 bytes where 11 elements");
  }

  @Test
  void otherElementTypesAreNamed() {
    assertRefused(
        view("ComplexFloatStorage", 5, 0, List.of(5), List.of(1)), "ComplexFloatStorage", "x");
  }

  @Test
  void bigEndianFilesAreRefused() {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put("a/data.pkl", TorchFiles.pickle(ToyArchitecture.weights(), META));
    entries.put("a/byteorder", "big".getBytes(StandardCharsets.UTF_8));
    assertRefused(TorchFiles.archive(entries), "big-endian");

    byte[] legacy = TorchFiles.legacy(ToyArchitecture.weights(), META);
    String text = new String(legacy, StandardCharsets.ISO_8859_1);
    int flag = text.indexOf("little_endian") + "little_endian".length();
    assertEquals(0x88, legacy[flag] & 0xff);
    legacy[flag] = (byte) 0x89;
    assertRefused(legacy, "big-endian");
  }

  @Test
  void torchScriptIsRefused() {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put("a/data.pkl", TorchFiles.pickle(ToyArchitecture.weights(), META));
    entries.put("a/constants.pkl", new byte[0]);
    assertRefused(TorchFiles.archive(entries), "TorchScript");
  }

  @Test
  void aPickledModelIsRefused() {
    byte[] pickle =
        new PickleWriter()
            .value(new Call(new Global("mmdet.models", "RTMDet"), List.of(1)))
            .toBytes();
    assertRefused(
        TorchFiles.archive(Map.of("a/data.pkl", pickle)), "mmdet.models.RTMDet", "state_dict");
  }

  @Test
  void codeIsKeptAsANameAndNeverRun(@TempDir Path folder) throws Exception {
    Path trace = folder.resolve("trace");
    Map<String, Object> file = new LinkedHashMap<>();
    file.put("evil", new Call(new Global("os", "system"), List.of("touch " + trace)));
    file.put(
        "java",
        new Call(new Global("java.lang", "ProcessBuilder"), List.of("touch", trace.toString())));
    file.put("x", tensor("FloatStorage", 1, 0, List.of(1), List.of(1)));
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put("a/data.pkl", new PickleWriter().value(file).toBytes());
    entries.put("a/data/0", new byte[4]);
    Checkpoint checkpoint = read(TorchFiles.archive(entries));
    assertEquals(
        new Data.Opaque("os.system", List.of(new Data.Text("touch " + trace)), null),
        checkpoint.extras().at("evil").orElseThrow());
    assertTrue(Files.notExists(trace));
  }

  @Test
  void averagedTrainingFilesGiveTheStateDict() throws Exception {
    Map<String, Object> file = new LinkedHashMap<>();
    file.put(
        "ema_state_dict", Map.of("module.x", tensor("FloatStorage", 1, 0, List.of(1), List.of(1))));
    file.put("state_dict", Map.of("x", tensor("FloatStorage", 3, 0, List.of(3), List.of(1))));
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put("a/data.pkl", new PickleWriter().value(file).toBytes());
    entries.put("a/data/0", new byte[12]);
    Checkpoint checkpoint = read(TorchFiles.archive(entries));
    assertEquals(Shape.of(3), checkpoint.shape("x").orElseThrow());
  }

  private static byte[] write(Map<String, Tensor> tensors, Map<String, ?> meta, boolean legacy) {
    return legacy ? TorchFiles.legacy(tensors, meta) : TorchFiles.zip(tensors, meta);
  }

  private static Tensor random(SplittableRandom random) {
    DType dtype = DTYPES.get(random.nextInt(DTYPES.size()));
    int[] dims = new int[random.nextInt(5)];
    for (int i = 0; i < dims.length; i++) {
      dims[i] = random.nextInt(5);
    }
    Shape shape = Shape.of(dims);
    byte[] bytes = new byte[(int) shape.elements() * dtype.bytes()];
    random.nextBytes(bytes);
    return Tensor.over(dtype, shape, ByteBuffer.wrap(bytes));
  }

  /** A zip checkpoint with one tensor x over the storage 0, 1, 2 … of ten float32. */
  private static byte[] view(
      String storage, int elements, int offset, List<Integer> shape, List<Integer> strides) {
    Tensor ten = Tensor.of(new float[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9}, 10);
    byte[] bytes = new byte[40];
    ten.bytes().get(bytes);
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put("a/data.pkl", viewPickle(storage, elements, offset, shape, strides));
    entries.put("a/data/0", bytes);
    return TorchFiles.archive(entries);
  }

  private static byte[] viewPickle(
      String storage, int elements, int offset, List<Integer> shape, List<Integer> strides) {
    return new PickleWriter()
        .value(Map.of("x", tensor(storage, elements, offset, shape, strides)))
        .toBytes();
  }

  private static Call tensor(
      String storage, int elements, int offset, List<Integer> shape, List<Integer> strides) {
    return new Call(
        new Global("torch._utils", "_rebuild_tensor_v2"),
        List.of(
            new Persistent(List.of("storage", new Global("torch", storage), "0", "cpu", elements)),
            offset,
            new Tuple(shape),
            new Tuple(strides),
            false,
            Map.of()));
  }
}
