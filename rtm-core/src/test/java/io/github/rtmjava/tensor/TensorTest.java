package io.github.rtmjava.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

class TensorTest {

  @Test
  void bytesMustBeExactlyWhatTheShapeNeeds() {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> Tensor.over(DType.FLOAT32, Shape.of(2, 3), ByteBuffer.allocate(23)));
    assertTrue(e.getMessage().contains("needs 24 bytes, found 23"), e.getMessage());
  }

  @Test
  void writesThroughTheFloatViewAreSeen() {
    Tensor tensor = Tensor.allocate(DType.FLOAT32, Shape.of(2));
    tensor.floats().put(1, 5);
    assertArrayEquals(new float[] {0, 5}, tensor.toFloats());
  }

  @Test
  void everyTypeIsConvertedToFloats() {
    assertArrayEquals(new float[] {-1, 2}, of(DType.INT8, (byte) -1, (byte) 2).toFloats());
    assertArrayEquals(new float[] {255, 2}, of(DType.UINT8, (byte) -1, (byte) 2).toFloats());
    assertArrayEquals(new float[] {1, 0}, of(DType.BOOL, (byte) 1, (byte) 0).toFloats());
    assertArrayEquals(new float[] {-2}, of(DType.INT16, (byte) 0xfe, (byte) 0xff).toFloats());
    assertArrayEquals(new float[] {1}, of(DType.FLOAT16, (byte) 0, (byte) 0x3c).toFloats());
    assertArrayEquals(new float[] {1}, of(DType.BFLOAT16, (byte) 0x80, (byte) 0x3f).toFloats());
    ByteBuffer longs = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(0, -7);
    assertArrayEquals(new float[] {-7}, Tensor.over(DType.INT64, Shape.of(), longs).toFloats());
    ByteBuffer doubles = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putDouble(0, 0.1);
    assertArrayEquals(
        new float[] {0.1f}, Tensor.over(DType.FLOAT64, Shape.of(1), doubles).toFloats());
    ByteBuffer ints = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(0, 1 << 20);
    assertArrayEquals(
        new float[] {1 << 20}, Tensor.over(DType.INT32, Shape.of(1), ints).toFloats());
  }

  @Test
  void onlyFloat32HasAFloatView() {
    assertThrows(IllegalStateException.class, () -> of(DType.INT8, (byte) 1).floats());
    Tensor tensor = Tensor.of(new float[] {1}, 1);
    assertSame(tensor, tensor.toFloat32());
  }

  @Test
  void aSliceSharesItsBytes() {
    Tensor tensor = Tensor.of(new float[] {0, 1, 2, 3, 4, 5}, 3, 2);
    Tensor slice = tensor.slice(1, 2);
    assertEquals(Shape.of(2, 2), slice.shape());
    assertArrayEquals(new float[] {2, 3, 4, 5}, slice.toFloats());
    slice.floats().put(3, 9);
    assertArrayEquals(new float[] {0, 1, 2, 3, 4, 9}, tensor.toFloats());
    assertThrows(IndexOutOfBoundsException.class, () -> tensor.slice(2, 2));
  }

  @Test
  void aFreeBatchAcceptsAnyPositiveOne() {
    Shape declared = Shape.of(Shape.BATCH, 3, 4);
    assertTrue(declared.accepts(Shape.of(7, 3, 4)));
    assertFalse(declared.accepts(Shape.of(0, 3, 4)));
    assertFalse(declared.accepts(Shape.of(7, 3, 5)));
    assertFalse(declared.accepts(Shape.of(7, 3)));
    assertEquals("[N, 3, 4]", declared.toString());
    assertThrows(IllegalStateException.class, declared::elements);
    assertThrows(IllegalArgumentException.class, () -> Shape.of(3, -1));
  }

  private static Tensor of(DType dtype, byte... bytes) {
    return Tensor.over(dtype, Shape.of(bytes.length / dtype.bytes()), ByteBuffer.wrap(bytes));
  }
}
