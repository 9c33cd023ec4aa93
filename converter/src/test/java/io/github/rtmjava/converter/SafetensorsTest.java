package io.github.rtmjava.converter;

import static io.github.rtmjava.converter.Failures.assertRefused;
import static io.github.rtmjava.converter.Failures.read;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.rtmjava.checkpoint.Checkpoint;
import io.github.rtmjava.tensor.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Safetensors files of others. */
class SafetensorsTest {
  @Test
  void tensorsAndMetadataAreRead() throws Exception {
    Checkpoint checkpoint = read(SafetensorsFiles.of(ToyArchitecture.weights()));
    assertEquals("safetensors", checkpoint.layout());
    assertEquals(
        List.copyOf(ToyArchitecture.weights().keySet()),
        List.copyOf(checkpoint.tensors().keySet()));
    ToyArchitecture.weights()
        .forEach(
            (key, tensor) ->
                assertEquals(tensor.bytes(), checkpoint.tensors().get(key).bytes(), key));
    assertEquals("pt", checkpoint.meta().text("format").orElseThrow());
  }

  @Test
  void unalignedTensorsAreRead() throws Exception {
    byte[] data = {9, 0, 0, (byte) 0x80, 0x3f, 0, 0, 0, 0x40};
    Checkpoint checkpoint =
        read(
            SafetensorsFiles.raw(
                "{\"flag\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]},"
                    + "\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[1,9]}}",
                data));
    assertEquals(Shape.of(2), checkpoint.shape("x").orElseThrow());
    assertArrayEquals(new float[] {1, 2}, checkpoint.tensors().get("x").toFloats());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4]}}               | x as",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,12]}}              | x as",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[-4,0]}}              | x as",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,4]}}              | shape",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[65536,65536],\"data_offsets\":[0,0]}}     | 2 GiB",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[9999999999],\"data_offsets\":[0,0]}}      | shape",
        "{\"x\":{\"dtype\":\"F8_E4M3\",\"shape\":[1],\"data_offsets\":[0,1]}}           | F8_E4M3",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,9999999999999999999]}} | x as",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[1]}}                                      | data_offsets",
        "{\"x\":3}                                                                      | data_offsets",
        "{\"x\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[0,4]},\"y\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[3,7]}} | overlap",
        "{\"x\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]},\"x\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[1,2]}} | JSON",
        "{\"x\":                                                                        | JSON",
        "{}                                                                             | without any",
      })
  void contradictionsAreRefused(String header, String named) throws Exception {
    assertRefused(SafetensorsFiles.raw(header, new byte[8]), named);
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 1000, 100_000})
  void nestedHeadersAreRefused(int depth) throws Exception {
    assertRefused(
        SafetensorsFiles.raw("{\"x\":" + "[".repeat(depth) + "]".repeat(depth) + "}", new byte[8]),
        "JSON");
  }
}
