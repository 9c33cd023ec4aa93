package io.github.rtmjava.bundle;

import static io.github.rtmjava.testing.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.rtmjava.tensor.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Safetensors files of others. */
class SafetensorsTest {
  /** A file of a given header. */
  private static Safetensors open(String header, byte[] data) throws IOException {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer file =
        ByteBuffer.allocate(8 + json.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
    file.putLong(json.length).put(json).put(data);
    return Safetensors.open(new ByteSource.OfArray(file.array()));
  }

  @Test
  void unalignedTensorsAndMetadataAreRead() throws IOException {
    byte[] data = {9, 0, 0, (byte) 0x80, 0x3f, 0, 0, 0, 0x40};
    Safetensors file =
        open(
            "{\"__metadata__\":{\"format\":\"pt\",\"y\":\"x\"},"
                + "\"flag\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]},"
                + "\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[1,9]}}",
            data);
    assertEquals(List.of("flag", "x"), List.copyOf(file.places().keySet()));
    Safetensors.Place place = Objects.requireNonNull(file.places().get("x"));
    assertEquals(Shape.of(2), place.shape());
    assertArrayEquals(new float[] {1, 2}, file.read(place).toFloats());
    assertEquals(Map.of("format", "pt", "y", "x"), file.metadata());
    assertEquals(Map.of("y", "x"), file.aliases());
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
      })
  void contradictionsAreRefused(String header, String named) throws Exception {
    assertRefused(() -> open(header, new byte[8]), named);
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 1000, 100_000})
  void nestedHeadersAreRefused(int depth) throws Exception {
    assertRefused(
        () -> open("{\"x\":" + "[".repeat(depth) + "]".repeat(depth) + "}", new byte[8]), "JSON");
  }
}
