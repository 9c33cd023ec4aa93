package io.github.rtmjava.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NpyTest {

  @ParameterizedTest
  @EnumSource(value = DType.class, mode = EnumSource.Mode.EXCLUDE, names = "BFLOAT16")
  void whatIsWrittenIsRead(DType dtype) throws IOException {
    SplittableRandom random = new SplittableRandom(dtype.bytes());
    for (Shape shape : List.of(Shape.of(), Shape.of(5), Shape.of(0, 3), Shape.of(2, 3, 4))) {
      byte[] bytes = new byte[(int) shape.elements() * dtype.bytes()];
      random.nextBytes(bytes);
      Tensor tensor = Tensor.over(dtype, shape, ByteBuffer.wrap(bytes));
      Tensor back = Npy.read(new ByteArrayInputStream(npy(tensor)));
      assertEquals(dtype, back.dtype());
      assertEquals(shape, back.shape());
      assertEquals(tensor.bytes(), back.bytes());
    }
  }

  @Test
  void dataStartsAtAMultipleOf64() throws IOException {
    byte[] file = npy(Tensor.of(new float[] {1, 2}, 2));
    assertEquals(0, (file.length - 8) % 64);
  }

  @Test
  void everyTruncationIsAnError() throws IOException {
    byte[] file = npy(Tensor.of(new float[] {1, 2, 3}, 3));
    for (int length = 0; length < file.length; length++) {
      byte[] cut = Arrays.copyOf(file, length);
      assertThrows(IOException.class, () -> Npy.read(new ByteArrayInputStream(cut)));
    }
  }

  @Test
  void aHeaderThatLiesAboutTheSizeAllocatesNothing() {
    IOException e =
        assertThrows(IOException.class, () -> Npy.read(header("'<f4'", "False", "(500000000,)")));
    assertTrue(e.getMessage().contains("found 0"), e.getMessage());
    assertThrows(
        IOException.class,
        () -> Npy.read(header("'<f4'", "False", "(2000000000, 2000000000, 2000000000)")));
  }

  @Test
  void foreignTypesAreNamed() {
    assertTrue(
        assertThrows(IOException.class, () -> Npy.read(header("'>f4'", "False", "(1,)")))
            .getMessage()
            .contains("'>f4'"));
  }

  @Test
  void fortranOrderIsBroughtIntoCOrder() throws IOException {
    byte[] start = header("'|u1'", "True", "(2, 3)").readAllBytes();
    byte[] file = Arrays.copyOf(start, start.length + 6);
    System.arraycopy(new byte[] {0, 3, 1, 4, 2, 5}, 0, file, start.length, 6);
    assertArrayEquals(
        new float[] {0, 1, 2, 3, 4, 5}, Npy.read(new ByteArrayInputStream(file)).toFloats());
  }

  @Test
  void anArchiveKeepsNamesAndOrder(@TempDir Path dir) throws IOException {
    Map<String, Tensor> arrays = new LinkedHashMap<>();
    arrays.put("simcc_x", Tensor.of(new float[] {1, 2}, 1, 2));
    arrays.put("cls0", Tensor.of(new float[] {3}, 1));
    Path file = dir.resolve("a.npz");
    try (OutputStream out = Files.newOutputStream(file)) {
      Npz.write(arrays, out);
    }
    Map<String, Tensor> back = Npz.read(file);
    assertEquals(List.of("simcc_x", "cls0"), List.copyOf(back.keySet()));
    assertEquals(arrays.get("simcc_x").bytes(), back.get("simcc_x").bytes());
  }

  private static byte[] npy(Tensor tensor) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Npy.write(tensor, out);
    return out.toByteArray();
  }

  private static ByteArrayInputStream header(String descr, String order, String shape) {
    String text =
        "{'descr': %s, 'fortran_order': %s, 'shape': %s, }\n".formatted(descr, order, shape);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(
        new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, (byte) text.length(), 0});
    out.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
    return new ByteArrayInputStream(out.toByteArray());
  }
}
