package io.github.rtmjava.converter.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rtmjava.checkpoint.CheckpointException;
import io.github.rtmjava.converter.Checkpoints;
import io.github.rtmjava.converter.SafetensorsFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Hostile headers of safetensors. */
class SafetensorsAttacksTest {
  private static final String SOUND =
      "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}";

  @TempDir private Path folder = Path.of("");

  @ParameterizedTest
  @CsvSource({
    "8, 0",
    "0, 4",
    "0, 9",
    "-8, 0",
    "64, 72",
    "9223372036854775800, 9223372036854775808",
    "-9223372036854775808, -9223372036854775800",
    "18446744073709551608, 0",
    "1e0, 8",
    "NaN, 8",
    "null, 8"
  })
  void offsetsOutOfRangeAreRefused(String from, String to) throws IOException {
    assertRefused(SOUND.replace("[0,8]", "[" + from + "," + to + "]"), "expected");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[4294967296,4294967296]",
        "[2147483647,2147483647,2147483647]",
        "[2147483647,2147483647,2147483647,0]",
        "[-2]",
        "[9223372036854775808]",
        "[1e400]",
        "[NaN]",
        "[2.0]",
        "[\"2\"]",
        "2",
        "null",
        "[1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,2]"
      })
  void shapesThatAreNoneAreRefused(String shape) throws IOException {
    assertRefused(SOUND.replace("[2]", shape), "expected");
  }

  @Test
  void tensorsThatOverlapAreRefused() throws IOException {
    String second = ",\"b\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[4,12]}}";
    assertRefused(SOUND.substring(0, SOUND.length() - 1) + second, "overlap");
  }

  @Test
  void holesAreReadOver() throws IOException {
    byte[] file = SafetensorsFiles.raw(SOUND.replace("[0,8]", "[4,12]"), new byte[16]);
    assertEquals(1, Checkpoints.read(file(file)).tensors().size());
  }

  @Test
  void namesGivenTwiceAreRefused() throws IOException {
    String entry = SOUND.substring(1, SOUND.length() - 1);
    assertRefused("{" + entry + "," + entry + "}", "uplicate");
  }

  @Test
  void deepNestingIsRefused() throws IOException {
    assertRefused("{\"a\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}", "depth");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[],", "{},"})
  void millionsOfContainersAreRefused(String container) throws IOException {
    assertRefused("{\"a\":[" + container.repeat(2_000_000) + "0]}", "expected");
  }

  @Test
  void textInAnotherEncodingIsRefused() throws IOException {
    byte[] utf32 = new byte[64];
    Arrays.fill(utf32, 4, 64, (byte) 0x7f);
    utf32[0] = '{';
    byte[] file =
        ByteBuffer.allocate(72).order(ByteOrder.LITTLE_ENDIAN).putLong(64).put(utf32).array();
    assertRefused(file, "UTF-8");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 63, 65, 1L << 23, 1L << 31, 1L << 32, Long.MAX_VALUE, -1})
  void lyingHeaderLengthsAreRefused(long length) throws IOException {
    byte[] file = SafetensorsFiles.raw(SOUND, new byte[8]);
    ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putLong(length);
    assertRefused(file, "expected");
  }

  @Test
  void lineFeedsInNamesStayOutOfMessages() throws IOException {
    assertRefused(
        SOUND.replace("\"a\"", "\"a\\n\\u001b[2J\\u2028\"").replace("F32", "F4\\n"), "expected");
  }

  private Path file(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("a.safetensors"), bytes);
  }

  private void assertRefused(String header, String phrase) throws IOException {
    byte[] file = SafetensorsFiles.raw(header, new byte[16]);
    assertRefused(file, phrase);
  }

  private void assertRefused(byte[] bytes, String phrase) throws IOException {
    Path file = file(bytes);
    CheckpointException e = assertThrows(CheckpointException.class, () -> Checkpoints.read(file));
    Reading.judge(e);
    assertTrue(String.valueOf(e.getMessage()).contains(phrase), e::getMessage);
  }
}
